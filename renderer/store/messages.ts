/**
 * What the page and the store's worker say to each other.
 *
 *   page → worker   connect, then watch / update / unwatch by the watch's number, ask by the question's number,
 *                   and orders that need no answer
 *   worker → page   state and results, each at most once a frame; answers; those of one turn in one array
 */
import type { Direction } from '../../server-core/capture/events.ts';
import type { FaultRule } from '../../server-core/capture/fault-plan.ts';
import type { Call } from '../../server-core/capture/feed-messages.ts';
import type { LabCall } from '../../server-core/capture/lab-call.ts';
import type { ModelName } from '../../server-core/capture/model-names.ts';
import type { ServerSettings } from '../../server-core/capture/server-settings.ts';
import type { FieldName } from '../filter/fields.ts';
import type { LinkSpec } from '../link/connect.ts';
import type { Annotation } from './queries/annotation.ts';
import type { CellSource } from './queries/cell-texts.ts';
import type { LadderOf } from './queries/connection.ts';
import type { DetailResult } from './queries/detail.ts';
import type { Filter } from './queries/filter.ts';
import type { GraphParams, GraphResult } from './queries/graphs.ts';
import type { HeatParams, HeatResult } from './queries/heat.ts';
import type { Grouping, ListParams, ListResult, SortOrder } from './queries/list.ts';
import type { RepeatForm } from './queries/repeat.ts';
import type { StoreState } from './queries/state.ts';
import type { ExportPlan, SendPlan } from './queries/store.ts';
import type { TalkParams, TalkResult } from './queries/talk.ts';
import type { TasksParams, TasksResult } from './queries/tasks.ts';
import type { TimelineParams, TimelineResult } from './queries/timeline.ts';

/** What can be watched: parameters and result by name. */
export interface Watchable {
  list: { params: ListParams; result: ListResult };
  detail: { params: number | undefined; result: DetailResult | undefined };
  talk: { params: TalkParams; result: TalkResult };
  timeline: { params: TimelineParams; result: TimelineResult };
  graph: { params: GraphParams; result: GraphResult };
  heat: { params: HeatParams; result: HeatResult };
  tasks: { params: TasksParams; result: TasksResult };
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
  | { readonly ask: 'head'; readonly group: string }
  | { readonly ask: 'head-above'; readonly place: number }
  | { readonly ask: 'neighbour'; readonly time: number; readonly by: 1 | -1 }
  | { readonly ask: 'lane-step'; readonly conn: number; readonly time: number; readonly by: 1 | -1 }
  | { readonly ask: 'ids'; readonly first: number; readonly end: number }
  | { readonly ask: 'forget'; readonly exchanges: readonly number[] }
  | { readonly ask: 'rows-text'; readonly exchanges: readonly number[] }
  | { readonly ask: 'repeat'; readonly exchange: number; readonly form: RepeatForm }
  | { readonly ask: 'export'; readonly plan: ExportPlan }
  | { readonly ask: 'send'; readonly plan: SendPlan }
  | { readonly ask: 'lab'; readonly call: LabCall }
  | { readonly ask: 'bench'; readonly server: number; readonly rules: readonly FaultRule[] | undefined }
  | { readonly ask: 'ladder'; readonly of: LadderOf }
  | { readonly ask: 'page-load'; readonly exchange: number }
  | { readonly ask: 'rows-from'; readonly from: number; readonly count: number }
  | { readonly ask: 'conversation'; readonly exchange: number }
  | {
      readonly ask: 'cell-texts';
      readonly exchanges: readonly number[];
      readonly sources: readonly CellSource[];
    }
  | {
      readonly ask: 'stream';
      readonly conn: number;
      readonly direction: Direction;
      readonly from: number;
      readonly to: number;
    }
  | { readonly ask: 'values'; readonly field: FieldName; readonly typed: string }
  | {
      readonly ask: 'host';
      readonly call: Extract<
        Call,
        { readonly op: 'memory' | 'disk' | 'save' | 'close' | 'share' | 'reach' | 'undo' }
      >;
    }
  | { readonly ask: 'model'; readonly server: number; readonly model: ModelName }
  | { readonly ask: 'open'; readonly server: number; readonly path: string }
  | { readonly ask: 'settings'; readonly server: number }
  | { readonly ask: 'tree'; readonly server: number }
  | { readonly ask: 'configure'; readonly server: number; readonly settings: ServerSettings }
  | {
      readonly ask: 'serve';
      readonly path: string;
      readonly port: number | undefined;
      readonly sure: boolean;
    }
  | {
      readonly ask: 'server';
      readonly action: 'start' | 'stop' | 'remove' | 'follow';
      readonly server: number;
    };

export type ToWorker =
  | { readonly type: 'connect'; readonly spec: LinkSpec }
  | { readonly type: 'watch'; readonly id: number; readonly watch: WatchOf }
  | { readonly type: 'unwatch'; readonly id: number }
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  | { readonly type: 'filter'; readonly filter: Filter }
  | { readonly type: 'sort'; readonly sort: SortOrder }
  | { readonly type: 'grouping'; readonly grouping: Grouping }
  | { readonly type: 'fold'; readonly group: string | undefined; readonly folded: boolean }
  | {
      readonly type: 'annotate';
      readonly exchanges: readonly number[];
      readonly change: Partial<Annotation>;
    }
  | { readonly type: 'show'; readonly capture: number | undefined }
  | { readonly type: 'paused'; readonly paused: boolean }
  | { readonly type: 'playhead'; readonly time: number | undefined }
  | { readonly type: 'clear' };

export type FromWorker =
  | { readonly type: 'state'; readonly state: StoreState }
  | { readonly type: 'result'; readonly id: number; readonly result: AnyResult }
  | { readonly type: 'answer'; readonly id: number; readonly ok: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly error: string };
