/** The states around the present one: where it was entered from, and where each byte would lead. */
import { formatCount } from '../../geometry/quantities.ts';
import { bytesInWords } from '../../learn/byte-words.ts';
import type { NextBytes, OutcomeGroup } from '../../learn/next-byte.ts';
import { changeFrom, stateAt, type Tape } from '../../learn/tape.ts';
import './state-paths.css';

interface Props {
  readonly tape: Tape;
  readonly position: number;
  readonly next: NextBytes | undefined;
}

const MOST_PATHS = 4;

export function StatePaths({ tape, position, next }: Props) {
  const state = stateAt(tape, position);
  const before = stateBefore(tape, position);
  const ahead = stateAhead(tape, position);
  const accepted = next?.groups.filter(({ fault }) => fault === undefined) ?? [];
  const stay = accepted.find(({ stays }) => stays);
  const onward = accepted.filter(({ stays }) => !stays).slice(0, MOST_PATHS);
  const faults = next?.groups.filter(({ fault }) => fault !== undefined) ?? [];
  return (
    <div className="paths" aria-label="States around this one" role="group">
      <div className="path-before">
        {before === undefined ? (
          <span className="dim">the beginning</span>
        ) : (
          <span className="state">{before}</span>
        )}
      </div>
      <Arrow words="" />
      <div className="path-now">
        <span className="state now" data-testid="state">
          {state}
        </span>
        {next && <i className="path-stub" aria-hidden="true" />}
        {stay && (
          <span className="stay mono" title={`Stays here with ${bytesInWords(stay.bytes)}`}>
            <svg width="14" height="10" viewBox="0 0 14 10" aria-hidden="true">
              <path
                d="M2 1v4a4 4 0 0 0 4 4h2a4 4 0 0 0 4-4V2M9.5 4 12 1.5 14 4"
                fill="none"
                stroke="currentColor"
              />
            </svg>
            <span className="clip">{bytesInWords(stay.bytes)}</span>
          </span>
        )}
      </div>
      <div className="path-exits">
        {onward.map((group) => (
          <Exit key={`${group.state}${group.ends}`} group={group} />
        ))}
        {faults.length > 0 && (
          <div className="exit">
            <Arrow words={faults.length === 1 ? bytesInWords(faults[0]!.bytes) : 'anything else'} />
            <span className="state fault">
              {faults.length === 1 ? faults[0]!.fault : `${faults.length} faults`}
            </span>
          </div>
        )}
        {ahead && (
          <div className="exit">
            <Arrow words={`in ${formatCount(ahead.bytes)} bytes`} />
            <span className="state ahead" title="In this stream">
              {ahead.state}
            </span>
          </div>
        )}
        {next === undefined && <span className="dim">Nothing more is read.</span>}
      </div>
    </div>
  );
}

function Exit({ group }: { readonly group: OutcomeGroup }) {
  return (
    <div className="exit">
      <Arrow words={bytesInWords(group.bytes)} />
      <span className="state">{group.state}</span>
      {group.ends && <span className="dim">the message ends</span>}
    </div>
  );
}

function Arrow({ words }: { readonly words: string }) {
  return (
    <span className="path-arrow">
      {words !== '' && (
        <span className="mono clip" title={words}>
          {words}
        </span>
      )}
      <svg height="8" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 4h100" stroke="currentColor" vectorEffect="non-scaling-stroke" />
      </svg>
      <i aria-hidden="true" />
    </span>
  );
}

function stateBefore(tape: Tape, position: number) {
  const state = stateAt(tape, position);
  for (let at = position; at > 0; at = changeFrom(tape, at, -1)) {
    const earlier = stateAt(tape, at - 1);
    if (earlier !== state) return earlier;
  }
  return undefined;
}

/** The next state of this very stream, when it is more than a byte away. */
function stateAhead(tape: Tape, position: number) {
  const state = stateAt(tape, position);
  for (let at = position; at < tape.last; ) {
    at = changeFrom(tape, at, 1);
    const later = stateAt(tape, at);
    if (later !== state) return at - position > 1 ? { state: later, bytes: at - position } : undefined;
  }
  return undefined;
}
