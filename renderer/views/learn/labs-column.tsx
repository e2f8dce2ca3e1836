/** The labs: a course to choose from, or the one that is open. */
import { useEffect } from 'react';
import { doneOf } from '../../learn/lab-progress.ts';
import { useToast } from '../shell/toast.tsx';
import { LabSheet } from './lab-sheet.tsx';
import { LabsList } from './labs-list.tsx';
import './labs-column.css';
import { useLabs } from './use-labs.ts';

export function LabsColumn() {
  const { session, state } = useLabs();
  const toast = useToast();
  useEffect(() => {
    // Seen here when it happens; elsewhere it has to be said.
    session.tell(() => {});
    return () =>
      session.tell(({ task }, lab) => {
        const done = doneOf(lab, session.state().progress[lab.id]);
        toast({ text: `Lab, ${done} of ${lab.tasks.length} done: ${task}` });
      });
  }, [session, toast]);
  const { open } = state;
  return open ? (
    <LabSheet key={open.id} lab={open} session={session} state={state} />
  ) : (
    <LabsList session={session} state={state} />
  );
}
