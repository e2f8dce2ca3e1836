/** How views reach the store: one context, and one hook for each of its live windows. */
import {
  createContext,
  type ReactNode,
  useCallback,
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
import { withSharedParts } from '../../store/queries/shared-parts.ts';
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

/** Those parts of the state: who asks for them is drawn again when one of them changes, and not with all else. */
export function useStoreState<K extends keyof StoreState>(...keys: readonly K[]): Pick<StoreState, K> {
  const store = useStore();
  const held = useRef<StoreState>(undefined);
  return useSyncExternalStore(store.subscribe, () => {
    const [before, now] = [held.current, store.state()];
    if (before === undefined || keys.some((key) => before[key] !== now[key])) held.current = now;
    return held.current!;
  });
}

/** What is made of the state, in plain data: the same object until it says something else. */
export function useStoreValue<T>(pick: (state: StoreState) => T): T {
  const store = useStore();
  const held = useRef<T>(undefined);
  return useSyncExternalStore(store.subscribe, () => {
    held.current = withSharedParts(held.current, pick(store.state()));
    return held.current;
  });
}

interface Watched<P, R> {
  /** The latest there is. */
  readonly result: R | undefined;
  /** Asks for other params at once, for whoever cannot wait until it is drawn; what is drawn next asks for its own. */
  ask(params: P): void;
}

/** `params` undefined: nothing is watched, and the last result stays. */
function useAsked<P extends object, R>(
  open: (params: P, listener: (result: R) => void) => Watch<P>,
  params: P | undefined,
): Watched<P, R> {
  const [result, setResult] = useState<R>();
  const watch = useRef<Watch<P>>(undefined);
  const asked = useRef<P>(undefined);
  const ask = useCallback(
    (next: P) => {
      // Equal ones are the same object then.
      const shared = withSharedParts(asked.current, next);
      if (shared === asked.current) return;
      asked.current = shared;
      if (watch.current) watch.current.update(shared);
      else watch.current = open(shared, setResult);
    },
    [open],
  );
  // After each drawing: what was asked for meanwhile may be other than what is drawn, though that did not change.
  useEffect(() => {
    if (params !== undefined) ask(params);
  });
  useEffect(
    () => () => {
      watch.current?.close();
      watch.current = undefined;
      asked.current = undefined;
    },
    [],
  );
  return { result, ask };
}

function useWatch<P extends object, R>(
  open: (params: P, listener: (result: R) => void) => Watch<P>,
  params: P | undefined,
): R | undefined {
  return useAsked(open, params).result;
}

export function useList(params: ListParams | undefined): Watched<ListParams, ListResult> {
  const store = useStore();
  const [open] = useState(() => store.watchList.bind(store));
  return useAsked(open, params);
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
