/** Ways of seeing nothing, each with what to do next. */
import { BookOpen, Folder, GraduationCap, Play } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import { NO_FILTER } from '../../store/queries/filter.ts';
import type { Unasked } from '../../store/queries/state.ts';
import { useAllActions } from '../actions/action-context.tsx';
import { viewAction } from '../actions/registry.ts';
import { desktop } from '../host.ts';
import { servesLan } from '../servers/reach.ts';
import { isUp } from '../servers/server-lamp.ts';
import { sentenceOf, useServe } from '../servers/use-serve.ts';
import { ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useGuest } from '../shell/use-guest.ts';

export function EmptyList({ onAdd }: { onAdd(): void }) {
  const store = useStore();
  const toast = useToast();
  const serve = useServe();
  const actions = useAllActions();
  const isGuest = useGuest();
  const { hello, link, servers, filter, ledger, paused, playhead, unread, unasked } = useStoreState(
    'hello',
    'link',
    'servers',
    'filter',
    'ledger',
    'paused',
    'playhead',
    'unread',
    'unasked',
  );
  const up = servers.filter(({ status }) => isUp(status));
  const addWords = hello?.host === 'browser' ? 'Add a folder' : 'Choose a folder';
  const running = up.find(({ id }) => id === filter.server) ?? up[0];
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
    return (
      <NoSignal
        title="Nothing was captured"
        text={`The process that serves is gone. ${link.final || desktop || isGuest ? '' : 'Start it again, and open the address that it says.'}`}
      />
    );
  }
  const untouched = ledger.captured === 0 ? 'Nothing asked yet' : 'Nothing asked since it was cleared';
  if (isGuest) {
    return running ? (
      <NoSignal title={untouched} text={`What is asked of ${running.name} shows up here.`} />
    ) : (
      <NoSignal title="Nothing is served" text="Once it is, what is asked shows up here." />
    );
  }
  if (running) {
    return (
      <NoSignal
        title={untouched}
        text="Open the address in a browser, or ask with any client."
        {...(unasked && { foot: unaskedWords(unasked) })}
      >
        <button type="button" className="btn ink" onClick={() => void store.open(running.id)}>
          <span className="clip">Open {running.name}</span>
        </button>
        {/* curl knows nothing of an authority that this machine made. */}
        <code className="mono selectable">
          curl {running.url.startsWith('https:') && '-k '}
          {running.url}
        </code>
        {running.root === hello?.tour && (
          <button type="button" className="btn line" onClick={() => actions.run(viewAction('learn'))}>
            <GraduationCap {...ICON} />
            Begin with a lab
          </button>
        )}
        {unasked && (
          <button type="button" className="btn line" onClick={() => actions.run(viewAction('timeline'))}>
            Show who came
          </button>
        )}
      </NoSignal>
    );
  }
  const stopped = servers.find(({ status }) => status === 'stopped' || status === 'failed');
  if (stopped) {
    const start = () =>
      store.server('start', stopped.id).catch((error: unknown) => toast({ text: sentenceOf(error) }));
    return (
      <NoSignal title="No server is running" text="Start one again, or drop another folder.">
        <button type="button" className="btn ink" onClick={() => void start()}>
          <Play {...ICON} />
          <span className="clip">Start {stopped.name}</span>
        </button>
        <button type="button" className="btn line" onClick={onAdd}>
          <Folder {...ICON} />
          {addWords}
        </button>
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
        {addWords}
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

/** Such as a phone that does not trust the certificate: it looks as if it had not come. */
function unaskedWords({ connections, detail }: Unasked): string {
  const came = connections === 1 ? 'A connection was' : `${formatCount(connections)} connections were`;
  return `${came} closed before anything was asked.${detail === '' ? '' : ` ${detail}.`}`;
}
