import { NoSignal } from '../shell/no-signal.tsx';

/** In the place of a ladder that is not there, or not yet. */
export function LadderGone({ waiting }: { readonly waiting: boolean }) {
  return waiting ? (
    <NoSignal title="On its way" text="The connection is being read." />
  ) : (
    <NoSignal title="This connection was trimmed from the log" text="Choose a later one." />
  );
}
