/** The raw-byte client: any bytes, in any pieces, to a server of one's own; and what it makes of them. */
import { Send } from 'lucide-react';
import { type Dispatch, type KeyboardEvent, type SetStateAction, useState } from 'react';
import type { SendReply } from '../../../server-core/capture/send-call.ts';
import { formatExactBytes, spell } from '../../geometry/quantities.ts';
import { fromBase64 } from '../../learn/send-cuts.ts';
import type { ServerView } from '../../store/queries/state.ts';
import { TYPED_READER } from '../learn/lesson.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { AnswerPane } from './answer-pane.tsx';
import { ByteEditor, type Draft, draftBytes } from './byte-editor.tsx';
import { EditModes } from './edit-modes.tsx';
import './compose-view.css';
import { authorityOf, type Composing, composeSpecimen, HOST_MARK, methodsOf, planOf } from './composing.ts';
import { Gallery } from './gallery.tsx';
import { useHistory } from './history.ts';
import { HistoryList } from './history-list.tsx';
import { SendOptions } from './send-options.tsx';

interface Props {
  readonly composing: Composing;
  readonly onComposing: Dispatch<SetStateAction<Composing>>;
}

export function ComposeView({ composing, onComposing }: Props) {
  const store = useStore();
  const { servers, filter } = useStoreState();
  const { history, keep, forget } = useHistory();
  const [list, setList] = useState<'gallery' | 'history'>('gallery');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = servers.filter(({ status }) => status === 'running');
  const wanted = composing.server ?? filter.server;
  const server = running.find(({ id }) => id === wanted) ?? running[0];
  const draft = server ? addressed(composing, server).draft : composing.draft;
  const { bytes, problem: typo } = draftBytes(draft);
  // What is typed while something is sent is kept.
  const change = (next: Partial<Composing>) => onComposing((before) => ({ ...before, ...next }));

  const send = async () => {
    if (!server || sending) return;
    const plan = planOf({ ...composing, draft }, server);
    if (typeof plan === 'string') {
      setProblem(plan);
      return;
    }
    setSending(true);
    setProblem(undefined);
    const { settings } = composing;
    try {
      const reply = await store.send(plan);
      change({ answered: { reply, methods: methodsOf(bytes, settings.times) } });
      keep({ draft, settings, at: Date.now(), answer: firstLine(reply) });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setSending(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void send();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter sends from wherever the focus is.
    <div className="compose" onKeyDown={onKeyDown}>
      <aside className="compose-list">
        <div className="compose-tabs">
          <fieldset className="segments" aria-label="What to start from">
            {(['gallery', 'history'] as const).map((name) => (
              <button
                key={name}
                type="button"
                className={list === name ? 'btn on' : 'btn'}
                aria-pressed={list === name}
                onClick={() => setList(name)}
              >
                {name === 'gallery' ? 'Gallery' : 'Sent before'}
              </button>
            ))}
          </fieldset>
        </div>
        {list === 'gallery' ? (
          <Gallery onPick={(specimen) => onComposing(composeSpecimen(composing, specimen, server))} />
        ) : (
          <HistoryList
            history={history}
            onPick={({ draft: before, settings }) => change({ draft: before, settings })}
            onForget={forget}
          />
        )}
      </aside>
      <section className="compose-main" aria-label="What is sent">
        <header className="tools">
          <ServerChoice
            servers={running}
            server={server}
            onServer={(to) => change({ server: to.id, draft: readdressed(draft, server, to) })}
          />
          <EditModes draft={draft} onDraft={(next) => change({ draft: next })} />
          <span className="grow" />
          <button
            type="button"
            className="btn ink"
            disabled={!server || sending || typo !== undefined}
            title="Send (Ctrl Enter)"
            onClick={() => void send()}
          >
            <Send {...ICON} size={14} />
            {sending ? 'Sending…' : 'Send'}
          </button>
        </header>
        <ByteEditor
          draft={draft}
          label="Bytes to send"
          reader={TYPED_READER}
          onChange={(next) => change({ draft: next })}
        />
        <p className={typo || problem ? 'compose-said problem' : 'compose-said dim'} role="status">
          {typo ??
            problem ??
            `${spell(formatExactBytes(bytes.length))}. Enter ends a line with CRLF, Shift Enter with LF alone.`}
        </p>
        <SendOptions
          settings={composing.settings}
          bytes={bytes}
          secure={server?.url.startsWith('https:') === true}
          onSettings={(settings) => change({ settings })}
        />
      </section>
      <AnswerPane answered={composing.answered} sending={sending} />
    </div>
  );
}

/** With the server in the place of its mark. */
function addressed(composing: Composing, server: ServerView): Composing {
  const { draft } = composing;
  if (draft.mode === 'hex' || !draft.text.includes(HOST_MARK)) return composing;
  return { ...composing, draft: { ...draft, text: draft.text.replaceAll(HOST_MARK, authorityOf(server)) } };
}

/** Host goes with the server; hex is left as it was typed. */
function readdressed(draft: Draft, from: ServerView | undefined, to: ServerView): Draft {
  if (!from || draft.mode === 'hex') return draft;
  return { ...draft, text: draft.text.replaceAll(authorityOf(from), authorityOf(to)) };
}

function firstLine({ connections }: SendReply): string {
  const bytes = fromBase64(connections[0]?.answer ?? '');
  const line = String.fromCharCode(...bytes.subarray(0, 80)).split('\r\n')[0] ?? '';
  return line.startsWith('HTTP/') ? line : '';
}

interface ServerProps {
  readonly servers: readonly ServerView[];
  readonly server: ServerView | undefined;
  onServer(server: ServerView): void;
}

function ServerChoice({ servers, server, onServer }: ServerProps) {
  if (!server) return <span className="dim">No server is running</span>;
  return (
    <label className="server-choice">
      <span className="dim">To</span>
      <select
        value={server.id}
        onChange={(event) => {
          const to = servers.find(({ id }) => id === Number(event.currentTarget.value));
          if (to) onServer(to);
        }}
      >
        {servers.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name} {authorityOf(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
