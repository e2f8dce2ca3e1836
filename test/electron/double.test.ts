/** The test double itself, where it must refuse what Electron refuses: a kind double would prove nothing. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/find-browser.ts';
import { OUT } from '../../build/project.ts';
import { BUILD_MS, buildStale } from './build-stale.ts';
import { decode, encode } from './double/codec.ts';
import { type DoubleApp, launchDouble } from './double/launch.ts';

describe('the codec', () => {
  const roundTrip = (value: unknown) => decode(encode(value));

  it.each([
    ['text', 'é\0😀'],
    ['numbers JSON has not', [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300, 5n]],
    ['undefined', { a: undefined, b: [undefined] }],
    ['dates, maps and sets', [new Date(5), new Map([['a', new Set([1])]])]],
    ['buffers', new Uint8Array([0, 255, 128]).buffer],
    ['views', [new Uint8Array([1, 2]), new Float64Array([0.5]), new Uint16Array([65_535])]],
  ])('keeps %s', (_what, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it('keeps what is shared, and cycles', () => {
    const shared = { name: 'shared' };
    const cycle: Record<string, unknown> = { a: shared, b: shared };
    cycle.self = cycle;
    const back = roundTrip(cycle) as typeof cycle;
    expect(back.self).toBe(back);
    expect(back.a).toBe(back.b);
  });

  it('drags the whole buffer of a view along, as V8 does', () => {
    const view = new Uint8Array(1024).subarray(10, 12);
    expect((roundTrip(view) as Uint8Array).buffer.byteLength).toBe(1024);
  });

  it.each([
    ['a function', () => 1],
    ['a promise', Promise.resolve()],
    ['a symbol', Symbol('s')],
  ])('refuses %s', (_what, value) => {
    expect(() => encode({ value })).toThrow('An object could not be cloned.');
  });
});

describe.skipIf(!findBrowser())('the main process', () => {
  let app: DoubleApp;
  beforeAll(async () => {
    buildStale();
    app = await launchDouble({ main: join(OUT, 'main', 'main.mjs'), args: [] });
  }, BUILD_MS);
  afterAll(async () => {
    await app?.close();
  });

  it('refuses transfer lists with Electron’s words', async () => {
    const errors = await app.evaluate(({ MessageChannelMain }) => {
      const errorOf = (act: () => void) => {
        try {
          act();
          return 'none';
        } catch (error) {
          return String(error);
        }
      };
      const { port1, port2 } = new MessageChannelMain();
      return [
        errorOf(() => port1.postMessage(0, [new ArrayBuffer(1)] as never)),
        errorOf(() => port1.postMessage(() => {})),
        errorOf(() => port1.postMessage(0, [port1])),
        errorOf(() => port1.postMessage(0, [port2, port2])),
        errorOf(() => port1.postMessage(0, [port2])),
        errorOf(() => port1.postMessage(0, [port2])),
      ];
    }, undefined);
    expect(errors).toEqual([
      'TypeError: Port at index 0 is not a valid port',
      'Error: An object could not be cloned.',
      'Error: Port at index 0 contains the source port.',
      'Error: Port at index 1 is a duplicate.',
      'none',
      'Error: Port at index 0 is already neutered.',
    ]);
  });

  it('holds messages back until a port is started, and tells the other end when it closes', async () => {
    const heard = await app.evaluate(({ MessageChannelMain }) => {
      const { promise, resolve } = Promise.withResolvers<unknown[]>();
      const { port1, port2 } = new MessageChannelMain();
      const events: unknown[] = [];
      port1.postMessage('before');
      port2.on('message', ({ data }) => {
        events.push(data);
        if (data === 'after') port1.close();
      });
      port2.on('close', () => resolve([...events, 'closed']));
      setImmediate(() => {
        events.push('started');
        port2.start();
        port1.postMessage('after');
      });
      return promise;
    }, undefined);
    expect(heard).toEqual(['started', 'before', 'after', 'closed']);
  });

  it.each([
    ['app', 'setBadgeCount'],
    ['shell', 'trashItem'],
    ['dialog', 'showErrorBox'],
    ['session', 'fromPartition'],
    ['nothing', 'at all'],
  ])('throws where a member is not implemented: %s.%s', async (part, member) => {
    const reading = app.evaluate(
      (electron, [of, name]) => Reflect.get(Reflect.get(electron, of as string) as object, name as string),
      [part, member],
    );
    await expect(reading).rejects.toThrow(/electron double: .* is not implemented/);
  });

  it('refuses a window that is not isolated', async () => {
    const opening = app.evaluate(
      ({ BrowserWindow }) => new BrowserWindow({ webPreferences: { sandbox: false } }).id,
      undefined,
    );
    await expect(opening).rejects.toThrow('only sandboxed, context-isolated windows');
  });
});
