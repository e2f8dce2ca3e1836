/** The labs: a course to choose from, or the one that is open. */
import { LabSheet } from './lab-sheet.tsx';
import { LabsList } from './labs-list.tsx';
import './labs-column.css';
import { useLabs } from './use-labs.ts';

export function LabsColumn() {
  const { session, state } = useLabs();
  const { open } = state;
  return open ? (
    <LabSheet key={open.id} lab={open} session={session} state={state} />
  ) : (
    <LabsList session={session} state={state} />
  );
}
