/** The keys of the machine: to the ends, by a byte, by a state, and by itself. */
import {
  ChevronFirst,
  ChevronLast,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  CircleStop,
  Pause,
  Play,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { STATE_IDS } from '../../learn/parser-states.ts';
import { readAt, type Tape } from '../../learn/tape.ts';
import { ICON } from '../shell/icons.tsx';
import { type Machine, SPEEDS, type Speed } from './use-machine.ts';
import './transport.css';

interface Props {
  readonly tape: Tape;
  readonly machine: Machine;
}

export function Transport({ tape, machine }: Props) {
  const { position, playing, speed, stops } = machine;
  const atStart = position === 0;
  const atEnd = position === tape.last;
  const keys = [
    { label: 'To the start', key: 'Home', Icon: ChevronFirst, off: atStart, run: () => machine.go(0) },
    {
      label: 'A state back',
      key: 'Shift ←',
      Icon: ChevronsLeft,
      off: atStart,
      run: () => machine.change(-1),
    },
    { label: 'A byte back', key: '←', Icon: ChevronLeft, off: atStart, run: () => machine.byte(-1) },
    { label: 'A byte on', key: '→', Icon: ChevronRight, off: atEnd, run: () => machine.byte(1) },
    { label: 'A state on', key: 'Shift →', Icon: ChevronsRight, off: atEnd, run: () => machine.change(1) },
    { label: 'To the end', key: 'End', Icon: ChevronLast, off: atEnd, run: () => machine.go(tape.last) },
  ];
  const button = ({ label, key, Icon, off, run }: (typeof keys)[number]) => (
    <button
      key={label}
      type="button"
      className="btn square"
      aria-label={label}
      title={`${label} (${key})`}
      disabled={off}
      onClick={run}
    >
      <Icon {...ICON} />
    </button>
  );
  const PlayIcon = playing ? Pause : Play;
  return (
    <div className="transport">
      {keys.slice(0, 3).map(button)}
      <button
        type="button"
        className="btn ink play"
        title={playing ? 'Hold (Space)' : 'Play (Space)'}
        onClick={() => machine.play(!playing)}
      >
        <PlayIcon {...ICON} />
        {playing ? 'Hold' : 'Play'}
      </button>
      {keys.slice(3).map(button)}
      <span className="count mono">
        <b>{formatCount(readAt(tape, position))}</b>
        <span className="dim"> of {formatCount(tape.subject.bytes.length)} bytes</span>
      </span>
      <label className="speed dim">
        <select
          value={speed}
          aria-label="Speed"
          onChange={(event) => machine.setSpeed(event.currentTarget.value as Speed)}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {formatCount(Number(each))} bytes/s
            </option>
          ))}
        </select>
      </label>
      <span className="grow" />
      <Stops tape={tape} machine={machine} />
      {stops.size > 0 && (
        <button type="button" className="btn line" title="On to the next stop (R)" onClick={machine.run}>
          Run to stop
        </button>
      )}
    </div>
  );
}

/** Breakpoints: the states of this stream, in the order in which it has them. */
function Stops({ tape, machine }: Props) {
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const states = [...new Set(tape.states)].map((number) => STATE_IDS[number]!);
  const named = states.filter((state) => machine.stops.has(state));
  return (
    <>
      <button
        type="button"
        className={named.length > 0 ? 'btn on' : 'btn'}
        popoverTarget="parser-stops"
        aria-expanded={open}
        title="States at which playing stops"
      >
        <CircleStop {...ICON} />
        <span className="clip stop-names">
          {named.length === 0
            ? 'Stop at…'
            : `Stops: ${named.slice(0, 2).join(', ')}${named.length > 2 ? '…' : ''}`}
        </span>
      </button>
      <div
        ref={popover}
        id="parser-stops"
        popover="auto"
        className="stops"
        role="group"
        aria-label="Stop at"
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {states.map((state) => (
          <label key={state}>
            <input
              type="checkbox"
              checked={machine.stops.has(state)}
              onChange={() => machine.toggleStop(state)}
            />
            <span className="mono">{state}</span>
          </label>
        ))}
      </div>
    </>
  );
}
