/** The parser time machine: a stream, and the parser at any byte of it. */
import { type KeyboardEvent, useMemo } from 'react';
import type { LeniencyInfo } from '../../learn/next-byte.ts';
import { nextBytes } from '../../learn/next-byte.ts';
import { recordTape, type Subject } from '../../learn/tape.ts';
import type { Cut } from '../../store/queries/detail.ts';
import { ByteText } from './byte-text.tsx';
import { Inspector } from './inspector.tsx';
import './machine.css';
import { StatePaths } from './state-paths.tsx';
import { TapeStrip } from './tape-strip.tsx';
import { Transport } from './transport.tsx';
import { useMachine } from './use-machine.ts';

interface Props {
  readonly subject: Subject;
  /** Another one begins at the first byte. */
  readonly name: string;
  readonly cuts: readonly Cut[];
  onLeniency(name: LeniencyInfo['name']): void;
}

export function ParserMachine({ subject, name, cuts, onLeniency }: Props) {
  const tape = useMemo(() => recordTape(subject), [subject]);
  const machine = useMachine(tape, name);
  const { position } = machine;
  const next = useMemo(() => nextBytes(tape, position), [tape, position]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return;
    const isButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement;
    const { key, shiftKey } = event;
    if (key === 'ArrowRight') shiftKey ? machine.change(1) : machine.byte(1);
    else if (key === 'ArrowLeft') shiftKey ? machine.change(-1) : machine.byte(-1);
    else if (key === 'Home') machine.go(0);
    else if (key === 'End') machine.go(tape.last);
    else if (key === ' ' && !(isButton && (event.target as HTMLInputElement).type !== 'range')) {
      machine.play(!machine.playing);
    } else if (key.toLowerCase() === 'r') machine.run();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole machine, wherever in it the focus is.
    <div className="machine" onKeyDown={onKeyDown} data-testid="machine" data-position={position}>
      <div className="machine-main">
        <ByteText tape={tape} position={position} label="Bytes of the message" onPick={machine.go} />
        <div className="machine-keys">
          <TapeStrip tape={tape} position={position} cuts={cuts} onGo={machine.go} />
          <Transport tape={tape} machine={machine} />
        </div>
        <StatePaths tape={tape} position={position} next={next} />
      </div>
      <Inspector tape={tape} position={position} next={next} onLeniency={onLeniency} onGo={machine.go} />
    </div>
  );
}
