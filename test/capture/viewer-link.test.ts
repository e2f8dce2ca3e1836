import { describe, expect, it } from 'vitest';
import { decode } from '../../server-core/capture/decode.ts';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import { Feed, type FeedOptions } from '../../server-core/capture/feed.ts';
import {
  creditMessage,
  type Hello,
  MAX_BATCH_BYTES,
  MESSAGE,
  numberOf,
  replyMessage,
  type UsageReply,
} from '../../server-core/capture/feed-messages.ts';
import { CaptureLog } from '../../server-core/capture/log.ts';
import { ViewerLink, type ViewerLinkHandlers } from '../../server-core/capture/viewer-link.ts';
import { HandClock } from './hand-clock.ts';
import { PipeEnd } from './pipe.ts';

const USAGE: UsageReply = {
  logBytes: 5,
  memoryBytes: 6,
  memoryBudgetBytes: 7,
  diskBytes: 8,
  diskBudgetBytes: 9,
  overruns: 0,
};
const HELLO: Hello = {
  version: '1.0.0',
  host: 'desktop',
  platform: 'linux',
  epochMs: 5,
  memoryBudgetBytes: 1e6,
  diskBudgetBytes: 0,
  notes: [],
  captures: [],
  tour: '/tour',
};

function setUp(handlers: Partial<ViewerLinkHandlers> = {}, options: Partial<FeedOptions> = {}) {
  const clock = new HandClock();
  const log = new CaptureLog({ now: () => clock.now() * 1000 });
  const [host, end] = PipeEnd.pair();
  const hellos: Hello[] = [];
  const events: CaptureEvent[] = [];
  const closes: string[] = [];
  const link = new ViewerLink(end, {
    onHello: (hello) => hellos.push(hello),
    onBatch: (records) => void events.push(...decode(records).events),
    onClose: (reason) => closes.push(reason),
    ...handlers,
  });
  const connect = () => {
    const { now, later } = clock;
    return new Feed(log, host, { hello: HELLO, now, later, onCall: async () => undefined, ...options });
  };
  return { clock, log, host, end, hellos, events, closes, link, connect };
}

/** Credit that a viewer has given so far. */
function given(end: PipeEnd): number {
  return end.sent.reduce((sum, message) => sum + (message[0] === MESSAGE.credit ? numberOf(message)! : 0), 0);
}

describe('a viewer link', () => {
  it('gets hello, then the log, for as long as it takes', () => {
    const { clock, log, hellos, events, connect } = setUp();
    connect();
    for (let i = 0; i < 30_000; i++) log.begin(1, i);
    clock.pass(10_000);
    expect(hellos).toEqual([HELLO]);
    // Some 20 batches: more than the window, so credit came back.
    expect(events.map((event) => event.kind === 'begin' && event.exchange)).toEqual(
      Array.from({ length: 30_000 }, (_, i) => i + 1),
    );
  });

  it('is silent until the host says hello', () => {
    const { end, link, connect } = setUp();
    link.call({ op: 'usage' });
    expect(end.sent).toEqual([]);
    connect();
    expect(end.sent.map((message) => message[0])).toEqual([MESSAGE.credit, MESSAGE.call]);
  });

  it('gives credit back as batches are consumed, and no sooner', async () => {
    const waiting: (() => void)[] = [];
    const sizes: number[] = [];
    const { clock, log, end, connect } = setUp({
      onBatch: (records) => {
        sizes.push(records.length);
        return new Promise((resolve) => waiting.push(resolve));
      },
    });
    connect();
    const window = given(end);
    for (let i = 0; i < 30_000; i++) log.begin(1, i);
    clock.pass(10_000);
    const sum = () => sizes.reduce((total, size) => total + size, 0);
    expect(sum()).toBeLessThanOrEqual(window);
    expect(sum()).toBeGreaterThan(window - MAX_BATCH_BYTES);
    expect(given(end)).toBe(window);
    waiting.shift()!();
    await Promise.resolve();
    expect(given(end)).toBe(window + sizes[0]!);
    const before = sizes.length;
    clock.pass(10_000);
    expect(sizes.length).toBeGreaterThan(before);
  });

  it('never has a window under one batch, so that every record can pass', () => {
    const [host, end] = PipeEnd.pair();
    new ViewerLink(end, { onHello() {}, onBatch() {}, onClose() {} }, 10);
    new Feed(new CaptureLog({ now: () => 0 }), host, {
      hello: HELLO,
      now: () => 0,
      later: () => () => {},
      onCall: async () => undefined,
    });
    expect(end.sent).toEqual([creditMessage(MAX_BATCH_BYTES)]);
  });
});

describe('calls', () => {
  it('resolve to the reply, each to its own, in any order', async () => {
    const answers: ((value: unknown) => void)[] = [];
    const { link, connect } = setUp({}, { onCall: () => new Promise((resolve) => answers.push(resolve)) });
    connect();
    const usage = link.call({ op: 'usage' });
    const pull = link.call({ op: 'pull', positions: [0] });
    const start = link.call({ op: 'start', server: 1 });
    answers[2]!(undefined);
    answers[1]!(new Uint8Array([1, 2, 3]));
    answers[0]!(USAGE);
    expect(await usage).toEqual(USAGE);
    expect(await pull).toEqual(new Uint8Array([1, 2, 3]));
    expect(await start).toBeNull();
  });

  it("reject with the host's sentence", async () => {
    const { link, connect } = setUp({}, { onCall: () => Promise.reject(new Error('The port is taken')) });
    connect();
    await expect(link.call({ op: 'serve', path: '/a' })).rejects.toThrow('The port is taken');
    await expect(link.call({ op: 'serve', path: '' })).rejects.toThrow('needs a path');
  });

  it('reject when the link is lost, and at once after that', async () => {
    const { link, connect, closes } = setUp({}, { onCall: () => new Promise(() => {}) });
    const feed = connect();
    const pending = link.call({ op: 'usage' });
    feed.close();
    await expect(pending).rejects.toThrow('closed there');
    await expect(link.call({ op: 'usage' })).rejects.toThrow('closed there');
    expect(closes).toEqual(['closed there']);
  });

  it('reject when the link was closed before it was ever up', async () => {
    const { link, closes } = setUp();
    const pending = link.call({ op: 'usage' });
    link.close();
    link.close();
    await expect(pending).rejects.toThrow();
    expect(closes).toHaveLength(1);
  });
});

describe('a host that speaks another language', () => {
  it.each([
    { name: 'an unknown type', message: [42, 0, 0, 0, 0] },
    { name: 'an empty message', message: [] },
    { name: 'a hello that is no JSON', message: [MESSAGE.hello, 0x7b] },
    { name: 'a hello that is no object', message: [MESSAGE.hello, 0x31] },
  ])('is left at $name', ({ message }) => {
    const { host, end, closes } = setUp();
    host.send(Uint8Array.from(message));
    expect(end.closed).toBe(true);
    expect(closes).toHaveLength(1);
  });

  it('cannot answer what was not asked, nor answer in no JSON', async () => {
    const { host, link, connect } = setUp({}, { onCall: () => new Promise(() => {}) });
    connect();
    const call = link.call({ op: 'usage' });
    host.send(replyMessage(99, { ok: 1 }));
    host.send(Uint8Array.from([MESSAGE.raw, 1]));
    host.send(Uint8Array.from([MESSAGE.reply, 1, 0, 0, 0, 0x7b]));
    await expect(call).rejects.toThrow('cannot be read');
  });
});
