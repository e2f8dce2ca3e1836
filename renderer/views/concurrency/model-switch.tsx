/** The model of the server in hand, to be changed while it serves and seen at once. */
import { MODEL_NAMES, MODEL_SENTENCES } from '../../../server-core/capture/model-names.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { useModelSwitch } from '../servers/use-model-switch.ts';
import { useStoreState } from '../shell/store-context.tsx';
import { useGuest } from '../shell/use-guest.ts';

/** Of the server that the list shows, or of the only one. What is opened from a file is over. */
export function ModelSwitch() {
  const { servers, filter, captures } = useStoreState('servers', 'filter', 'captures');
  const isGuest = useGuest();
  const server = servers.find(({ id }) => id === filter.server) ?? onlyOf(servers);
  const { next, pick } = useModelSwitch(server);
  if (!server || isGuest || captures.some(({ shown }) => shown)) return null;
  return (
    <>
      <span className="dim model-of">
        Model of <b>{server.name}</b>
      </span>
      <fieldset className="segments" aria-label={`How ${server.name} shares out its connections`}>
        {MODEL_NAMES.map((model) => (
          <button
            key={model}
            type="button"
            className={model === (next ?? server.model) ? 'btn on' : 'btn'}
            aria-pressed={model === server.model}
            disabled={next !== undefined}
            title={MODEL_SENTENCES[model]}
            onClick={() => void pick(model)}
          >
            {model}
            {model === next && ' …'}
          </button>
        ))}
      </fieldset>
      <i className="rule" aria-hidden />
    </>
  );
}

function onlyOf(servers: readonly ServerView[]): ServerView | undefined {
  return servers.length === 1 ? servers[0] : undefined;
}
