import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '../../../server-core/capture/events.ts';
import { Assembler } from '../../../server-core/formats/export/assembler.ts';
import { exchangesInOrder } from '../../../server-core/formats/export/in-order.ts';
import { Recorded } from '../../support/recorded.ts';

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const OK = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** The first exchange goes on while two others come and go. */
function overlapping(): readonly CaptureEvent[] {
  const events = new Recorded()
    .conversation([{ in: GET('/long') }, { out: OK('x'.repeat(5000)) }])
    .conversation([{ in: GET('/a') }, { out: OK('a') }, { in: GET('/b') }, { out: OK('b') }])
    .events();
  const isLate = (event: CaptureEvent) => event.kind === 'response-end' && event.exchange === 1;
  const isEnd = (event: CaptureEvent) => event.kind === 'closed' && event.conn === 1;
  return [
    ...events.filter((event) => !isLate(event) && !isEnd(event)),
    ...events.filter(isLate),
    ...events.filter(isEnd),
  ];
}

async function ordered(
  events: readonly CaptureEvent[],
  mostWaiting?: number,
): Promise<(string | undefined)[]> {
  async function* batches() {
    for (const event of events) yield [event];
  }
  const targets: (string | undefined)[] = [];
  for await (const { request } of exchangesInOrder(batches(), () => true, mostWaiting))
    targets.push(request?.target);
  return targets;
}

describe('exchanges', () => {
  it('come in the order in which they began', async () => {
    expect(await ordered(overlapping())).toEqual(['/long', '/a', '/b']);
  });

  it('do not wait for ever', async () => {
    expect(await ordered(overlapping(), 1000)).toEqual(['/a', '/b', '/long']);
  });

  it('come once each, whole or not', async () => {
    const events = new Recorded().conversation([{ in: GET('/pending') }]).events();
    expect(await ordered(events.filter(({ kind }) => kind !== 'closed' && kind !== 'response-end'))).toEqual([
      '/pending',
    ]);
  });
});

describe('what is put together', () => {
  const events = new Recorded()
    .conversation([
      { in: GET('/1') + GET('/2') },
      { out: 'HTTP/1.1 100 Continue\r\n\r\n' },
      { out: OK('first') + OK('second') },
    ])
    .events();

  it('has the bytes of each message, interim answers included', () => {
    const assembler = new Assembler();
    const found = events.flatMap((event) => assembler.take(event));
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    expect(found.map(({ sent }) => text(sent.bytes))).toEqual([GET('/1'), GET('/2')]);
    expect(found.map(({ received }) => text(received.bytes))).toEqual([
      `HTTP/1.1 100 Continue\r\n\r\n${OK('first')}`,
      OK('second'),
    ]);
    expect(assembler.oldest).toBeUndefined();
  });

  it('keeps no more than it may, and still says how much there was', () => {
    const long = new Recorded()
      .conversation([{ in: GET('/') }, { out: OK('x'.repeat(100)).slice(0, 60) }, { out: 'x'.repeat(80) }])
      .events();
    const assembler = new Assembler({ maxKeptBytes: 100, maxTotalBytes: 1000 });
    const [found] = long.flatMap((event) => assembler.take(event));
    expect(found?.received.bytes).toHaveLength(60);
    expect(found?.received.length).toBe(140);
  });
});
