/** How much captured traffic is kept, in memory and on disk; what is over it is trimmed, the oldest first. */
import { type FormEvent, useRef, useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { Dialog } from '../shell/dialog.tsx';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import './capture-budget.css';
import { sentenceOf } from './use-serve.ts';

const MIB = 2 ** 20;
/** As the command's own options. */
const LEAST_MEMORY = 4;

export function CaptureBudget({ onClose }: { readonly onClose: () => void }) {
  const store = useStore();
  const { memoryBytes, memoryBudgetBytes, diskBytes, diskBudgetBytes, hello } = useStoreState(
    'memoryBytes',
    'memoryBudgetBytes',
    'diskBytes',
    'diskBudgetBytes',
    'hello',
  );
  const [problem, setProblem] = useState<string>();
  const memory = useRef<HTMLInputElement>(null);
  const disk = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const memoryMib = wholeNumber(memory.current);
    const diskMib = wholeNumber(disk.current);
    if (!(memoryMib >= LEAST_MEMORY))
      return setProblem(`Memory takes a whole number from ${LEAST_MEMORY} up`);
    if (!(diskMib >= 0)) return setProblem('Disk takes a whole number; 0 keeps nothing there');
    try {
      await store.setBudget('memory', memoryMib * MIB);
      await store.setBudget('disk', diskMib * MIB);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  return (
    <Dialog label="What is kept of the traffic" onClose={onClose}>
      <form className="capture-budget" onSubmit={(event) => void submit(event)}>
        <h2>What is kept of the traffic</h2>
        <p className="why">
          The newest is in memory, what is older on disk. Beyond both the oldest is trimmed, and counted.
        </p>
        <label>
          <span>Memory, MiB</span>
          <input
            ref={memory}
            className="mono"
            name="memory"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={Math.round(memoryBudgetBytes / MIB)}
          />
          <span>{mib(memoryBytes)} used</span>
        </label>
        <label>
          <span>Disk, MiB</span>
          <input
            ref={disk}
            className="mono"
            name="disk"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={Math.round(diskBudgetBytes / MIB)}
          />
          <span>{mib(diskBytes)} used</span>
        </label>
        {hello?.notes.map((note) => (
          <p key={note} className="note">
            {note}
          </p>
        ))}
        {problem !== undefined && (
          <p className="s5" role="alert">
            {problem}
          </p>
        )}
        <div className="actions">
          <button type="button" className="btn line" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn ink">
            Set
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function wholeNumber(input: HTMLInputElement | null): number {
  const text = input?.value.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

function mib(bytes: number): string {
  return `${formatCount(bytes / MIB)} MiB`;
}
