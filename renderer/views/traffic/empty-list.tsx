/** Ways of seeing nothing, each with what to do next. */
import { BookOpen, Folder, GraduationCap } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { NO_FILTER } from '../../store/queries/filter.ts';
import { useAllActions } from '../actions/action-context.tsx';
import { viewAction } from '../actions/registry.ts';
import { servesLan } from '../servers/reach.ts';
import { isUp } from '../servers/server-lamp.ts';
import { useServe } from '../servers/use-serve.ts';
import { ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

export function EmptyList({ onAdd }: { onAdd(): void }) {
  const store = useStore();
  const toast = useToast();
  const serve = useServe();
  const actions = useAllActions();
  const { hello, link, servers, ledger, paused, playhead, unread } = useStoreState();
  const running = servers.find(({ status }) => isUp(status));
  if (ledger.captured > ledger.trimmed && ledger.shown === 0) {
    return (
      <NoSignal
        title={unread > 0 ? 'Nothing matches yet' : 'Nothing matches'}
        text={
          unread > 0
            ? `The bytes of ${formatCount(unread)} more requests are being read.`
            : 'All that was captured is filtered away.'
        }
      >
        <button type="button" className="btn ink" onClick={() => store.setFilter(NO_FILTER)}>
          Clear the filter
        </button>
      </NoSignal>
    );
  }
  if (playhead !== undefined) {
    return (
      <NoSignal
        title="Nothing had been asked by then"
        text="The arrow keys go from event to event while the playhead has the focus."
      >
        <button type="button" className="btn ink" onClick={() => store.setPlayhead(undefined)}>
          Show the newest
        </button>
      </NoSignal>
    );
  }
  if (paused) {
    return (
      <NoSignal title="The picture is held" text="Capturing goes on; what comes shows when you go on.">
        <button type="button" className="btn ink" onClick={() => store.setPaused(false)}>
          Go on
        </button>
      </NoSignal>
    );
  }
  if (link.state === 'lost') {
    return <NoSignal title="Nothing was captured" text="The process that serves is gone." />;
  }
  if (running) {
    return (
      <NoSignal title="Nothing asked yet" text="Open the address in a browser, or ask with any client.">
        <button type="button" className="btn ink" onClick={() => void store.open(running.id)}>
          Open {running.name}
        </button>
        <code className="mono selectable">curl {running.url}</code>
        {running.root === hello?.tour && (
          <button type="button" className="btn line" onClick={() => actions.run(viewAction('learn'))}>
            <GraduationCap {...ICON} />
            Begin with a lab
          </button>
        )}
      </NoSignal>
    );
  }
  const tour = hello?.tour ?? '';
  const serveTour = async () => {
    const problem = await serve(tour);
    if (problem !== undefined) toast({ text: problem });
  };
  return (
    <NoSignal
      title="Drop a folder to serve it"
      text="Every byte of every connection will show up here."
      foot={servesLan(hello) ? 'Other machines can reach it too.' : 'Served to this computer only.'}
    >
      <button type="button" className="btn ink" onClick={onAdd}>
        <Folder {...ICON} />
        {hello?.host === 'browser' ? 'Add a folder' : 'Choose a folder'}
      </button>
      {tour !== '' && (
        <button type="button" className="btn line" onClick={() => void serveTour()}>
          <BookOpen {...ICON} />
          Serve the tour
        </button>
      )}
    </NoSignal>
  );
}
