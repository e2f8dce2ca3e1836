import { Check, Copy, Square } from 'lucide-react';
import { formatClock, formatCount } from '../../geometry/quantities.ts';
import { type LabTask, sentBy } from '../../learn/lab-file.ts';
import { type DoneTask, proofText } from '../../learn/lab-progress.ts';
import { useOpenIn } from '../open-in.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useLabServer } from './lab-server.ts';

interface Props {
  readonly task: LabTask;
  readonly done: DoneTask | undefined;
  /** Exchanges of it that were seen, of those that it asks for. */
  readonly seen: number;
  /** The first that is not done: only its hint and tools are shown. */
  readonly inHand: boolean;
}

export function LabTaskItem({ task, done, seen, inHand }: Props) {
  const wanted = task.when.see.length;
  const Sign = done ? Check : Square;
  return (
    <li
      className={done ? 'step done' : inHand ? 'step in-hand' : 'step'}
      data-testid="lab-task"
      data-task={task.id}
    >
      <Sign {...ICON} size={14} aria-hidden={false} aria-label={done ? 'done' : 'to do'} role="img" />
      <div>
        <p>{task.task}</p>
        {done && <Proofs done={done} />}
        {!done && wanted > 1 && seen > 0 && (
          <p className="dim mono">
            {seen} of {wanted} seen
          </p>
        )}
        {inHand && (
          <div className="hint">
            <p>{task.hint}</p>
            <Tools task={task} />
          </div>
        )}
      </div>
    </li>
  );
}

/** What it was done by; each leads there as long as the log is the one that it was seen in. */
function Proofs({ done }: { readonly done: DoneTask }) {
  const { hello } = useStoreState('hello');
  const { select } = useOpenIn();
  const isHere = done.epochMs === hello?.epochMs;
  const last = done.by.at(-1);
  if (last === undefined) return null;
  const more = done.by.length > 1 ? ` and ${done.by.length - 1} more` : '';
  const text = `${formatClock(done.at, 0, 0)}, #${formatCount(last.exchange)}${more}: ${proofText(last)}`;
  return isHere ? (
    <button type="button" className="seen clip" title={text} onClick={() => select(last.exchange)}>
      {text}
    </button>
  ) : (
    <p className="dim clip" title={text}>
      {text}
    </p>
  );
}

/** Ways to do it: a page to open, a request to send, a command to run. */
function Tools({ task }: { readonly task: LabTask }) {
  const store = useStore();
  const toast = useToast();
  const { server } = useLabServer();
  const { specimen } = useOpenIn();
  const { open, send, command } = task;
  const said = command?.replaceAll('{url}', server?.url ?? 'http://127.0.0.1:8080/');
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      toast({ text: 'The command is on the clipboard' });
    } catch {
      toast({ text: 'The clipboard is not open to this window' });
    }
  };
  const openPage = (path: string) => {
    if (server === undefined) return toast({ text: 'No server is running' });
    store.open(server.id, path).catch((error: Error) => toast({ text: error.message }));
  };
  return (
    <>
      {(open !== undefined || send !== undefined) && (
        <div className="hint-tools">
          {open !== undefined && (
            <button type="button" className="btn line small" onClick={() => openPage(open)}>
              Open {open === '/' ? 'the page' : open}
            </button>
          )}
          {send !== undefined && (
            <button
              type="button"
              className="btn line small"
              onClick={() => specimen(sentBy(send), server?.id)}
            >
              Open in Compose
            </button>
          )}
        </div>
      )}
      {said !== undefined && (
        <div className="command">
          <code className="selectable">{said}</code>
          <button
            type="button"
            className="btn small square"
            aria-label="Copy the command"
            title="Copy"
            onClick={() => void copy(said)}
          >
            <Copy {...ICON} size={12} />
          </button>
        </div>
      )}
    </>
  );
}
