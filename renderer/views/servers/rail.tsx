/** The servers, left of everything. Narrow where the views need the width: then each is its first letter. */
import { Download, Plus } from 'lucide-react';
import type { ServerView } from '../../store/queries/state.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useGuest } from '../shell/use-guest.ts';
import { CaptureList } from './capture-list.tsx';
import './rail.css';
import { lampOf } from './server-lamp.ts';
import { ServerRow } from './server-row.tsx';

interface Props {
  readonly narrow: boolean;
  onAdd(): void;
}

export function Rail({ narrow, onAdd }: Props) {
  const store = useStore();
  const { servers, captures, filter, link } = useStoreState('servers', 'captures', 'filter', 'link');
  const isGuest = useGuest();
  const listed = servers.filter((server) => server.status !== 'removed');
  const choose = (id: number) => {
    // A server is live: whoever chooses one no longer looks at a capture.
    if (captures.some(({ shown }) => shown)) store.show(undefined);
    store.setFilter({ ...filter, server: filter.server === id ? undefined : id });
  };
  if (narrow) {
    const isLost = link.state === 'lost';
    return (
      <NarrowRail servers={listed} lost={isLost} chosen={filter.server} onChoose={choose} onAdd={onAdd} />
    );
  }
  return (
    <nav className="rail" aria-label="Servers" data-pane>
      <div className="rail-head">
        <span>Servers</span>
        {!isGuest && (
          <button
            type="button"
            className="btn square"
            aria-label="Add a folder"
            title="Add a folder"
            onClick={onAdd}
          >
            <Plus {...ICON} />
          </button>
        )}
      </div>
      {listed.length === 0 ? (
        <p className="rail-none">
          <b>Nothing is served</b>
          <span>A folder you drop becomes a row here.</span>
        </p>
      ) : (
        <ul className="servers">
          {listed.map((server) => (
            <ServerRow
              key={server.id}
              server={server}
              chosen={filter.server === server.id}
              onChoose={() => choose(server.id)}
            />
          ))}
        </ul>
      )}
      <CaptureList captures={captures} />
      {!isGuest && (
        <div className="rail-foot">
          <Download {...ICON} />
          <span className="clip">Drop a folder anywhere</span>
        </div>
      )}
    </nav>
  );
}

interface NarrowProps {
  readonly servers: readonly ServerView[];
  /** Whether they still serve cannot be known. */
  readonly lost: boolean;
  readonly chosen: number | undefined;
  onChoose(id: number): void;
  onAdd(): void;
}

function NarrowRail({ servers, lost, chosen, onChoose, onAdd }: NarrowProps) {
  const isGuest = useGuest();
  return (
    <nav className="rail narrow" aria-label="Servers" data-pane>
      {servers.map((server) => (
        <button
          key={server.id}
          type="button"
          className={chosen === server.id ? 'pin on' : 'pin'}
          aria-pressed={chosen === server.id}
          aria-label={`Only ${server.name}, ${server.status}`}
          title={`${server.name}, ${server.host}:${server.port}, ${server.status}`}
          onClick={() => onChoose(server.id)}
        >
          {Array.from(server.name)[0]?.toUpperCase()}
          <i className={lost ? 'off' : lampOf(server.status)} />
        </button>
      ))}
      {!isGuest && (
        <button
          type="button"
          className="pin add"
          aria-label="Add a folder"
          title="Add a folder"
          onClick={onAdd}
        >
          <Plus {...ICON} />
        </button>
      )}
    </nav>
  );
}
