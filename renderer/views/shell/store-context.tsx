/** How views reach the store: one context, and one hook for each of its live windows. */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DetailResult } from '../../store/queries/detail.ts';
import type { GraphParams, GraphResult } from '../../store/queries/graphs.ts';
import type { HeatParams, HeatResult } from '../../store/queries/heat.ts';
import type { ListParams, ListResult } from '../../store/queries/list.ts';
import type { StoreState } from '../../store/queries/state.ts';
import type { Store, Watch } from '../../store/queries/store.ts';
import type { TimelineParams, TimelineResult } from '../../store/queries/timeline.ts';

const StoreContext = createContext<Store | undefined>(undefined);

export function StoreProvider({ store, children }: { readonly store: Store; readonly children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error('A view needs a StoreProvider above it');
  return store;
}

export function useStoreState(): StoreState {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, store.state);
}

/** One value of the state: who asks for it is drawn again when that changes, and not with all else. */
export function useStoreValue<T extends string | number | boolean | undefined>(
  pick: (state: StoreState) => T,
): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => pick(store.state()));
}

/** `params` undefined: nothing is watched, and the last result stays. Keep `params` the same object while equal. */
function useWatch<P, R>(open: (params: P, listener: (result: R) => void) => Watch<P>, params: P | undefined) {
  const [result, setResult] = useState<R>();
  const watch = useRef<Watch<P>>(undefined);
  useEffect(() => {
    if (params === undefined) return;
    if (watch.current) watch.current.update(params);
    else watch.current = open(params, setResult);
  }, [open, params]);
  useEffect(
    () => () => {
      watch.current?.close();
      watch.current = undefined;
    },
    [],
  );
  return result;
}

export function useList(params: ListParams | undefined): ListResult | undefined {
  const store = useStore();
  const [open] = useState(() => store.watchList.bind(store));
  return useWatch(open, params);
}

export function useTimeline(params: TimelineParams | undefined): TimelineResult | undefined {
  const store = useStore();
  const [open] = useState(() => store.watchTimeline.bind(store));
  return useWatch(open, params);
}

export function useHeat(params: HeatParams | undefined): HeatResult | undefined {
  const store = useStore();
  const [open] = useState(() => store.watchHeat.bind(store));
  return useWatch(open, params);
}

export function useGraph(params: GraphParams | undefined): GraphResult | undefined {
  const store = useStore();
  const [open] = useState(() => store.watchGraph.bind(store));
  return useWatch(open, params);
}

/** The exchange's detail; `undefined` until it arrived, `'trimmed'` when the log no longer holds it. */
export function useDetail(exchange: number | undefined): DetailResult | 'trimmed' | undefined {
  const store = useStore();
  const [held, setHeld] = useState<{
    readonly exchange: number;
    readonly detail: DetailResult | undefined;
  }>();
  useEffect(() => {
    if (exchange === undefined) return;
    const watch = store.watchDetail(exchange, (detail) => setHeld({ exchange, detail }));
    return () => watch.close();
  }, [store, exchange]);
  if (exchange === undefined || held === undefined) return undefined;
  // While the next one is on its way the one before stays on screen: no flash of emptiness between two rows.
  if (held.exchange !== exchange) return held.detail;
  return held.detail ?? 'trimmed';
}
