import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../renderer/filter/parser.ts';
import { listResult } from '../../../../renderer/store/list.ts';
import { NO_FILTER } from '../../../../renderer/store/queries/filter.ts';
import { cellTerm } from '../../../../renderer/views/traffic/cell-terms.ts';
import { COLUMN_IDS } from '../../../../renderer/views/traffic/column-kinds.ts';
import { answer, get, SERVER, Traffic } from '../../store/traffic.ts';

const traffic = new Traffic();
traffic.log.server(SERVER);
const conn = traffic.open(1);
traffic.get(conn, '/a%20(b)?x="y"', 200, 3000, 'text/html; charset=utf-8');
traffic.run(conn, { request: get('/*'), response: answer(404, 'x', '') });
traffic.run(conn, { request: 'G\0T / HTTP/1.1\r\n\r\n', fault: { code: 'method-invalid', at: 1 } });
traffic.run(conn, { request: get('/open') });
const ingest = traffic.ingest();
const FACTS = { server: 'www', text: '', epochMs: 0 };
const rows = listResult(ingest, { first: 0, count: 9, tail: false }).rows;

describe('the term of a cell', () => {
  it.each([
    [0, 'method', 'method=GET', 'GET'],
    [0, 'target', 'path=/a%20(b)?x="y"', '/a%20(b)?x="y"'],
    [0, 'status', 'status:200', '200'],
    [0, 'type', 'mime=text/html', 'text/html'],
    [0, 'server', 'server=www', 'www'],
    [0, 'conn', 'conn:1', 'c1'],
    [0, 'id', 'id:1', '1'],
    [1, 'target', 'path="/*"', '/*'],
    [1, 'type', 'type:other', 'other'],
    [2, 'target', 'fault=method-invalid', 'method-invalid'],
    [2, 'status', 'is:malformed', 'malformed'],
    [3, 'status', 'is:pending', 'pending'],
    [3, 'duration', 'is:open', 'open'],
  ] as const)('in row %i, column %s, is %s', (row, column, term, value) => {
    expect(cellTerm(rows[row]!, column, FACTS)).toEqual({ term, value });
  });

  it.each([
    ['host', 'a:8080', 'host=a:8080'],
    ['agent', 'x (y)', 'ua="x (y)"'],
    ['range', 'bytes 0-1/2', 'response.content-range="bytes 0-1/2"'],
    ['header.etag', '"v1"', 'header.etag="\\"v1\\""'],
  ] as const)('of the read column %s, which says %s, is %s', (column, text, term) => {
    expect(cellTerm(rows[0]!, column, { ...FACTS, text })).toEqual({ term, value: text });
    expect(cellTerm(rows[0]!, column, FACTS)).toBeUndefined();
  });

  it.each(COLUMN_IDS)('of %s finds the row that it was taken from', (column) => {
    for (const row of rows) {
      const cell = cellTerm(row, column, FACTS);
      if (cell === undefined) continue;
      expect(parseFilter(cell.term).error).toBeUndefined();
      const idsOf = (text: string) => {
        ingest.index.set({ ...NO_FILTER, text });
        return listResult(ingest, { first: 0, count: 9, tail: false }).rows.map(({ id }) => id);
      };
      expect(idsOf(cell.term)).toContain(row.id);
      expect(idsOf(`-${cell.term}`)).not.toContain(row.id);
    }
  });
});
