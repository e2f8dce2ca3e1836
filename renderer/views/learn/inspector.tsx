/** What the parser knows at this position: its state, what it holds, what may come, what it has said. */
import { BookOpen } from 'lucide-react';
import { useMemo } from 'react';
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { formatCount, formatOffset } from '../../geometry/quantities.ts';
import { bytesInWords, unbroken } from '../../learn/byte-words.ts';
import { heldAt } from '../../learn/held.ts';
import { faultEnd, LENIENCIES, leniencyFor, type NextBytes } from '../../learn/next-byte.ts';
import { stateInfo } from '../../learn/parser-states.ts';
import { readAt, stateAt, type Tape } from '../../learn/tape.ts';
import { ICON } from '../shell/icons.tsx';
import { FaultCard } from './fault-card.tsx';
import { NextByteMap } from './next-byte-map.tsx';
import './inspector.css';
import { MoreButton } from './more-button.tsx';

interface Props {
  readonly tape: Tape;
  readonly position: number;
  readonly next: NextBytes | undefined;
  onLeniency(name: (typeof LENIENCIES)[number]['name']): void;
  onGo(position: number): void;
}

const MOST_FAULTS = 6;
const MOST_SAID = 40;

export function Inspector({ tape, position, next, onLeniency, onGo }: Props) {
  const state = stateAt(tape, position);
  const { sentence, section } = stateInfo(state);
  const held = heldAt(tape, position);
  const said = tape.said.filter(({ step }) => step <= position);
  const earlier = Math.max(0, said.length - MOST_SAID);
  const isFault = tape.fault !== undefined && position >= tape.fault.step;
  return (
    <aside className="inspector" aria-label="State of the parser">
      <section className="state-card" aria-live="polite">
        <h2 className="mono">{state}</h2>
        <p>{sentence.replace(/\.?$/, '.')}</p>
        <p className="clause dim">
          <BookOpen {...ICON} size={12} /> {section} <MoreButton kind="state" of={state} />
        </p>
      </section>
      {isFault && <FaultCard tape={tape} onLeniency={onLeniency} />}
      {held.length > 0 && (
        <section>
          <h3>Held by the parser</h3>
          <dl className="pairs">
            {held.map(({ name, value, wire }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className={wire ? 'mono clip' : 'mono'} title={wire && value}>
                  {value}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {next && <NextByteMap next={next} coming={tape.subject.bytes[readAt(tape, position)]} />}
      {next && <Instead tape={tape} position={position} next={next} />}
      <section>
        <h3>
          Said so far <span className="mono">{formatCount(said.length)}</span>
        </h3>
        <ol className="said">
          {earlier > 0 && <li className="dim">and {formatCount(earlier)} before</li>}
          {said.slice(earlier).map(({ step, name, at, words }) => (
            <li key={`${step} ${name}`}>
              <button type="button" onClick={() => onGo(step)} title="Go to where it was said">
                <span className="mono dim">{formatOffset(at)}</span>
                <span>{name}</span>
                <span className="mono clip" title={words}>
                  {words}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </section>
    </aside>
  );
}

interface InsteadProps {
  readonly tape: Tape;
  readonly position: number;
  readonly next: NextBytes;
}

/** What bytes that are not accepted here would lead to. */
function Instead({ tape, position, next }: InsteadProps) {
  const faults = next.groups.filter(({ fault }) => fault !== undefined).slice(0, MOST_FAULTS);
  const lenient = useMemo(
    () =>
      faults.map(({ bytes }) => {
        const name = leniencyFor(tape, position, bytes[0]!);
        return LENIENCIES.find((each) => each.name === name);
      }),
    [tape, position, faults],
  );
  const { close } = next;
  return (
    <section>
      <h3>If it were instead</h3>
      <dl className="instead">
        {faults.map(({ fault, bytes }, n) => (
          <div key={fault}>
            <dt className="mono">{unbroken(bytesInWords(bytes))}</dt>
            <dd title={`${faultInfo(fault!).sentence} (${faultInfo(fault!).section})`}>
              <b className="mono">{fault}</b>, {faultEnd(fault!, tape.subject.role)}
              {lenient[n] && <>; “{lenient[n].label}” lets it through</>}
            </dd>
          </div>
        ))}
        <div>
          <dt className="mono">EOF</dt>
          <dd title={close.fault && `${faultInfo(close.fault).sentence} (${faultInfo(close.fault).section})`}>
            {close.fault ? (
              <>
                <b className="mono">{close.fault}</b>, {faultEnd(close.fault, tape.subject.role)}
              </>
            ) : (
              'a good end'
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
