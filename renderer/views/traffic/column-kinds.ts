/** The columns that a list can have, and what each is. */
import type { CellSource } from '../../store/queries/cell-texts.ts';
import type { SortColumn } from '../../store/queries/list.ts';

export const COLUMN_IDS = [
  'id',
  'start',
  'method',
  'target',
  'status',
  'type',
  'version',
  'server',
  'worker',
  'requestSize',
  'size',
  'wait',
  'duration',
  'conn',
  'client',
  'host',
  'file',
  'cache',
  'encoding',
  'range',
  'agent',
  'referer',
  'note',
  'waterfall',
] as const;
export type OwnColumn = (typeof COLUMN_IDS)[number];
/** A header field by its name in lower case, which a person added. */
export type FieldColumn = `header.${string}`;
export type ColumnId = OwnColumn | FieldColumn;

export interface ColumnKind {
  readonly label: string;
  /** What it shows, in a sentence, where the label does not say it. */
  readonly title?: string;
  /** CSS pixels; 0 takes the rest. */
  readonly width: number;
  readonly least: number;
  /** Figures end at the right edge. */
  readonly figure: boolean;
  readonly sort: SortColumn | undefined;
  /** Least width of the list at which it is shown, unless it was chosen; Infinity only when it was. */
  readonly from: number;
  /** What is read for the rows on screen, as no row holds it: so it cannot sort, but for what the store knows. */
  readonly source?: CellSource;
}

const text = { figure: false, least: 36, from: 0 };
const figure = { figure: true, least: 40, from: 0 };
const read = { ...text, sort: undefined, from: Number.POSITIVE_INFINITY };
const FIELD_PREFIX = 'header.';

const OWN_COLUMNS: Readonly<Record<OwnColumn, ColumnKind>> = {
  id: {
    ...figure,
    label: '#',
    title: 'In the order in which requests began',
    width: 34,
    least: 34,
    sort: 'id',
  },
  start: {
    ...figure,
    label: 'Time',
    title: 'When the first byte of the request came',
    width: 88,
    sort: 'id',
    from: 960,
  },
  method: { ...text, label: 'Method', width: 50, sort: 'method' },
  target: { ...text, label: 'Path', width: 0, least: 80, sort: 'target' },
  status: { ...text, label: 'Status', width: 48, sort: 'status' },
  type: { ...text, label: 'Type', width: 72, sort: 'type', from: 800 },
  version: {
    ...text,
    label: 'HTTP',
    title: 'Version of HTTP that the request names',
    width: 40,
    sort: 'version',
    from: Number.POSITIVE_INFINITY,
  },
  server: { ...text, label: 'Server', width: 72, sort: 'server', from: Number.POSITIVE_INFINITY },
  worker: {
    ...text,
    label: 'Worker',
    title: 'The process or thread that worked on it, where the server has several',
    width: 96,
    sort: 'worker',
    from: Number.POSITIVE_INFINITY,
  },
  requestSize: {
    ...figure,
    label: 'Sent',
    title: 'Bytes of the request on the wire, head included',
    width: 52,
    sort: 'requestSize',
    from: Number.POSITIVE_INFINITY,
  },
  size: {
    ...figure,
    label: 'Size',
    title: 'Bytes of the response on the wire, head included',
    width: 52,
    sort: 'size',
  },
  wait: {
    ...figure,
    label: 'Wait',
    title: "From the request's first byte to the response's head",
    width: 56,
    sort: 'wait',
    from: Number.POSITIVE_INFINITY,
  },
  duration: {
    ...figure,
    label: 'Duration',
    title: "From the request's first byte to the response's last",
    width: 60,
    sort: 'duration',
    from: 480,
  },
  conn: { ...figure, label: 'Conn', title: 'Connection', width: 36, least: 30, sort: 'conn', from: 480 },
  client: {
    ...text,
    label: 'Client',
    title: 'Address that the connection came from',
    width: 96,
    sort: 'client',
    from: Number.POSITIVE_INFINITY,
    source: 'client',
  },
  host: { ...read, label: 'Host', width: 120, source: 'request.host' },
  file: {
    ...read,
    label: 'File',
    title: 'The file that answered, below the served folder',
    width: 140,
    source: 'file',
  },
  cache: {
    ...read,
    label: 'Cache',
    title: "What the client's copy spared: all with 304, the rest with 206",
    width: 64,
  },
  encoding: { ...read, label: 'Encoding', width: 64, source: 'response.content-encoding' },
  range: {
    ...read,
    label: 'Range',
    title: 'Part that was sent',
    width: 112,
    source: 'response.content-range',
  },
  agent: { ...read, label: 'User agent', width: 140, source: 'request.user-agent' },
  referer: { ...read, label: 'Referer', width: 140, source: 'request.referer' },
  note: { ...read, label: 'Note', width: 120 },
  waterfall: { ...text, label: 'Waterfall', width: 226, least: 64, sort: undefined },
};

export function columnKind(id: ColumnId): ColumnKind {
  if (!isField(id)) return OWN_COLUMNS[id];
  const name = id.slice(FIELD_PREFIX.length);
  const title = `Header field ${name} of the response, or of the request where that has none`;
  return { ...read, label: name, title, width: 120, source: id };
}

/** The column of a header field; undefined when that is no name of one (RFC 9110 §5.1). */
export function fieldColumn(name: string): FieldColumn | undefined {
  return /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) ? `${FIELD_PREFIX}${name.toLowerCase()}` : undefined;
}

export function isField(id: ColumnId): id is FieldColumn {
  return id.startsWith(FIELD_PREFIX);
}

/** Path and waterfall are what the list is; all else can be left out. */
export function isFixed(id: ColumnId): boolean {
  return id === 'target' || id === 'waterfall';
}
