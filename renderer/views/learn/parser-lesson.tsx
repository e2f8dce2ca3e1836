/** The parser before a message: which one, under which leniencies, and where to type others. */
import { Pencil } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Direction } from '../../../server-core/capture/events.ts';
import { formatClock, formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { writeEscapes } from '../../learn/escapes.ts';
import { LENIENCIES, type LeniencyInfo } from '../../learn/next-byte.ts';
import { MOST_BYTES, type Subject } from '../../learn/tape.ts';
import type { Draft } from '../compose/byte-editor.tsx';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { ExchangeChoice } from './exchange-choice.tsx';
import { type Lesson, TYPED_READER, typedSubject } from './lesson.ts';
import { ParserMachine } from './machine.tsx';
import { TypedBytes } from './typed-bytes.tsx';
import { type CapturedSubject, useSubject } from './use-subject.ts';

interface Props {
  readonly lesson: Lesson;
  /** Stands first in the bar. */
  readonly tools: ReactNode;
  onLesson(lesson: Lesson): void;
}

type Leniencies = Subject['leniencies'];

export function ParserLesson({ lesson, tools, onLesson }: Props) {
  const { hello } = useStoreState('hello');
  const [editing, setEditing] = useState(false);
  // Kept with the message they were chosen for: another one is read as it was served.
  const [chosen, setChosen] = useState<{ readonly for: string; readonly leniencies: Leniencies }>();
  const { exchange, side } = lesson;
  const captured = useSubject(exchange, side);
  const typed = useMemo(() => typedSubject(lesson.typed), [lesson.typed]);
  const from = exchange === undefined ? typed : typeof captured === 'object' ? captured.subject : undefined;
  const name = exchange === undefined ? `typed ${lesson.typed.text}` : `${exchange} ${side}`;
  const leniencies = chosen?.for === name ? chosen.leniencies : from?.leniencies;
  const subject = useMemo(() => from && { ...from, leniencies: leniencies ?? {} }, [from, leniencies]);
  const choose = (of: LeniencyInfo['name'], on: boolean) =>
    setChosen({ for: name, leniencies: { ...leniencies, [of]: on } });
  const shown = exchange === undefined ? undefined : typeof captured === 'object' ? captured : undefined;
  return (
    <div className="learn-main">
      <header className="tools learn-head">
        {tools}
        <ExchangeChoice
          exchange={exchange}
          none="Bytes of your own"
          onExchange={(to) => {
            setEditing(false);
            onLesson({ ...lesson, exchange: to });
          }}
        />
        <span className="learn-about clip dim">
          {shown ? (
            <>
              {formatClock(hello?.epochMs ?? 0, shown.detail.row.beginTime)},{' '}
              {spell(formatExactBytes(shown.length))}
              {shown.length > MOST_BYTES && `, of which the first ${formatCount(MOST_BYTES)}`}
            </>
          ) : (
            exchange === undefined && 'Typed, not sent'
          )}
        </span>
        <span className="grow" />
        {exchange !== undefined && (
          <SideChoice side={side} onSide={(to) => onLesson({ ...lesson, side: to })} />
        )}
        {subject?.role === 'request' && !editing && (
          <LeniencyChoice leniencies={subject.leniencies} onChoose={choose} />
        )}
        {!editing && (
          <button
            type="button"
            className="btn line"
            title={shown && 'Change these bytes and see what the parser makes of them'}
            onClick={() => {
              setEditing(true);
              onLesson({ ...lesson, exchange: undefined, typed: shown ? draftOf(shown) : lesson.typed });
            }}
          >
            <Pencil {...ICON} size={12} />
            {shown ? 'Edit bytes' : 'Type bytes'}
          </button>
        )}
      </header>
      {editing ? (
        <TypedBytes
          draft={lesson.typed}
          reader={TYPED_READER}
          onDraft={(next) => onLesson({ ...lesson, exchange: undefined, typed: next })}
          onStep={() => setEditing(false)}
        />
      ) : subject ? (
        <ParserMachine
          subject={subject}
          name={name}
          cuts={shown?.cuts ?? []}
          onLeniency={(of) => choose(of, true)}
        />
      ) : (
        <NoSignal title={missingTitle(captured)} text="Choose another message, or type bytes of your own." />
      )}
    </div>
  );
}

function draftOf({ subject }: CapturedSubject): Draft {
  return { mode: 'text', text: writeEscapes(subject.bytes.subarray(0, MOST_BYTES)) };
}

function missingTitle(captured: ReturnType<typeof useSubject>): string {
  if (captured === 'trimmed') return 'These bytes were trimmed from the log';
  return captured === 'no-message' ? 'There is no answer to step through' : 'On its way';
}

interface SideProps {
  readonly side: Direction;
  onSide(side: Direction): void;
}

function SideChoice({ side, onSide }: SideProps) {
  return (
    <fieldset className="segments" aria-label="Message">
      {(['in', 'out'] as const).map((each) => (
        <button
          key={each}
          type="button"
          className={side === each ? 'btn on' : 'btn'}
          aria-pressed={side === each}
          aria-label={each === 'in' ? 'Request' : 'Response'}
          onClick={() => onSide(each)}
        >
          <DirectionArrow direction={each} />
          <span className="side-name">{each === 'in' ? 'Request' : 'Response'}</span>
        </button>
      ))}
    </fieldset>
  );
}

interface LeniencyProps {
  readonly leniencies: Leniencies;
  onChoose(name: LeniencyInfo['name'], on: boolean): void;
}

/** Named departures from the rules: the stream is read again with each that is switched. */
function LeniencyChoice({ leniencies, onChoose }: LeniencyProps) {
  return (
    <fieldset className="leniencies" aria-label="Leniencies">
      <span className="dim">Let pass</span>
      {LENIENCIES.map(({ name, label, sentence }) => (
        <label key={name} title={sentence}>
          <input
            type="checkbox"
            checked={leniencies[name] === true}
            onChange={(event) => onChoose(name, event.currentTarget.checked)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
