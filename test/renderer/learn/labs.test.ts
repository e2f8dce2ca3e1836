import { describe, expect, it } from 'vitest';
import { SPECIMENS } from '../../../renderer/learn/gallery.ts';
import { checkLabs, LABS, stepKey } from '../../../renderer/learn/labs.ts';
import type { Row } from '../../../renderer/store/queries/list.ts';

let lastId = 0;
function row(given: Partial<Row>): Row {
  lastId++;
  return {
    id: lastId,
    conn: lastId,
    server: 1,
    phase: 'complete',
    method: 'GET',
    target: '/',
    version: '1.1',
    status: 200,
    mediaType: 'text/html',
    contentKind: 'html',
    fault: undefined,
    requestBytes: 40,
    responseBytes: 100,
    beginTime: lastId * 1000,
    headTime: lastId * 1000 + 1,
    responseTime: lastId * 1000 + 2,
    endTime: lastId * 1000 + 3,
    worker: '',
    ...given,
  };
}
const done = (...rows: Row[]) => [...checkLabs(rows, () => false).keys()];

describe('steps', () => {
  it.each([
    ['first/get', row({})],
    ['first/not-found', row({ status: 404 })],
    ['first/head', row({ method: 'HEAD' })],
    ['first/method', row({ status: 405, method: 'POST' })],
    ['conditional/not-modified', row({ status: 304 })],
    ['conditional/failed', row({ status: 412 })],
    ['ranges/partial', row({ status: 206 })],
    ['ranges/outside', row({ status: 416 })],
    ['ranges/several', row({ status: 206, mediaType: 'multipart/byteranges; boundary=x' })],
    ['connections/slow', row({ beginTime: 0, headTime: 1_000_001 })],
    [
      'framing/smuggled',
      row({ fault: 'content-length-with-transfer-encoding', status: 400, phase: 'malformed' }),
    ],
    ['lines/no-host', row({ fault: 'host-missing', status: 400, phase: 'malformed' })],
    ['lines/large', row({ fault: 'too-many-fields', status: 431, phase: 'malformed' })],
    ['protocols/tls', row({ fault: 'tls-on-plain-port', status: 400, phase: 'malformed' })],
    ['protocols/rebinding', row({ status: 421 })],
  ])('%s is done by one exchange', (key, one) => {
    expect(done(one)).toContain(key);
    // What did not come to its end shows nothing.
    if (one.fault === undefined && key !== 'connections/slow')
      expect(done({ ...one, phase: 'aborted' })).not.toContain(key);
  });

  it('nothing is done by nothing', () => expect(done()).toEqual([]));

  it('a 304 counts as revalidated only behind a 200 of the same path', () => {
    const [before, after] = [row({ target: '/a' }), row({ target: '/a', status: 304 })];
    expect(done(before, after)).toContain('conditional/revalidated');
    expect(done(after)).not.toContain('conditional/revalidated');
    expect(done(row({ target: '/b' }), after)).not.toContain('conditional/revalidated');
  });

  it('two requests on one connection are pipelined when the second did not wait', () => {
    const one = row({ conn: 7, beginTime: 0, endTime: 500 });
    const at = (beginTime: number) => row({ id: one.id + 1, conn: 7, beginTime, endTime: beginTime + 9 });
    expect(done(one, at(520))).toEqual(expect.arrayContaining(['connections/kept', 'connections/pipelined']));
    expect(done(one, at(900_000))).not.toContain('connections/pipelined');
    expect(done(one, row({ conn: 8, beginTime: 100 }))).not.toContain('connections/kept');
  });

  it('six at once are six connections with a request under way', () => {
    const open = (n: number, endTime?: number) => row({ conn: n, beginTime: n, endTime });
    expect(done(...[1, 2, 3, 4, 5, 6].map((n) => open(n)))).toContain('connections/six');
    expect(done(...[1, 2, 3, 4, 5].map((n) => open(n)))).not.toContain('connections/six');
    expect(done(...[1, 2, 3, 4, 5, 6].map((n) => open(n, n + 0.5)))).not.toContain('connections/six');
  });

  it('what is done already is not looked for', () => {
    expect([...checkLabs([row({})], (key) => key === 'first/get').keys()]).not.toContain('first/get');
  });
});

it('every step has a key of its own and names a specimen that there is', () => {
  const keys = LABS.flatMap((lab) => lab.steps.map((step) => stepKey(lab, step)));
  expect(new Set(keys).size).toBe(keys.length);
  const ids = SPECIMENS.map(({ id }) => id);
  for (const { specimen } of LABS.flatMap(({ steps }) => steps))
    if (specimen) expect(ids).toContain(specimen);
});
