/** One server: its switch, name, count and address, and what needs attention with the button that repairs it. */
import { ExternalLink, Settings2, X } from 'lucide-react';
import { useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { ServerSettingsDialog } from '../settings/server-settings.tsx';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreValue } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useCopied } from '../shell/use-copied.ts';
import { useGuest } from '../shell/use-guest.ts';
import { ModelMenu } from './model-menu.tsx';
import { isUp, lampOf } from './server-lamp.ts';
import { sentenceOf } from './use-serve.ts';

interface Props {
  readonly server: ServerView;
  readonly chosen: boolean;
  /** Shows only this server's traffic, or everybody's again. */
  onChoose(): void;
}

export function ServerRow({ server, chosen, onChoose }: Props) {
  const store = useStore();
  const toast = useToast();
  const { copied, copy } = useCopied();
  const [settings, setSettings] = useState(false);
  const up = isUp(server.status);
  // Whether it still serves cannot be known then.
  const isLost = useStoreValue(({ link }) => link.state === 'lost');
  const isGuest = useGuest();
  const act = (action: 'start' | 'stop' | 'remove' | 'follow' | 'open') => {
    const done = action === 'open' ? store.open(server.id) : store.server(action, server.id);
    done.catch((error: unknown) => toast({ text: sentenceOf(error) }));
  };
  const address = `${server.host}:${server.port}`;
  return (
    <li className={chosen ? 'server on' : 'server'} data-testid="server-row" data-status={server.status}>
      <button
        type="button"
        role="switch"
        aria-checked={up}
        aria-label={`Serve ${server.name}`}
        className={`switch ${isLost ? 'off' : lampOf(server.status)}`}
        disabled={isGuest || isLost || server.status === 'stopping'}
        onClick={() => act(up ? 'stop' : 'start')}
      />
      <button
        type="button"
        className="name clip"
        aria-pressed={chosen}
        title={`${server.root}\nClick to see only its traffic`}
        onClick={onChoose}
      >
        {server.name}
      </button>
      <span className="count">{up ? formatCount(server.requests) : wordOf(server.status)}</span>
      <span className="address">
        <button
          type="button"
          className="mono clip"
          title={`Copy ${server.url}`}
          onClick={() => void copy(server.url)}
        >
          {copied === server.url ? 'copied' : address}
        </button>
      </span>
      <span className="more">
        {isGuest ? null : up ? (
          <button
            type="button"
            className="btn small square"
            title="Open in the browser"
            onClick={() => act('open')}
          >
            <ExternalLink {...ICON} size={14} />
            <span className="spoken">Open {server.name} in the browser</span>
          </button>
        ) : (
          <button
            type="button"
            className="btn small square"
            title="Remove from the list"
            onClick={() => act('remove')}
          >
            <X {...ICON} size={14} />
            <span className="spoken">Remove {server.name} from the list</span>
          </button>
        )}
      </span>
      <span className="tags">
        {isGuest ? <span className="tag">{server.model}</span> : <ModelMenu server={server} />}
        {server.problem === undefined &&
          server.tags?.map((tag) => (
            <span key={tag} className={tag === 'LAN' ? 'tag reach' : 'tag'}>
              {tag}
            </span>
          ))}
      </span>
      {!isGuest && (
        <button
          type="button"
          className="btn small square settings"
          title="Settings"
          aria-haspopup="dialog"
          onClick={() => setSettings(true)}
        >
          <Settings2 {...ICON} size={14} />
          <span className="spoken">Settings of {server.name}</span>
        </button>
      )}
      {server.problem !== undefined && (
        <span className="problem" role="alert">
          {server.problem}
        </span>
      )}
      {server.movedTo !== undefined && !isGuest && (
        <span className="repair">
          <button type="button" className="btn line small" onClick={() => act('follow')}>
            Follow it
          </button>
        </span>
      )}
      {server.problem !== undefined && !up && !isGuest && (
        <span className="repair">
          <button type="button" className="btn line small" onClick={() => act('start')}>
            Retry
          </button>
        </span>
      )}
      {settings && <ServerSettingsDialog server={server} onClose={() => setSettings(false)} />}
    </li>
  );
}

function wordOf(status: ServerView['status']): string {
  return status === 'folder-gone' ? 'folder gone' : status;
}
