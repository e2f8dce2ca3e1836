/**
 * What the page and the store's worker say to each other.
 *
 *   page → worker   connect, then watch / update / unwatch by the watch's number, ask by the question's number,
 *                   and orders that need no answer
 *   worker → page   state and results, each at most once a frame; answers; those of one turn in one array
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { Call } from '../../server-core/capture/feed-messages.ts';
import type { FieldName } from '../filter/fields.ts';
import type { LinkSpec } from '../link/connect.ts';
import type {
  DetailResult,
  Filter,
  GraphParams,
  GraphResult,
  ListParams,
  ListResult,
  SortOrder,
  StoreState,
  TalkParams,
  TalkResult,
  TimelineParams,
  TimelineResult,
} from './queries.ts';

/** What can be watched: parameters and result by name. */
export interface Watchable {
  list: { params: ListParams; result: ListResult };
  detail: { params: number | undefined; result: DetailResult | undefined };
  talk: { params: TalkParams; result: TalkResult };
  timeline: { params: TimelineParams; result: TimelineResult };
  graph: { params: GraphParams; result: GraphResult };
}
export type WatchName = keyof Watchable;
export type WatchOf<N extends WatchName = WatchName> = {
  [K in N]: { readonly name: K; readonly params: Watchable[K]['params'] };
}[N];
export type AnyResult = Watchable[WatchName]['result'];

export type Question =
  | {
      readonly ask: 'bytes';
      readonly exchange: number;
      readonly direction: Direction;
      readonly from: number;
      readonly to: number;
    }
  | { readonly ask: 'index'; readonly exchange: number }
  | { readonly ask: 'ids'; readonly first: number; readonly end: number }
  | { readonly ask: 'rows-text'; readonly exchanges: readonly number[] }
  | { readonly ask: 'curl'; readonly exchange: number }
  | { readonly ask: 'values'; readonly field: FieldName; readonly typed: string }
  | {
      readonly ask: 'host';
      readonly call: Extract<Call, { readonly op: 'memory' | 'disk' | 'save' | 'close' }>;
    }
  | { readonly ask: 'open'; readonly server: number; readonly path: string }
  | { readonly ask: 'serve'; readonly path: string; readonly port: number | undefined }
  | {
      readonly ask: 'server';
      readonly action: 'start' | 'stop' | 'remove';
      readonly server: number;
    };

export type ToWorker =
  | { readonly type: 'connect'; readonly spec: LinkSpec }
  | { readonly type: 'watch'; readonly id: number; readonly watch: WatchOf }
  | { readonly type: 'unwatch'; readonly id: number }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'sort'; readonly sort: SortOrder }
  | { readonly type: 'show'; readonly capture: number | undefined }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'clear' };

export type FromWorker =
  | { readonly type: 'state'; readonly state: StoreState }
  | { readonly type: 'result'; readonly id: number; readonly result: AnyResult }
  | { readonly type: 'answer'; readonly id: number; readonly ok: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly error: string };
