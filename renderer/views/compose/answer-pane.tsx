/** What came back, as it came: what this end did and met, and the bytes of the answer, parsed by the same parser. */
import { useMemo, useState } from 'react';
import type { SentConnection, SentEvent } from '../../../server-core/capture/send-call.ts';
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { formatDuration, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { fromBase64 } from '../../learn/send-cuts.ts';
import { recordTape } from '../../learn/tape.ts';
import { ByteText } from '../learn/byte-text.tsx';
import { useOpenIn } from '../open-in.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import type { Answered } from './composing.ts';

interface Props {
  readonly answered: Answered | undefined;
  readonly sending: boolean;
}

export function AnswerPane({ answered, sending }: Props) {
  const [chosen, setChosen] = useState(0);
  const connections = answered?.reply.connections ?? [];
  const at = Math.min(chosen, connections.length - 1);
  const shown = connections[at];
  if (!answered || !shown) {
    return (
      <section className="answer" aria-label="Answer">
        <NoSignal
          title={sending ? 'On its way' : 'No answer yet'}
          text="It will stand here, byte for byte. What you send is real traffic: Traffic and Timeline show it too."
        />
      </section>
    );
  }
  return (
    <section className="answer" aria-label="Answer" aria-busy={sending}>
      {connections.length > 1 && (
        <fieldset className="answer-conns" aria-label="Connection">
          {connections.map(({ localPort, problem }, n) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: connections that failed have no port.
              key={n}
              type="button"
              className={n === at ? 'btn small on' : 'btn small'}
              aria-pressed={n === at}
              title={problem ?? `From port ${localPort}`}
              onClick={() => setChosen(n)}
            >
              {n + 1}
            </button>
          ))}
        </fieldset>
      )}
      <SentEvents connection={shown} ours={answered.ours} />
      <AnswerBytes connection={shown} methods={answered.methods} />
    </section>
  );
}

const EVENT_WORDS: Readonly<Record<SentEvent['kind'], string>> = {
  open: 'connected',
  secure: 'TLS is up',
  write: 'wrote',
  read: 'read',
  finish: 'sent FIN',
  end: 'the server sent FIN',
  reset: 'the server reset the connection',
  quit: 'nothing more came, so this end closed',
  failed: 'failed',
};
const MOST_LINES = 200;

interface EventsProps {
  readonly connection: SentConnection;
  /** The server's end of it was captured. */
  readonly ours: boolean;
}

function SentEvents({ connection, ours }: EventsProps) {
  const store = useStore();
  const toast = useToast();
  const { select, ladder } = useOpenIn();
  const { events, problem, localPort } = connection;
  const start = events[0]?.time ?? 0;
  const find = async (then: (exchange: number) => void) => {
    // A clock's microsecond may lie between our end's opening and the server's accept.
    const found = await store.ladder({ port: localPort, since: start - 1e6 });
    const exchange = found?.exchanges[0]?.id;
    if (exchange === undefined) toast({ text: 'The server has seen no request on this connection' });
    else then(exchange);
  };
  return (
    <div className="sent-events">
      <div className="band">
        <b>This end</b>
        <span className="mono">port {localPort}</span>
        <span className="grow" />
        {ours ? (
          <>
            <button
              type="button"
              className="btn small"
              onClick={() => void find((id) => ladder(id, connection))}
            >
              Ladder
            </button>
            <button type="button" className="btn small" onClick={() => void find(select)}>
              Show in Traffic
            </button>
          </>
        ) : (
          <span className="meta">[another host: only this end is seen]</span>
        )}
      </div>
      <ol tabIndex={0} aria-label="What this end did">
        {events.slice(0, MOST_LINES).map((event, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no other name than their place.
          <li key={n}>
            <span className="mono dim">+{spell(formatDuration(event.time - start))}</span>
            {(event.kind === 'write' || event.kind === 'read') && (
              <DirectionArrow direction={event.kind === 'write' ? 'in' : 'out'} />
            )}
            <span>
              {EVENT_WORDS[event.kind]} {event.length > 0 && spell(formatExactBytes(event.length))}
            </span>
          </li>
        ))}
        {events.length > MOST_LINES && <li className="dim">and {events.length - MOST_LINES} more</li>}
        {problem && <li className="problem">{problem}</li>}
      </ol>
    </div>
  );
}

interface BytesProps {
  readonly connection: SentConnection;
  readonly methods: readonly string[];
}

function AnswerBytes({ connection, methods }: BytesProps) {
  const tape = useMemo(
    () =>
      recordTape({
        role: 'response',
        bytes: fromBase64(connection.answer),
        leniencies: {},
        answers: methods,
        frames: 'taken',
        deflate: false,
        closed: connection.events.some(({ kind }) => kind === 'end'),
      }),
    [connection, methods],
  );
  const whole = tape.subject.bytes.length;
  const heads = tape.heads.flatMap(({ value }) => (value.role === 'response' ? [value] : []));
  return (
    <>
      <div className="band">
        <DirectionArrow direction="out" />
        <b>Answer</b>
        <span className="mono clip">
          {heads.length === 0
            ? 'none'
            : heads.map(({ status, reason }) => `${status} ${reason}`.trim()).join(', ')}
        </span>
        <span className="grow" />
        <span className="flush">
          {spell(formatExactBytes(connection.answerBytes))}
          {whole < connection.answerBytes && `, of which ${spell(formatExactBytes(whole))} are shown`}
        </span>
      </div>
      {tape.fault && (
        <p className="fault-line" role="note">
          {faultInfo(tape.fault.value.code).sentence}.{' '}
          <span className="dim">{faultInfo(tape.fault.value.code).section}</span>
        </p>
      )}
      <ByteText tape={tape} position={tape.last} label="Bytes of the answer" start />
    </>
  );
}
