import { useEffect, useSyncExternalStore } from 'react';
import { doneOf } from '../../learn/lab-progress.ts';
import type { Store } from '../../store/queries/store.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { LabSession, type LabState } from './lab-session.ts';

const SESSIONS = new WeakMap<Store, LabSession>();

/** The labs of this window: one session, made when they are first looked at. */
export function useLabSession(): LabSession {
  const store = useStore();
  const session = SESSIONS.get(store) ?? new LabSession(store);
  SESSIONS.set(store, session);
  return session;
}

export function useLabs(): { readonly session: LabSession; readonly state: LabState } {
  const session = useLabSession();
  return { session, state: useSyncExternalStore(session.subscribe, session.state) };
}

/** Says which task was done, where the open lab is not in sight. */
export function useLabNews(isSeen: boolean): void {
  const session = useLabSession();
  const toast = useToast();
  useEffect(() => {
    session.tell(({ task }, lab) => {
      if (isSeen) return;
      const done = doneOf(lab, session.state().progress[lab.id]);
      toast({ text: `Lab, ${done} of ${lab.tasks.length} done: ${task}` });
    });
  }, [session, toast, isSeen]);
}
