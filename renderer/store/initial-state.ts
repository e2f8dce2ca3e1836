import { NO_FILTER } from './queries/filter.ts';
import { BY_TIME } from './queries/list.ts';
import type { StoreState } from './queries/state.ts';

/** What holds before the worker has said anything. */
export const INITIAL_STATE: StoreState = {
  link: { state: 'connecting' },
  hello: undefined,
  servers: [],
  shownServers: [],
  captures: [],
  restarts: [],
  ledger: { captured: 0, shown: 0, filtered: 0, trimmed: 0, dropped: 0 },
  openConnections: 0,
  unasked: undefined,
  inFlight: 0,
  bytesInPerSecond: 0,
  bytesOutPerSecond: 0,
  requestsPerSecond: 0,
  memoryBytes: 0,
  memoryBudgetBytes: 0,
  diskBytes: 0,
  diskBudgetBytes: 0,
  overruns: 0,
  firstTime: 0,
  lastTime: 0,
  newestTime: 0,
  playhead: undefined,
  paused: false,
  filter: NO_FILTER,
  unread: 0,
  sort: BY_TIME,
  grouping: 'none',
};
