/** Captures that were opened from files: read-only sources beside the servers. One can be shown at a time. */
import { FileClock, X } from 'lucide-react';
import { formatCount } from '../../geometry/quantities.ts';
import type { CaptureView } from '../../store/queries/state.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useGuest } from '../shell/use-guest.ts';
import './capture-list.css';
import { sentenceOf } from './use-serve.ts';

export function CaptureList({ captures }: { readonly captures: readonly CaptureView[] }) {
  if (captures.length === 0) return null;
  return (
    <section className="captures" aria-label="Captures">
      <div className="rail-head">
        <span>Captures</span>
      </div>
      <ul className="servers">
        {captures.map((capture) => (
          <CaptureRow key={capture.path} capture={capture} />
        ))}
      </ul>
    </section>
  );
}

function CaptureRow({ capture }: { readonly capture: CaptureView }) {
  const store = useStore();
  const toast = useToast();
  const isGuest = useGuest();
  const { id, name, path, exchanges, shown, problem } = capture;
  const remove = () => {
    store.closeCapture(id).catch((error: unknown) => toast({ text: sentenceOf(error) }));
  };
  return (
    <li className={shown ? 'server capture on' : 'server capture'} data-testid="capture-row">
      <FileClock {...ICON} aria-hidden="true" />
      <button
        type="button"
        className="name clip"
        aria-pressed={shown}
        title={`${path}\nClick to see ${shown ? 'what is live' : 'what is in it'}`}
        onClick={() => store.show(shown ? undefined : id)}
      >
        {name.replace(/\.(?:wirescope|har|pcapng|pcap|cap)$/i, '')}
      </button>
      <span className="count">{formatCount(exchanges)}</span>
      <span className="tags">
        <span className="tag">{kindOf(name)}</span>
      </span>
      {!isGuest && (
        <span className="more">
          <button type="button" className="btn small square" title="Remove from the list" onClick={remove}>
            <X {...ICON} size={14} />
            <span className="spoken">Remove {name} from the list</span>
          </button>
        </span>
      )}
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </li>
  );
}

/** Of what program it is, by the ending of its name. */
function kindOf(name: string): string {
  const ending = /\.(har|pcapng|pcap|cap)$/i.exec(name)?.[1];
  return ending === undefined ? 'CAPTURE' : ending.toUpperCase();
}
