import { describe, expect, it } from 'vitest';
import { Turns } from '../../server-core/net/turns.ts';

/** A step that ends when it is told to. */
function slow(log: string[], name: string) {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const step = async () => {
    log.push(`${name} begins`);
    await done;
    log.push(`${name} ends`);
  };
  return { step, finish };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('steps in turn', () => {
  it('run at once when nothing is ahead of them', () => {
    const log: string[] = [];
    const turns = new Turns(() => log.push('progress'));
    turns.take(() => void log.push('a'), 10);
    turns.take(() => void log.push('b'), 10);
    expect(log).toEqual(['a', 'b']);
    expect([turns.idle, turns.bytes]).toEqual([true, 0]);
  });

  it('wait for one that takes time, and count what they hold', async () => {
    const log: string[] = [];
    const turns = new Turns(() => log.push('progress'));
    const first = slow(log, 'first');
    turns.take(first.step, 100);
    turns.take(() => void log.push('second'), 20);
    turns.take(() => void log.push('third'), 3);
    expect([turns.idle, turns.bytes]).toEqual([false, 123]);
    first.finish();
    await settled();
    expect(log).toEqual(['first begins', 'first ends', 'second', 'third', 'progress']);
    expect([turns.idle, turns.bytes]).toEqual([true, 0]);
  });

  it('that come up within a step go behind those that wait', () => {
    const log: string[] = [];
    const turns = new Turns(() => {});
    turns.hold();
    turns.take(() => {
      log.push('a');
      turns.take(() => void log.push('c'));
    });
    turns.take(() => void log.push('b'));
    turns.release();
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('can be held from within one of them', () => {
    const log: string[] = [];
    const turns = new Turns(() => {});
    turns.take(() => {
      log.push('a');
      turns.hold();
    });
    turns.take(() => void log.push('b'), 5);
    expect([log, turns.bytes]).toEqual([['a'], 5]);
    turns.release();
    expect([log, turns.bytes]).toEqual([['a', 'b'], 0]);
  });

  it('are forgotten, but for the one that was begun', async () => {
    const log: string[] = [];
    const turns = new Turns(() => {});
    const begun = slow(log, 'begun');
    turns.take(begun.step, 7);
    turns.take(() => void log.push('never'), 8);
    turns.hold();
    turns.clear();
    turns.take(() => void log.push('after'), 1);
    expect(turns.bytes).toBe(8);
    begun.finish();
    await settled();
    expect(log).toEqual(['begun begins', 'begun ends', 'after']);
  });
});
