import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callMessage,
  jsonOf,
  MESSAGE,
  numberOf,
  payloadOf,
} from '../../server-core/capture/feed-messages.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from '../../server-core/capture/server-settings.ts';
import { exchanges, setUp } from './feed-setup.ts';
import { payload } from './traffic.ts';

const SETTINGS: ServerSettings = { ...DEFAULT_SERVER_SETTINGS, cache: '60' };

/** Lets promises that are already settled be taken up. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('calls', () => {
  it.each([
    { name: 'JSON', value: { deep: ['é'] }, reply: { ok: { deep: ['é'] } } },
    { name: 'nothing', value: undefined, reply: { ok: null } },
    { name: 'a rejection', value: new Error('The folder is gone'), reply: { error: 'The folder is gone' } },
  ])('are answered with $name', async ({ value, reply }) => {
    const { join } = setUp(3, {
      onCall: async () => {
        if (value instanceof Error) throw value;
        return value;
      },
    });
    const { viewer } = join();
    viewer.end.send(callMessage(0xffff_fffe, { op: 'usage' }));
    await settled();
    const answer = viewer.others[1]!;
    expect(answer[0]).toBe(MESSAGE.reply);
    expect(numberOf(answer)).toBe(0xffff_fffe);
    expect(jsonOf(answer, 5)).toEqual(reply);
  });

  it('are answered with bytes as they are', async () => {
    const bytes = payload(1, 100_000);
    const { join } = setUp(3, { onCall: async () => bytes });
    const { viewer } = join();
    viewer.end.send(callMessage(7, { op: 'pull', positions: [0] }));
    await settled();
    const answer = viewer.others[1]!;
    expect([answer[0], numberOf(answer)]).toEqual([MESSAGE.raw, 7]);
    expect(payloadOf(answer)).toEqual(bytes);
  });

  it('that throw at once are answered too', async () => {
    const onCall = () => {
      throw new Error('No');
    };
    const { join } = setUp(3, { onCall });
    const { viewer } = join();
    viewer.end.send(callMessage(1, { op: 'usage' }));
    await settled();
    expect(jsonOf(viewer.others[1]!, 5)).toEqual({ error: 'No' });
  });

  it('are not answered once the viewer is gone', async () => {
    const { join } = setUp(3);
    const { viewer, host } = join();
    viewer.end.send(callMessage(1, { op: 'usage' }));
    viewer.end.close();
    await settled();
    expect(host.sent).toHaveLength(1);
  });

  it.each([
    { json: '', error: 'A call is a JSON object' },
    { json: '{"op"', error: 'A call is a JSON object' },
    { json: 'null', error: 'A call is a JSON object' },
    { json: '{"op":"format"}', error: 'There is no such call' },
    { json: '{"op":"serve"}', error: 'A `serve` call needs a path' },
    { json: '{"op":"serve","path":"/a","port":70000}', error: 'A port is a whole number from 0 to 65535' },
    { json: '{"op":"stop","server":"1"}', error: "A `stop` call needs a server's number" },
    { json: '{"op":"tree"}', error: "A `tree` call needs a server's number" },
    { json: '{"op":"settings"}', error: "A `settings` call needs a server's number" },
    { json: '{"op":"configure","server":-1}', error: "A `configure` call needs a server's number" },
    { json: '{"op":"configure","server":1}', error: 'Settings are a JSON object' },
    {
      json: '{"op":"configure","server":1,"settings":{"port":0}}',
      error: 'The setting `workers` is a whole number from 0 to 256',
    },
    { json: '{"op":"memory","bytes":-1}', error: 'A `memory` call needs a number of bytes' },
    { json: '{"op":"pull","positions":[1,"2"]}', error: 'A `pull` call needs a list of positions' },
    { json: '{"op":"pull","positions":{}}', error: 'A `pull` call needs a list of positions' },
    {
      json: JSON.stringify({ op: 'pull', positions: Array(65_537).fill(0) }),
      error: 'A `pull` call takes at most 65536 positions',
    },
  ])('that are malformed are answered in words: $error', async ({ json, error }) => {
    const called: unknown[] = [];
    const { join } = setUp(3, { onCall: async (call) => called.push(call) });
    const { viewer } = join();
    viewer.end.send(new Uint8Array([MESSAGE.call, 5, 0, 0, 0, ...Buffer.from(json)]));
    await settled();
    expect(jsonOf(viewer.others[1]!, 5)).toEqual({ error });
    expect(called).toEqual([]);
  });

  it('reach the host checked, without what does not belong', async () => {
    const called: unknown[] = [];
    const { join } = setUp(3, { onCall: async (call) => called.push(call) });
    const { viewer } = join();
    const json = '{"op":"serve","path":"/a","port":0,"sure":1,"__proto__":{"x":1},"y":2}';
    viewer.end.send(new Uint8Array([MESSAGE.call, 5, 0, 0, 0, ...Buffer.from(json)]));
    viewer.end.send(callMessage(6, { op: 'start', server: 3 }));
    viewer.end.send(callMessage(7, { op: 'memory', bytes: 1e9 }));
    const more = { ...SETTINGS, stray: 'x' };
    viewer.end.send(callMessage(8, { op: 'configure', server: 3, settings: more }));
    await settled();
    expect(called).toEqual([
      { op: 'serve', path: '/a', port: 0 },
      { op: 'start', server: 3 },
      { op: 'memory', bytes: 1e9 },
      { op: 'configure', server: 3, settings: SETTINGS },
    ]);
  });
});

describe('messages that are none', () => {
  it('are ignored with a reason, and the feed goes on', () => {
    const reasons: string[] = [];
    const { log, join, clock } = setUp(3, { onIgnored: (reason) => reasons.push(reason) });
    const { viewer } = join();
    for (const bytes of [[], [17], [17, 1, 2, 3], [99, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0]]) {
      viewer.end.send(Uint8Array.from(bytes));
    }
    expect(reasons).toEqual([
      'A message was too short',
      'A message was too short',
      'A message was too short',
      'A message was of unknown type 99',
      'A message was of unknown type 1',
    ]);
    viewer.credit(1e6);
    exchanges(log, 1);
    clock.pass(100);
    expect(viewer.events).toHaveLength(4);
  });

  it('never make it throw, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (messages) => {
        const { join, clock } = setUp(3);
        const { viewer } = join();
        for (const message of messages) viewer.end.send(message);
        for (const message of messages) viewer.end.send(Uint8Array.from([MESSAGE.call, ...message]));
        clock.pass(100);
        await settled();
        expect(viewer.end.closed).toBe(false);
      }),
    );
  });
});
