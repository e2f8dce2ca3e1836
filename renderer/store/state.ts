/** The whole at a glance, put together once a frame. */
import type { Hello, UsageReply } from '../../server-core/capture/feed-messages.ts';
import type { Ingest } from './ingest.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type {
  CaptureView,
  Ledger,
  LinkState,
  Restart,
  ServerView,
  StoreState,
  Unasked,
} from './queries/state.ts';
import type { Moments } from './series.ts';

/** What the state holds beside the log. */
export interface Surroundings {
  readonly link: LinkState;
  readonly hello: Hello | undefined;
  /** What is live, also while a capture is shown. */
  readonly live: Ingest;
  readonly captures: readonly CaptureView[];
  readonly restarts: readonly Restart[];
  /** What the host said last of what its log takes. */
  readonly usage: UsageReply | undefined;
  readonly paused: boolean;
  /** The host's time now, in microseconds since the log's epoch. */
  readonly now: number;
}

const SECOND = 1e6;

export function buildState(ingest: Ingest, around: Surroundings): StoreState {
  const { link, hello, live, captures, restarts, usage, paused, now } = around;
  const { columns, trim, index, order, lines } = ingest;
  const { metrics } = columns;
  const { past } = columns;
  const until = past.until(now);
  const lastTime = past.until(columns.lastTime);
  const overSecond = (series: Moments) => [series.after(until - SECOND), series.after(until)] as const;
  const [requestsFrom, requestsTo] = overSecond(metrics.requests);
  const servers = serverViews(live);
  return {
    link,
    hello,
    servers,
    shownServers: ingest === live ? servers : serverViews(ingest).map(elsewhere),
    captures,
    restarts,
    ledger: ledgerOf(ingest),
    openConnections: past.isOn ? metrics.open.levelAt(past.time) : columns.open.size,
    unasked: unaskedOf(ingest),
    inFlight: past.isOn ? metrics.inFlight.levelAt(past.time) : columns.inFlight,
    bytesInPerSecond: metrics.bytesIn.sum(...overSecond(metrics.bytesIn)),
    bytesOutPerSecond: metrics.bytesOut.sum(...overSecond(metrics.bytesOut)),
    requestsPerSecond: requestsTo - requestsFrom,
    // A position is a count of log bytes, so what is held is what lies between the first and the last.
    memoryBytes: usage?.memoryBytes ?? Math.max(0, trim.read - trim.start),
    memoryBudgetBytes: hello?.memoryBudgetBytes ?? 0,
    diskBytes: usage?.diskBytes ?? 0,
    diskBudgetBytes: hello?.diskBudgetBytes ?? 0,
    overruns: usage?.overruns ?? 0,
    firstTime: columns.firstTime,
    lastTime,
    newestTime: columns.lastTime,
    playhead: past.isOn ? past.time : undefined,
    paused,
    filter: index.filter,
    unread: columns.contents.waiting,
    sort: order.sort,
    grouping: lines.grouping,
  };
}

/** Numbers have no gaps, so the highest is the count of all; what is not held was trimmed. */
export function ledgerOf({ columns, index }: Ingest): Ledger {
  const { last, held } = columns.exchanges;
  const { later } = index;
  // The tap keeps all that it is given; what memory cannot hold is trimmed, and counted as that.
  return {
    captured: last - later,
    shown: index.count,
    filtered: held - later - index.count,
    trimmed: last - held,
    dropped: 0,
  };
}

/** Looks at all connections, but only as long as there is nothing else to look at. */
function unaskedOf({ columns, index }: Ingest): Unasked | undefined {
  const { exchanges, connections, past, strings } = columns;
  if (exchanges.last > index.later) return undefined;
  let closed = 0;
  let detail = 0;
  connections.eachFrom(1, (page, row) => {
    if (page.closed[row]! <= past.time) {
      closed++;
      detail = page.closeDetail[row]!;
    }
    return true;
  });
  return closed === 0 ? undefined : { connections: closed, detail: strings.text(detail) };
}

/** A server that a capture tells of: it has the number of one that is here, and nothing else of it. */
function elsewhere(server: ServerView): ServerView {
  return { ...server, root: '', status: 'stopped' };
}

function serverViews({ columns }: Ingest): ServerView[] {
  const open = new Map<number, number>();
  for (const conn of columns.open) {
    const server = columns.connections.page(conn)?.server[conn & PAGE_MASK] ?? 0;
    open.set(server, (open.get(server) ?? 0) + 1);
  }
  return [...columns.servers.values()].map((state) => ({
    ...state,
    requests: columns.heldByServer.get(state.id) ?? 0,
    openConnections: open.get(state.id) ?? 0,
    visitors: columns.visitors.get(state.id) ?? [],
  }));
}
