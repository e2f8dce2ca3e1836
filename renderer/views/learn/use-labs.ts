import { useSyncExternalStore } from 'react';
import type { Store } from '../../store/queries/store.ts';
import { useStore } from '../shell/store-context.tsx';
import { LabSession, type LabState } from './lab-session.ts';

const SESSIONS = new WeakMap<Store, LabSession>();

/** The labs of this window: one session, made when they are first looked at. */
export function useLabs(): { readonly session: LabSession; readonly state: LabState } {
  const store = useStore();
  const session = SESSIONS.get(store) ?? new LabSession(store);
  SESSIONS.set(store, session);
  return { session, state: useSyncExternalStore(session.subscribe, session.state) };
}
