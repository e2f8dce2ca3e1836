/** The labs: steps that tick themselves and say by which traffic. */
import { Check, ChevronDown, ChevronRight, Circle, RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import { formatClock, formatCount } from '../../geometry/quantities.ts';
import { LABS, type Lab, type LabStep, stepKey } from '../../learn/labs.ts';
import { useOpenIn } from '../open-in.ts';
import { ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import './labs-column.css';
import { type DoneStep, type Progress, useLabs } from './use-labs.ts';

export function LabsColumn() {
  const { progress, reset } = useLabs();
  const [opened, setOpened] = useState<string>();
  const total = LABS.reduce((sum, { steps }) => sum + steps.length, 0);
  const done = Object.keys(progress).length;
  // Until one is chosen, the first that has something left to do.
  const open = opened ?? LABS.find((lab) => doneOf(lab, progress) < lab.steps.length)?.id;
  return (
    <section className="labs" aria-label="Labs">
      <header className="labs-head">
        <h2>Labs</h2>
        <span className="mono" data-testid="labs-done">
          {done} of {total} steps
        </span>
      </header>
      <ul>
        {LABS.map((lab) => (
          <LabItem
            key={lab.id}
            lab={lab}
            progress={progress}
            isOpen={lab.id === open}
            onToggle={() => setOpened(lab.id === open ? '' : lab.id)}
          />
        ))}
      </ul>
      <footer>
        <span className="dim">Ticks come from your traffic.</span>
        <button
          type="button"
          className="btn small square"
          aria-label="Begin anew"
          title="Begin anew"
          onClick={reset}
        >
          <RotateCcw {...ICON} size={12} />
        </button>
      </footer>
    </section>
  );
}

interface LabProps {
  readonly lab: Lab;
  readonly progress: Progress;
  readonly isOpen: boolean;
  onToggle(): void;
}

function LabItem({ lab, progress, isOpen, onToggle }: LabProps) {
  const done = doneOf(lab, progress);
  const inHand = lab.steps.find((step) => progress[stepKey(lab, step)] === undefined);
  const isDone = done === lab.steps.length;
  const Sign = isOpen ? ChevronDown : isDone ? Check : done > 0 ? ChevronRight : Circle;
  return (
    <li className={isOpen ? 'lab on' : 'lab'}>
      <button type="button" className="lab-name" aria-expanded={isOpen} onClick={onToggle}>
        <Sign {...ICON} size={14} className={isDone ? 'ticked' : ''} />
        <span className="clip" title={lab.name}>
          {lab.name}
        </span>
        <span className="mono dim">
          {done}/{lab.steps.length}
        </span>
      </button>
      {isOpen && (
        <ol>
          {lab.steps.map((step) => (
            <Step key={step.id} step={step} done={progress[stepKey(lab, step)]} inHand={step === inHand} />
          ))}
        </ol>
      )}
    </li>
  );
}

interface StepProps {
  readonly step: LabStep;
  readonly done: DoneStep | undefined;
  readonly inHand: boolean;
}

function Step({ step, done, inHand }: StepProps) {
  const { hello } = useStoreState();
  const { select, specimen } = useOpenIn();
  const isHere = done !== undefined && done.epochMs === hello?.epochMs;
  const seen = done && `seen ${formatClock(done.at, 0, 0)}, #${formatCount(done.exchange)}`;
  const Sign = done ? Check : Square;
  return (
    <li className={done ? 'step done' : inHand ? 'step in-hand' : 'step'} data-testid="lab-step">
      <Sign {...ICON} size={14} aria-hidden={false} aria-label={done ? 'done' : 'to do'} role="img" />
      <div>
        <p>{step.task}</p>
        {done &&
          (isHere ? (
            <button type="button" className="seen" onClick={() => select(done.exchange)}>
              {seen}
            </button>
          ) : (
            <p className="dim">{seen}</p>
          ))}
        {inHand && (
          <div className="hint">
            <p>{step.hint}</p>
            {step.specimen !== undefined && (
              <button type="button" className="btn line small" onClick={() => specimen(step.specimen!)}>
                Take one to Compose
              </button>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

function doneOf(lab: Lab, progress: Progress): number {
  return lab.steps.filter((step) => progress[stepKey(lab, step)] !== undefined).length;
}
