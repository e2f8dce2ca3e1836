/** What every transport promises, run over each implementation. `a` and `b` are the two ends of one connection. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../server-core/capture/transport.ts';

export interface Pair {
  readonly a: Transport;
  readonly b: Transport;
  /** Ends what the pair needed. */
  release(): Promise<void> | void;
}

export function transportCases(name: string, connect: () => Promise<Pair>): void {
  describe(name, () => {
    let pair: Pair;
    beforeEach(async () => {
      pair = await connect();
    });
    afterEach(async () => {
      pair.a.close();
      pair.b.close();
      await pair.release();
    });

    describe.each([
      ['one way', () => pair.a, () => pair.b],
      ['the other way', () => pair.b, () => pair.a],
    ])('%s', (_, from, to) => {
      it.each([0, 1, 125, 126, 65_535, 65_536, 1024 * 1024])(
        'a message of %i bytes comes whole',
        async (length) => {
          const message = pattern(length, 1);
          const [received] = await collect(to(), 1, () => from().send(message));
          expect(received?.length).toBe(length);
          expect(Buffer.compare(received!, message)).toBe(0);
        },
      );

      it('10 000 small messages come in order', async () => {
        const received = await collect(to(), 10_000, () => {
          for (let i = 0; i < 10_000; i++) from().send(numbered(i));
        });
        expect(received.map(numberOf)).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
      });

      it('messages of all lengths keep their bounds', async () => {
        const lengths = Array.from({ length: 60 }, (_, i) => (i * i * 37) % 70_000);
        const received = await collect(to(), lengths.length, () => {
          for (const [i, length] of lengths.entries()) from().send(pattern(length, i));
        });
        for (const [i, length] of lengths.entries()) {
          expect(Buffer.compare(received[i]!, pattern(length, i)), `message ${i} of ${length} bytes`).toBe(0);
        }
      });

      it('the sender may reuse its array at once', async () => {
        const reused = new Uint8Array(1_000);
        const received = await collect(to(), 20, () => {
          for (let i = 0; i < 20; i++) from().send(reused.fill(i));
          reused.fill(0xff);
        });
        expect(received.map((message) => [message.length, message[0], message[999]])).toEqual(
          Array.from({ length: 20 }, (_, i) => [1_000, i, i]),
        );
      });

      it('a part of a larger array is sent alone, and received with nothing around it', async () => {
        const pooled = Buffer.from('before|message|after').subarray(7, 14);
        const [received] = await collect(to(), 1, () => from().send(pooled));
        expect(String.fromCharCode(...received!)).toBe('message');
      });

      it('the array is the listener’s', async () => {
        const received = await collect(to(), 2, () => {
          from().send(numbered(1));
          from().send(numbered(2));
        });
        received[0]!.fill(0);
        expect(numberOf(received[1]!)).toBe(2);
      });

      it('messages wait for a listener that comes late, and others queue up behind them', async () => {
        for (let i = 0; i < 100; i++) from().send(numbered(i));
        await roundTrip(to(), from());
        const received = await collect(to(), 101, () => from().send(numbered(100)));
        expect(received.map(numberOf)).toEqual(Array.from({ length: 101 }, (_, i) => i));
      });

      it('what was sent before a close arrives before it', async () => {
        const log: (number | string)[] = [];
        to().onMessage((message) => log.push(numberOf(message)));
        const closed = closeOf(to());
        for (let i = 0; i < 1_000; i++) from().send(numbered(i));
        from().close();
        log.push(await closed);
        expect(log).toEqual([...Array.from({ length: 1_000 }, (_, i) => i), expect.any(String)]);
      });

      it('a close is seen once by both, with a reason in words', async () => {
        const seen: string[] = [];
        from().onClose((reason) => seen.push(`from: ${reason}`));
        const there = new Promise<void>((resolve) => {
          to().onClose((reason) => {
            seen.push(`to: ${reason}`);
            resolve();
          });
        });
        from().close();
        from().close();
        await there;
        to().close();
        await settled();
        expect(seen.sort()).toEqual([
          'from: This side closed the connection',
          'to: The other side closed the connection',
        ]);
      });

      it('a close is told to a listener that comes late', async () => {
        from().close();
        await closeOf(to());
        expect(await closeOf(to())).toBe('The other side closed the connection');
        expect(await closeOf(from())).toBe('This side closed the connection');
      });

      it('sending after a close is silent, on both sides', async () => {
        const received: Uint8Array[] = [];
        to().onMessage((message) => received.push(message));
        from().onMessage((message) => received.push(message));
        from().close();
        from().send(numbered(1));
        await closeOf(to());
        to().send(numbered(2));
        await settled();
        expect(received).toEqual([]);
      });

      it('nothing is delivered after this side has closed', async () => {
        const received: number[] = [];
        const first = new Promise<void>((resolve) => {
          to().onMessage((message) => {
            received.push(numberOf(message));
            to().close();
            resolve();
          });
        });
        for (let i = 0; i < 100; i++) from().send(numbered(i));
        await first;
        await closeOf(from());
        await settled();
        expect(received).toEqual([0]);
      });
    });

    it('both ways at once do not disturb each other', async () => {
      const toB = collect(pair.b, 500, () => {});
      const toA = collect(pair.a, 500, () => {
        for (let i = 0; i < 500; i++) {
          pair.a.send(numbered(i));
          pair.b.send(numbered(1_000 + i));
        }
      });
      expect((await toB).map(numberOf)).toEqual(Array.from({ length: 500 }, (_, i) => i));
      expect((await toA).map(numberOf)).toEqual(Array.from({ length: 500 }, (_, i) => 1_000 + i));
    });
  });
}

/** The next `count` messages after `act`. */
function collect(transport: Transport, count: number, act: () => void): Promise<Uint8Array[]> {
  return new Promise((resolve) => {
    const received: Uint8Array[] = [];
    transport.onMessage((message) => {
      received.push(message);
      if (received.length === count) resolve(received);
    });
    act();
  });
}

/** Resolves when a message got through against the direction under test, so that what went before is there too. */
async function roundTrip(from: Transport, to: Transport): Promise<void> {
  await collect(to, 1, () => from.send(numbered(0)));
}

function closeOf(transport: Transport): Promise<string> {
  return new Promise((resolve) => transport.onClose(resolve));
}

/** A few turns of the event loop: time for something to arrive that should not. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function numbered(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function numberOf(message: Uint8Array): number {
  return new DataView(message.buffer, message.byteOffset, message.byteLength).getUint32(0);
}

function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 7 + (i >> 8) + seed) & 0xff;
  return bytes;
}
