/** Where one learns by doing: the parser step by step, the connection as a ladder, and tasks that check themselves. */
import { Pencil } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Direction } from '../../../server-core/capture/events.ts';
import { formatClock, formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { LENIENCIES, type LeniencyInfo } from '../../learn/next-byte.ts';
import { MOST_BYTES, type Subject } from '../../learn/tape.ts';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { NoSignal } from '../shell/no-signal.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { printable } from '../traffic/path-text.ts';
import './learn-view.css';
import { type Lesson, TYPED_READER, typedSubject } from './lesson.ts';
import { ParserMachine } from './machine.tsx';
import { TypedBytes } from './typed-bytes.tsx';
import { useSubject } from './use-subject.ts';

interface Props {
  readonly lesson: Lesson;
  onLesson(lesson: Lesson): void;
}

type Leniencies = Subject['leniencies'];

export function LearnView({ lesson, onLesson }: Props) {
  const { hello } = useStoreState();
  const [editing, setEditing] = useState(false);
  // Kept with the message they were chosen for: another one is read as it was served.
  const [chosen, setChosen] = useState<{ readonly for: string; readonly leniencies: Leniencies }>();
  const { exchange, side } = lesson;
  const captured = useSubject(exchange, side);
  const typed = useMemo(() => typedSubject(lesson.typed), [lesson.typed]);
  const from = exchange === undefined ? typed : typeof captured === 'object' ? captured.subject : undefined;
  const name = exchange === undefined ? 'typed' : `${exchange} ${side}`;
  const leniencies = chosen?.for === name ? chosen.leniencies : from?.leniencies;
  const subject = useMemo(() => from && { ...from, leniencies: leniencies ?? {} }, [from, leniencies]);
  const choose = (of: LeniencyInfo['name'], on: boolean) =>
    setChosen({ for: name, leniencies: { ...leniencies, [of]: on } });
  const shown = exchange === undefined ? undefined : typeof captured === 'object' ? captured : undefined;
  return (
    <div className="learn">
      <div className="learn-main">
        <header className="tools learn-head">
          <h2>Parser time machine</h2>
          <span className="learn-about clip dim">
            {shown ? (
              <>
                <span className="mono ink2">
                  {printable(shown.detail.row.method)} {printable(shown.detail.row.target)}
                </span>{' '}
                #{formatCount(shown.detail.row.id)},{' '}
                {formatClock(hello?.epochMs ?? 0, shown.detail.row.beginTime)},{' '}
                {spell(formatExactBytes(shown.length))}
                {shown.length > MOST_BYTES && `, of which the first ${formatCount(MOST_BYTES)}`}
              </>
            ) : (
              exchange === undefined && !editing && 'Bytes that were typed, not sent'
            )}
          </span>
          <span className="grow" />
          {exchange !== undefined && (
            <SideChoice side={side} onSide={(to) => onLesson({ ...lesson, side: to })} />
          )}
          {subject?.role === 'request' && !editing && (
            <LeniencyChoice leniencies={subject.leniencies} onChoose={choose} />
          )}
          <button
            type="button"
            className={editing ? 'btn line on' : 'btn line'}
            aria-pressed={editing}
            onClick={() => {
              setEditing(!editing);
              if (!editing) onLesson({ ...lesson, exchange: undefined });
            }}
          >
            <Pencil {...ICON} size={12} />
            {editing ? 'Step through it' : 'Type bytes'}
          </button>
        </header>
        {editing ? (
          <TypedBytes
            draft={lesson.typed}
            reader={TYPED_READER}
            onDraft={(next) => onLesson({ ...lesson, exchange: undefined, typed: next })}
            onStep={() => setEditing(false)}
          />
        ) : subject && !editing ? (
          <ParserMachine
            subject={subject}
            name={name}
            cuts={shown?.cuts ?? []}
            onLeniency={(of) => choose(of, true)}
          />
        ) : (
          <NoSignal
            title={missingTitle(captured)}
            text="Choose another message, or type bytes of your own."
          />
        )}
      </div>
    </div>
  );
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
          onClick={() => onSide(each)}
        >
          <DirectionArrow direction={each} />
          {each === 'in' ? 'Request' : 'Response'}
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
