import { Check, ChevronRight, Circle, FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import type { Lab } from '../../learn/lab-file.ts';
import { doneOf } from '../../learn/lab-progress.ts';
import { ICON } from '../shell/icons.tsx';
import { useToast } from '../shell/toast.tsx';
import type { LabSession, LabState } from './lab-session.ts';

interface Props {
  readonly session: LabSession;
  readonly state: LabState;
}

/** All labs by topic, each with how much of it is done. */
export function LabsList({ session, state }: Props) {
  const { labs, progress } = state;
  const finished = labs.filter((lab) => doneOf(lab, progress[lab.id]) === lab.tasks.length).length;
  // The first that has something left to do, for who does not know where to begin.
  const next = labs.find((lab) => doneOf(lab, progress[lab.id]) < lab.tasks.length);
  return (
    <section className="labs" aria-label="Labs">
      <header className="labs-head">
        <h2>Labs</h2>
        <span className="mono" data-testid="labs-done">
          {finished} of {labs.length} done
        </span>
      </header>
      <div className="labs-topics">
        {topicsOf(labs).map(([topic, of]) => (
          <section key={topic} aria-label={topic}>
            <h3>{topic}</h3>
            <ul>
              {of.map((lab) => (
                <LabItem
                  key={lab.id}
                  lab={lab}
                  done={doneOf(lab, progress[lab.id])}
                  isNext={lab === next}
                  onOpen={() => session.open(lab.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <footer>
        <AddLab session={session} />
      </footer>
    </section>
  );
}

interface ItemProps {
  readonly lab: Lab;
  readonly done: number;
  readonly isNext: boolean;
  onOpen(): void;
}

function LabItem({ lab, done, isNext, onOpen }: ItemProps) {
  const isDone = done === lab.tasks.length;
  const Sign = isDone ? Check : isNext ? ChevronRight : Circle;
  return (
    <li>
      <button
        type="button"
        className={isNext ? 'lab-name next' : 'lab-name'}
        data-lab={lab.id}
        onClick={onOpen}
      >
        <Sign {...ICON} size={14} className={isDone ? 'ticked' : ''} />
        <span className="clip" title={lab.title}>
          {lab.title}
        </span>
        <span className="mono dim">
          {done}/{lab.tasks.length}
        </span>
      </button>
    </li>
  );
}

function AddLab({ session }: { readonly session: LabSession }) {
  const input = useRef<HTMLInputElement>(null);
  const toast = useToast();
  const add = async (file: File) => {
    const problem = session.add(await file.text());
    if (problem !== undefined) toast({ text: `${file.name}: ${problem}` });
  };
  return (
    <>
      <button type="button" className="btn line small" onClick={() => input.current?.click()}>
        <FolderOpen {...ICON} size={12} />
        Add a lab file
      </button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label="Lab file"
        onChange={({ currentTarget }) => {
          for (const file of currentTarget.files ?? []) void add(file);
          // The same file may be chosen again once it was mended.
          currentTarget.value = '';
        }}
      />
    </>
  );
}

function topicsOf(labs: readonly Lab[]): readonly (readonly [string, readonly Lab[]])[] {
  return [...Map.groupBy(labs, ({ topic }) => topic)];
}
