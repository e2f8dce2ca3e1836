import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from '../../../renderer/store/client.ts';
import type { FromWorker, ToWorker } from '../../../renderer/store/messages.ts';
import type { DetailResult } from '../../../renderer/store/queries/detail.ts';
import { NO_FILTER } from '../../../renderer/store/queries/filter.ts';
import type { ListResult } from '../../../renderer/store/queries/list.ts';
import type { StoreState } from '../../../renderer/store/queries/state.ts';
import { StoreWorker } from '../../../renderer/store/store-worker.ts';
import { Feed } from '../../../server-core/capture/feed.ts';
import type { Call, Hello } from '../../../server-core/capture/feed-messages.ts';
import { portTransport } from '../../../server-core/capture/port-transport.ts';
import { answer, get, SERVER, Traffic, textOf } from './traffic.ts';

const HELLO: Hello = {
  version: '1.0.0',
  host: 'browser',
  platform: 'linux',
  epochMs: 1_000_000,
  memoryBudgetBytes: 1 << 28,
  diskBudgetBytes: 0,
  notes: [],
  captures: [],
  tour: '/tour',
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A page's store, its worker, and a host, each behind a real message port. */
function rig(traffic: Traffic) {
  const page = new MessageChannel();
  const calls: Call[] = [];
  const pulls: { held?: Promise<never> | undefined } = {};
  const feeds: Feed[] = [];
  const later = (run: () => void, ms: number) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const attach = () => {
    const link = new MessageChannel();
    const feed = new Feed(traffic.log, portTransport(link.port1), {
      hello: HELLO,
      now: () => performance.now(),
      later,
      onCall: async (call) => {
        calls.push(call);
        if (call.op === 'pull') return pulls.held ?? traffic.pull(call.positions);
        if (call.op === 'serve') throw new Error('There is no such folder');
        return null;
      },
    });
    feeds.push(feed);
    closers.push(() => feed.close());
    return portTransport(link.port2);
  };
  const worker = new StoreWorker({
    post: (message: FromWorker) => page.port2.postMessage(message),
    open: attach,
    later,
    clock: () => performance.now(),
  });
  page.port2.on('message', (message: ToWorker) => worker.receive(message));
  const store = createStore({
    postMessage: (message) => page.port1.postMessage(message),
    addEventListener: (_type, listener) => {
      page.port1.on('message', (data) => listener(new MessageEvent('message', { data })));
    },
  });
  closers.push(() => page.port1.close());
  store.connect({ kind: 'web-socket', url: 'ws://127.0.0.1/', token: '' });
  return { store, calls, pulls, feeds };
}

type Store = ReturnType<typeof rig>['store'];

function until(store: Store, holds: (state: StoreState) => boolean): Promise<StoreState> {
  return new Promise((resolve) => {
    const check = () => {
      if (!holds(store.state())) return false;
      unsubscribe();
      resolve(store.state());
      return true;
    };
    const unsubscribe = store.subscribe(check);
    check();
  });
}

function list(store: Store, holds: (result: ListResult) => boolean): Promise<ListResult> {
  return new Promise((resolve) => {
    const watch = store.watchList({ first: 0, count: 50, tail: false }, (result) => {
      if (!holds(result)) return;
      watch.close();
      resolve(result);
    });
  });
}

describe('store client', () => {
  it('shows what the host logged, then what it goes on to log', async () => {
    const traffic = new Traffic();
    traffic.log.server(SERVER);
    const conn = traffic.open();
    traffic.get(conn, '/one');
    const { store } = rig(traffic);
    const state = await until(store, (now) => now.link.state === 'live' && now.ledger.captured === 1);
    expect(state.servers).toEqual([{ ...SERVER, visitors: [], requests: 1, openConnections: 1 }]);
    expect(state.hello).toEqual(HELLO);
    const grown = list(store, (result) => result.total === 2);
    traffic.get(conn, '/two', 404);
    expect((await grown).rows.map((row) => [row.id, row.target, row.status])).toEqual([
      [1, '/one', 200],
      [2, '/two', 404],
    ]);
  });

  it('filters, finds places and forgets', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    for (let i = 0; i < 10; i++) traffic.get(conn, `/${i % 2 === 0 ? 'even' : 'odd'}/${i}`);
    const { store } = rig(traffic);
    await until(store, (now) => now.ledger.captured === 10);
    store.setFilter({ ...NO_FILTER, text: 'odd' });
    const filtered = await until(store, (now) => now.ledger.filtered > 0);
    expect(filtered.filter.text).toBe('odd');
    expect(filtered.ledger).toEqual({ captured: 10, shown: 5, filtered: 5, trimmed: 0, dropped: 0 });
    expect(await store.indexOf(4)).toBe(1);
    expect(await store.indexOf(3)).toBeUndefined();
    store.clear();
    const cleared = await until(store, (now) => now.ledger.trimmed > 0);
    expect(cleared.ledger).toEqual({ captured: 10, shown: 0, filtered: 0, trimmed: 10, dropped: 0 });
  });

  it('pulls the bytes of a detail and of ranges', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/first');
    const id = traffic.run(conn, { request: get('/x'), response: answer(200, 'hello') });
    const { store, calls } = rig(traffic);
    const detail = await new Promise<DetailResult>((resolve) => {
      store.watchDetail(id, (result) => {
        if (result !== undefined) resolve(result);
      });
    });
    expect(textOf(detail.request.bytes)).toBe(get('/x'));
    expect(textOf(detail.response?.bytes)).toBe(answer(200, 'hello'));
    expect(textOf(await store.readBytes(id, 'out', 0, 8))).toBe('HTTP/1.1');
    expect(calls.some((call) => call.op === 'pull')).toBe(true);
    await expect(store.readBytes(99, 'in', 0, 8)).rejects.toThrow('There is no such message');
  });

  it('hands orders to the host and its refusals to the asker', async () => {
    const { store, calls } = rig(new Traffic());
    await expect(store.serve('/nowhere')).rejects.toThrow('There is no such folder');
    await store.server('stop', 1);
    expect(calls).toEqual([
      { op: 'serve', path: '/nowhere' },
      { op: 'stop', server: 1 },
    ]);
  });

  it('stands still while paused, and goes on collecting', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/1');
    const { store } = rig(traffic);
    const results: number[] = [];
    const first = Promise.withResolvers<void>();
    store.watchList({ first: 0, count: 9, tail: false }, (result) => {
      results.push(result.total);
      first.resolve();
    });
    await first.promise;
    store.setPaused(true);
    await until(store, (now) => now.paused);
    const before = results.length;
    traffic.get(conn, '/2');
    await until(store, (now) => now.ledger.captured === 2);
    expect(results).toHaveLength(before);
    const resumed = list(store, (result) => result.total === 2);
    store.setPaused(false);
    expect((await resumed).total).toBe(2);
  });

  it('shows the past, also while paused, and finds the events beside a moment', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/1');
    const between = traffic.time;
    traffic.wait(1000);
    traffic.get(conn, '/2');
    const { store } = rig(traffic);
    await list(store, (result) => result.total === 2);
    store.setPaused(true);
    await until(store, (now) => now.paused);
    store.setPlayhead(between);
    expect(store.state().playhead).toBe(between);
    expect((await list(store, (result) => result.total === 1)).rows[0]?.target).toBe('/1');
    const then = await until(store, ({ lastTime }) => lastTime === between);
    expect(then.ledger).toMatchObject({ captured: 1, shown: 1 });
    expect(then.newestTime).toBe(traffic.time - 1);
    expect(await store.neighbour(between, 1)).toBe(between + 1000);
    store.clear();
    expect(store.state().playhead).toBeUndefined();
    expect((await until(store, ({ ledger }) => ledger.trimmed === 2)).ledger.captured).toBe(2);
  });

  it('comes back from the past to the present, also while paused', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/1');
    const between = traffic.time;
    traffic.wait(1000);
    traffic.get(conn, '/2');
    const { store } = rig(traffic);
    const totals: number[] = [];
    store.watchList({ first: 0, count: 9, tail: false }, ({ total }) => totals.push(total));
    await expect.poll(() => totals.at(-1)).toBe(2);
    store.setPaused(true);
    store.setPlayhead(between);
    await expect.poll(() => totals.at(-1)).toBe(1);
    store.setPlayhead(undefined);
    await expect.poll(() => totals.at(-1)).toBe(2);
  });

  it('links again after a loss, reads the log anew and keeps what was cleared away', async () => {
    const traffic = new Traffic();
    const conn = traffic.open();
    traffic.get(conn, '/old');
    const { store, feeds } = rig(traffic);
    await until(store, (now) => now.ledger.captured === 1);
    store.clear();
    await until(store, (now) => now.ledger.trimmed === 1);
    feeds[0]?.close();
    const lost = await until(store, (now) => now.link.state === 'lost');
    expect(lost.ledger.captured).toBe(1);
    traffic.get(conn, '/new');
    const back = await until(store, (now) => now.link.state === 'live' && now.ledger.captured === 2);
    expect(back.ledger).toEqual({ captured: 2, shown: 1, filtered: 0, trimmed: 1, dropped: 0 });
  });

  it('asks over the next link for bytes that the last one did not bring', async () => {
    const traffic = new Traffic();
    traffic.get(traffic.open(), '/1');
    const { store, calls, pulls, feeds } = rig(traffic);
    await until(store, (now) => now.ledger.captured === 1);
    pulls.held = new Promise(() => {});
    let detail: DetailResult | undefined;
    store.watchDetail(1, (result) => {
      detail = result;
    });
    await expect.poll(() => calls.some(({ op }) => op === 'pull')).toBe(true);
    feeds[0]?.close();
    await until(store, (now) => now.link.state === 'lost');
    pulls.held = undefined;
    await expect.poll(() => detail?.request.startLine).toEqual(['GET', '/1', 'HTTP/1.1']);
  });
});
