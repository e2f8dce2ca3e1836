import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_IDS,
  type ColumnId,
  columnKind,
  fieldColumn,
} from '../../../../renderer/views/traffic/column-kinds.ts';
import {
  addedColumn,
  FIRST_COLUMNS,
  movedColumn,
  readColumns,
  resizedColumns,
  toggledColumn,
} from '../../../../renderer/views/traffic/column-settings.ts';
import { columnsFor } from '../../../../renderer/views/traffic/columns.ts';

const idsAt = (width: number, settings = FIRST_COLUMNS) =>
  columnsFor(width, 3, settings).placed.map(({ id }) => id);

describe('columns', () => {
  it('gives up the least needed first', () => {
    expect(idsAt(430)).toEqual(['id', 'method', 'target', 'status', 'size', 'waterfall']);
    expect(idsAt(575)).toEqual(['id', 'method', 'target', 'status', 'size', 'duration', 'conn', 'waterfall']);
    expect(idsAt(1236)).toContain('start');
    expect(idsAt(1236)).toContain('type');
  });

  it('has as many tracks as columns, and room for the path', () => {
    const settings = { ...FIRST_COLUMNS, shown: Object.fromEntries(COLUMN_IDS.map((id) => [id, true])) };
    for (const width of [360, 430, 575, 900, 1600]) {
      for (const each of [FIRST_COLUMNS, settings]) {
        const { template, placed, path, waterfall } = columnsFor(width, 7, each);
        expect(template.replace('minmax(0, 1fr)', 'rest').split(' ')).toHaveLength(placed.length);
        expect(path).toBeGreaterThanOrEqual(columnKind('target').least);
        expect(waterfall).toBeGreaterThan(0);
      }
    }
  });

  it('are chosen and left out by hand, but for the path and the waterfall', () => {
    const chosen = toggledColumn(toggledColumn(FIRST_COLUMNS, 'wait', true), 'status', false);
    expect(idsAt(1236, chosen)).toContain('wait');
    expect(idsAt(1236, chosen)).not.toContain('status');
    expect(toggledColumn(FIRST_COLUMNS, 'target', false)).toBe(FIRST_COLUMNS);
  });

  it('are moved among those on screen, and the waterfall stays last', () => {
    const { placed } = columnsFor(575, 3, FIRST_COLUMNS);
    const moved = movedColumn(FIRST_COLUMNS, placed, 'status', -2);
    expect(idsAt(575, moved).slice(0, 4)).toEqual(['id', 'status', 'method', 'target']);
    expect(movedColumn(FIRST_COLUMNS, placed, 'id', -1)).toBe(FIRST_COLUMNS);
    expect(idsAt(575, movedColumn(FIRST_COLUMNS, placed, 'method', 99)).at(-1)).toBe('waterfall');
    expect(idsAt(575, movedColumn(FIRST_COLUMNS, placed, 'method', 99)).at(-2)).toBe('method');
  });

  it('change places of an edge only: what one gains its neighbour gives', () => {
    const { placed, path } = columnsFor(1236, 3, FIRST_COLUMNS);
    const at = placed.findIndex(({ id }) => id === 'status');
    const [left, right] = [placed[at]!, placed[at + 1]!];
    const wider = resizedColumns(FIRST_COLUMNS, left, right, 10, path);
    expect(wider.widths).toEqual({ status: left.width + 10, type: right.width - 10 });
    const most = resizedColumns(FIRST_COLUMNS, left, right, 9999, path);
    expect(most.widths.type).toBe(columnKind('type').least);
    const besidePath = resizedColumns(FIRST_COLUMNS, placed[at - 1]!, left, -9999, path);
    expect(besidePath.widths).toEqual({ status: left.width + path - columnKind('target').least });
  });

  it('are remembered, and what was stored by another hand does no harm', () => {
    const settings = { ...movedColumn(FIRST_COLUMNS, columnsFor(900, 3, FIRST_COLUMNS).placed, 'size', 1) };
    expect(readColumns(JSON.stringify(settings))).toEqual(settings);
    expect(readColumns('')).toBe(FIRST_COLUMNS);
    expect(
      readColumns('{"order":["conn","gone","conn"],"widths":{"conn":-4,"size":"x"},"shown":{"id":1}}'),
    ).toEqual({
      order: ['conn', ...COLUMN_IDS.filter((id) => id !== 'conn')],
      shown: {},
      widths: {},
    });
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { order } = readColumns(text);
        expect([...order].sort()).toEqual([...COLUMN_IDS].sort());
        expect(order.at(-1)).toBe('waterfall');
      }),
    );
  });

  it('of header fields are added by name, kept, and gone when they are left out', () => {
    const etag = fieldColumn('ETag')!;
    expect(etag).toBe('header.etag');
    expect(columnKind(etag)).toMatchObject({ label: 'etag', source: 'header.etag', sort: undefined });
    const added = addedColumn(addedColumn(FIRST_COLUMNS, etag), 'agent');
    expect(columnsFor(1236, 3, added).read).toEqual(['agent', etag]);
    expect(added.order.at(-1)).toBe('waterfall');
    expect(readColumns(JSON.stringify(added))).toEqual(added);
    expect(toggledColumn(toggledColumn(added, etag, false), 'agent', false)).toMatchObject({
      order: COLUMN_IDS,
    });
    const full = Array.from({ length: 20 }, (_, i) => fieldColumn(`x-${i}`)!).reduce(
      addedColumn,
      FIRST_COLUMNS,
    );
    expect(full.order.length).toBe(COLUMN_IDS.length + 12);
  });

  it('of what is no name of a field there are none', () => {
    for (const name of ['', 'a b', 'a:', 'ü', 'x'.repeat(65)]) expect(fieldColumn(name)).toBeUndefined();
    expect(readColumns('{"order":["header.a b","header.A","header."]}').order).toEqual(COLUMN_IDS);
  });
});

describe('where columns want more than there is', () => {
  const chosen = (...ids: ColumnId[]) => ids.reduce(addedColumn, FIRST_COLUMNS);

  it('wide ones give of their width first, but not what was set by hand', () => {
    const settings = chosen('file', 'agent', 'referer');
    const { placed } = columnsFor(1236, 3, settings);
    expect(placed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['file', 'agent', 'referer', 'start', 'type']),
    );
    const widths = { file: 200, waterfall: 226 };
    const held = columnsFor(1236, 3, { ...settings, widths }).placed;
    expect(held.find(({ id }) => id === 'file')?.width ?? 200).toBe(200);
    expect(held.find(({ id }) => id === 'waterfall')?.width).toBe(226);
  });

  it('those that nobody chose go before those that were', () => {
    const ids = idsAt(520, chosen('start', 'agent'));
    expect(ids).toEqual(expect.arrayContaining(['start', 'agent']));
    expect(ids).not.toContain('duration');
    expect(idsAt(360, chosen('start', 'agent', 'file', 'host'))).not.toContain('note');
  });
});
