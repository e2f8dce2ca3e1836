/** Who can do which action now: views say so while they are shown, the latest first. */
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useMemo, useRef } from 'react';
import { ACTION_IDS, type ActionId } from './registry.ts';

export type Handlers = { readonly [Id in ActionId]?: (() => void) | undefined };

export interface Actions {
  /** Does nothing where nobody can. */
  run(id: ActionId): void;
  /** Those that somebody can do now. */
  available(): readonly ActionId[];
}

type Providers = Set<RefObject<Handlers>>;
const ActionContext = createContext<Providers>(new Set());

export function ActionProvider({ children }: { readonly children: ReactNode }) {
  const providers = useRef<Providers>(new Set());
  return <ActionContext value={providers.current}>{children}</ActionContext>;
}

/** Offers actions while the component is mounted. */
export function useActions(handlers: Handlers): void {
  const providers = useContext(ActionContext);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    providers.add(latest);
    return () => {
      providers.delete(latest);
    };
  }, [providers]);
}

export function useAllActions(): Actions {
  const providers = useContext(ActionContext);
  return useMemo(() => {
    const handler = (id: ActionId) => [...providers].findLast(({ current }) => current[id])?.current[id];
    return {
      run: (id) => handler(id)?.(),
      available: () => ACTION_IDS.filter((id) => handler(id) !== undefined),
    };
  }, [providers]);
}
