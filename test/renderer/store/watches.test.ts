import { describe, expect, it } from 'vitest';
import type { AnyResult } from '../../../renderer/store/messages.ts';
import type { DetailResult } from '../../../renderer/store/queries/detail.ts';
import type { ListResult } from '../../../renderer/store/queries/list.ts';
import { Watches } from '../../../renderer/store/watches.ts';
import { Traffic } from './traffic.ts';

function rig() {
  const traffic = new Traffic();
  const conn = traffic.open();
  traffic.get(conn, '/1');
  const ingest = traffic.ingest();
  const sent: [number, AnyResult][] = [];
  const clock = { now: 0, cost: 0 };
  const watches = new Watches(ingest, {
    pull: traffic.pull,
    send: (id, result) => {
      sent.push([id, result]);
      clock.now += clock.cost;
    },
    clock: () => clock.now,
    wake: () => {},
  });
  const more = (target: string) => {
    traffic.get(conn, target);
    traffic.feed(ingest);
  };
  return { traffic, ingest, watches, sent, clock, more };
}
const LIST = { name: 'list', params: { first: 0, count: 10, tail: false } } as const;

describe('watches', () => {
  it('are answered at once, then only when their answer changes', () => {
    const { watches, sent, more } = rig();
    watches.set(1, LIST);
    watches.beat(true);
    watches.beat(true);
    expect(sent).toHaveLength(1);
    more('/2');
    watches.beat(true);
    expect((sent[1]![1] as ListResult).total).toBe(2);
    watches.close(1);
    more('/3');
    watches.beat(true);
    expect(sent).toHaveLength(2);
  });

  it('stand still while paused, but for windows that were moved', () => {
    const { watches, sent, more } = rig();
    watches.set(1, LIST);
    watches.beat(true);
    more('/2');
    watches.beat(false);
    expect(sent).toHaveLength(1);
    watches.set(1, { ...LIST, params: { first: 1, count: 1, tail: false } });
    watches.beat(false);
    expect((sent[1]![1] as ListResult).first).toBe(1);
  });

  it('that are dear to answer are answered less often', () => {
    const { watches, sent, clock, more } = rig();
    clock.cost = 100;
    watches.set(1, LIST);
    watches.beat(true);
    more('/2');
    clock.now = 499;
    watches.beat(true);
    expect(sent).toHaveLength(1);
    clock.now = 500;
    watches.beat(true);
    expect(sent).toHaveLength(2);
  });

  it('of a picture are answered some times a second, but at once for another span', () => {
    const { watches, sent, clock, more } = rig();
    const graph = { name: 'graph', params: { from: 0, to: 1e6, bins: 10 } } as const;
    watches.set(1, graph);
    watches.beat(true);
    more('/2');
    clock.now = 49;
    watches.beat(true);
    expect(sent).toHaveLength(1);
    clock.now = 50;
    watches.beat(true);
    expect(sent).toHaveLength(2);
    watches.set(1, { ...graph, params: { ...graph.params, to: 2e6 } });
    watches.beat(true);
    expect(sent).toHaveLength(3);
  });

  it('of graphs that end with the state are answered with it', () => {
    const { watches, sent, more } = rig();
    watches.set(1, { name: 'graph', params: { from: 0, to: 1e6, bins: 10, details: true } });
    watches.beat(true);
    more('/2');
    watches.beat(true);
    expect(sent).toHaveLength(2);
  });

  it('turned to another exchange while the first is pulled never show the first', async () => {
    const { watches, sent, more } = rig();
    more('/2');
    const shown = Promise.withResolvers<void>();
    watches.set(1, { name: 'detail', params: 1 });
    watches.beat(true);
    watches.set(1, { name: 'detail', params: 2 });
    const poll = () => {
      watches.beat(true);
      if (sent.length === 0) setImmediate(poll);
      else shown.resolve();
    };
    poll();
    await shown.promise;
    expect(sent.map(([, result]) => (result as DetailResult).row.id)).toEqual([2]);
  });

  it('of nothing say so', async () => {
    const { watches, sent } = rig();
    watches.set(1, { name: 'detail', params: undefined });
    watches.beat(true);
    await Promise.resolve();
    expect(sent).toEqual([[1, undefined]]);
  });
});
