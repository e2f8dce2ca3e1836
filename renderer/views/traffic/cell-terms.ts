/** What a cell of the list says, as a term of a filter. */
import { keyed } from '../../filter/printer.ts';
import { writeQuantity } from '../../filter/quantities.ts';
import { formatClock } from '../../geometry/quantities.ts';
import type { Row } from '../../store/queries/list.ts';
import { type ColumnId, isField } from './column-kinds.ts';

export interface CellTerm {
  readonly term: string;
  /** The value alone, as it goes on the clipboard. */
  readonly value: string;
}

/** What a cell says that is no part of its row. */
export interface CellFacts {
  /** The server's name. */
  readonly server: string;
  /** What was read for the column. */
  readonly text: string;
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
}

/** Undefined where the cell says nothing that could be asked for. */
export function cellTerm(row: Row, column: ColumnId, facts: CellFacts): CellTerm | undefined {
  const { server, text, epochMs } = facts;
  if (isField(column)) return equal(column, text);
  switch (column) {
    case 'id':
      return { term: `id:${row.id}`, value: String(row.id) };
    case 'method':
      return row.method === '' ? undefined : { term: keyed('method=', row.method), value: row.method };
    case 'target':
      if (row.target !== '') return { term: keyed('path=', row.target), value: row.target };
      return row.fault && { term: keyed('fault=', row.fault), value: row.fault };
    case 'status':
      if (row.status === undefined) return { term: `is:${phaseWord(row)}`, value: phaseWord(row) };
      return { term: `status:${row.status}`, value: String(row.status) };
    case 'type': {
      const media = row.mediaType.split(';')[0]!.trim();
      if (media === '') return { term: `type:${row.contentKind}`, value: row.contentKind };
      return { term: keyed('mime=', media), value: media };
    }
    case 'version':
      return row.version === '' ? undefined : { term: keyed('version=', row.version), value: row.version };
    case 'server':
      return server === '' ? undefined : { term: keyed('server=', server), value: server };
    case 'worker':
      return row.worker === '' ? undefined : { term: keyed('worker=', row.worker), value: row.worker };
    case 'conn':
      return { term: `conn:${row.conn}`, value: `c${row.conn}` };
    case 'size':
      if (row.responseTime === undefined) return undefined;
      return { term: `size>=${writeQuantity('size', row.responseBytes)}`, value: String(row.responseBytes) };
    case 'requestSize':
      return { term: `sent>=${writeQuantity('size', row.requestBytes)}`, value: String(row.requestBytes) };
    case 'wait':
      return atLeast('ttfb', row, row.responseTime);
    case 'duration':
    case 'waterfall':
      return atLeast('time', row, row.endTime);
    case 'start': {
      const value = formatClock(epochMs, row.beginTime, 6);
      return { term: `at>=${value}`, value };
    }
    case 'client':
    case 'host':
    case 'file':
    case 'encoding':
    case 'referer':
      return equal(column, text);
    case 'agent':
      return equal('ua', text);
    case 'range':
      return equal('response.content-range', text);
    case 'cache':
      return row.status === undefined
        ? undefined
        : { term: `status:${row.status}`, value: String(row.status) };
    case 'note':
      return equal('note', row.annotation?.note ?? '');
  }
}

function equal(field: string, value: string): CellTerm | undefined {
  return value === '' ? undefined : { term: keyed(`${field}=`, value), value };
}

function atLeast(field: 'time' | 'ttfb', row: Row, end: number | undefined): CellTerm | undefined {
  if (end === undefined) return { term: 'is:open', value: 'open' };
  const micros = Math.floor(end - row.beginTime);
  return { term: `${field}>=${writeQuantity('duration', micros)}`, value: `${micros / 1000} ms` };
}

function phaseWord({ phase }: Row): string {
  return phase === 'responding' ? 'open' : phase;
}
