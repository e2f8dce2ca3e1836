import { describe, expect, it } from 'vitest';
import type { ListParams, ListResult, Row } from '../../../../renderer/store/queries/list.ts';
import type { Store } from '../../../../renderer/store/queries/store.ts';
import { nextOnConnection, rowAt } from '../../../../renderer/views/traffic/list-lookup.ts';

/** The list part of a store, over `conns`: row i is on connection conns[i]. Answers in a later task, as a worker does. */
function listOf(conns: readonly number[]): { store: Store; open: () => number } {
  let open = 0;
  const watchList = (params: ListParams, listener: (result: ListResult) => void) => {
    open++;
    const first = Math.max(0, Math.min(params.first, conns.length));
    const rows = conns
      .slice(first, first + params.count)
      .map((conn, i) => ({ id: first + i + 1, conn }) as unknown as Row);
    queueMicrotask(() => listener({ total: conns.length, first, rows, heads: [] }));
    return { update: () => undefined, close: () => open-- };
  };
  return { store: { watchList } as unknown as Store, open: () => open };
}

describe('looking beyond the rows on screen', () => {
  it('reads one row and closes its watch', async () => {
    const { store, open } = listOf([7, 8, 9]);
    expect((await rowAt(store, 2))?.row).toMatchObject({ id: 3, conn: 9 });
    expect(await rowAt(store, 3)).toBeUndefined();
    expect(open()).toBe(0);
  });

  const far = [1, ...Array.from({ length: 1800 }, () => 2), 1];
  it('finds the next row of the connection over several chunks, both ways', async () => {
    const { store, open } = listOf(far);
    expect((await nextOnConnection(store, 1, 0, 1))?.index).toBe(1801);
    expect((await nextOnConnection(store, 1, 1801, -1))?.index).toBe(0);
    expect(open()).toBe(0);
  });

  it('finds nothing at the ends', async () => {
    const { store } = listOf(far);
    expect(await nextOnConnection(store, 1, 1801, 1)).toBeUndefined();
    expect(await nextOnConnection(store, 1, 0, -1)).toBeUndefined();
  });

  it('gives up after a bounded search', async () => {
    const { store } = listOf([1, ...Array.from({ length: 30_000 }, () => 2), 1]);
    expect(await nextOnConnection(store, 1, 0, 1)).toBeUndefined();
  });
});
