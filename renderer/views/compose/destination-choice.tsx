/** Where the bytes go: a server of one's own, or, where that was switched on, any other host. */
import { TriangleAlert } from 'lucide-react';
import type { ServerView } from '../../store/queries/state.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { authorityOf, otherHost } from './composing.ts';

interface Choice {
  readonly server?: number;
  readonly elsewhere: string | undefined;
}

interface Props {
  readonly servers: readonly ServerView[];
  readonly server: ServerView | undefined;
  readonly elsewhere: string | undefined;
  onChoose(choice: Choice): void;
}

const ELSEWHERE = 'elsewhere';

export function DestinationChoice({ servers, server, elsewhere, onChoose }: Props) {
  return (
    <>
      <label className="server-choice">
        <span className="dim">To</span>
        <select
          aria-label="Where it is sent"
          value={elsewhere === undefined ? server?.id : ELSEWHERE}
          onChange={({ currentTarget: { value } }) =>
            onChoose(
              value === ELSEWHERE ? { elsewhere: '' } : { server: Number(value), elsewhere: undefined },
            )
          }
        >
          {!server && <option value="">No server is running</option>}
          {servers.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name} {authorityOf(each)}
            </option>
          ))}
          <option value={ELSEWHERE}>Another host…</option>
        </select>
      </label>
      {elsewhere !== undefined && <Elsewhere elsewhere={elsewhere} onChoose={onChoose} />}
    </>
  );
}

/** Off until somebody switches it on, each time anew: bytes like those of the gallery do harm where they are not expected. */
function Elsewhere({ elsewhere, onChoose }: { readonly elsewhere: string; onChoose(choice: Choice): void }) {
  const store = useStore();
  const toast = useToast();
  const { hello } = useStoreState('hello');
  const isOn = hello?.sendsAnywhere === true;
  if (!isOn) {
    return (
      <button
        type="button"
        className="btn line reach-switch"
        title="Off by default. Send only to machines that you may test: these bytes can harm."
        onClick={() =>
          void store.setReach(true).catch((error: unknown) => toast({ text: sentenceOf(error) }))
        }
      >
        <TriangleAlert {...ICON} size={12} />
        Allow other hosts
      </button>
    );
  }
  return (
    <>
      <input
        type="text"
        className="mono elsewhere"
        aria-label="Address"
        aria-invalid={elsewhere !== '' && otherHost(elsewhere) === undefined}
        placeholder="http://host:port"
        spellCheck={false}
        value={elsewhere}
        onChange={({ currentTarget: { value } }) => onChoose({ elsewhere: value })}
      />
      <button
        type="button"
        className="btn"
        title="Back to one's own servers only"
        onClick={() => {
          onChoose({ elsewhere: undefined });
          void store.setReach(false).catch((error: unknown) => toast({ text: sentenceOf(error) }));
        }}
      >
        Forbid
      </button>
    </>
  );
}
