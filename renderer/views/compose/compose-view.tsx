/** The raw-byte client: any bytes, in any pieces, to a server of one's own; and what it makes of them. */
import { Send } from 'lucide-react';
import { type Dispatch, type KeyboardEvent, type SetStateAction, useState } from 'react';
import type { SendReply } from '../../../server-core/capture/send-call.ts';
import { fromBase64 } from '../../learn/send-cuts.ts';
import { TYPED_READER } from '../learn/lesson.ts';
import { ICON } from '../shell/icons.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useGuest } from '../shell/use-guest.ts';
import { AnswerPane } from './answer-pane.tsx';
import { ByteEditor, type Draft, draftBytes, typedWords } from './byte-editor.tsx';
import { EditModes } from './edit-modes.tsx';
import './compose-view.css';
import {
  type Composing,
  composeSpecimen,
  destinationOf,
  HOST_MARK,
  methodsOf,
  otherHost,
  planOf,
} from './composing.ts';
import { DestinationChoice } from './destination-choice.tsx';
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
  const { servers, filter, hello } = useStoreState('servers', 'filter', 'hello');
  const isGuest = useGuest();
  const { history, keep, forget } = useHistory();
  const [list, setList] = useState<'gallery' | 'history'>('gallery');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const running = servers.filter(({ status }) => status === 'running');
  const wanted = composing.server ?? filter.server;
  const server = running.find(({ id }) => id === wanted) ?? running[0];
  const { elsewhere } = composing;
  const to = elsewhere === undefined ? server && destinationOf(server) : otherHost(elsewhere);
  const maySend = !isGuest && to !== undefined && (elsewhere === undefined || hello?.sendsAnywhere === true);
  const draft = to ? addressed(composing.draft, to.authority) : composing.draft;
  const { bytes, problem: typo } = draftBytes(draft);
  // What is typed while something is sent is kept.
  const change = (next: Partial<Composing>) => onComposing((before) => ({ ...before, ...next }));

  const send = async () => {
    if (!to || !maySend || sending) return;
    const plan = planOf({ ...composing, draft }, to);
    if (typeof plan === 'string') {
      setProblem(plan);
      return;
    }
    setSending(true);
    setProblem(undefined);
    const { settings } = composing;
    try {
      const reply = await store.send(plan);
      change({
        answered: { reply, methods: methodsOf(bytes, settings.times), ours: elsewhere === undefined },
      });
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
          <Gallery onPick={(specimen) => onComposing(composeSpecimen(composing, specimen, to?.authority))} />
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
          <DestinationChoice
            servers={running}
            server={server}
            elsewhere={elsewhere}
            onChoose={(next) => change({ ...next, draft: unaddressed(draft, to?.authority) })}
          />
          <EditModes draft={draft} onDraft={(next) => change({ draft: next })} />
          <span className="grow" />
          <button
            type="button"
            className="btn ink"
            disabled={!maySend || sending || typo !== undefined}
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
            (isGuest ? 'You look on: only whoever shares this window can send.' : typedWords(draft, bytes))}
        </p>
        <SendOptions
          settings={composing.settings}
          bytes={bytes}
          secure={elsewhere === undefined && to?.secure === true}
          onSettings={(settings) => change({ settings })}
        />
      </section>
      <AnswerPane answered={composing.answered} sending={sending} />
    </div>
  );
}

/** With the host in the place of its mark; hex is left as it was typed. */
function addressed(draft: Draft, authority: string): Draft {
  if (draft.mode === 'hex' || !draft.text.includes(HOST_MARK)) return draft;
  return { ...draft, text: draft.text.replaceAll(HOST_MARK, authority) };
}

/** With the mark in the place of the host, for another one to be named there. */
function unaddressed(draft: Draft, authority: string | undefined): Draft {
  if (authority === undefined || draft.mode === 'hex') return draft;
  return { ...draft, text: draft.text.replaceAll(authority, HOST_MARK) };
}

function firstLine({ connections }: SendReply): string {
  const bytes = fromBase64(connections[0]?.answer ?? '');
  const line = String.fromCharCode(...bytes.subarray(0, 80)).split('\r\n')[0] ?? '';
  return line.startsWith('HTTP/') ? line : '';
}
