/** One setting: its switch, its name, and what it means. */
import { useId } from 'react';
import type { Choice } from './choices.ts';
import { Explained } from './explained.tsx';

interface Props {
  readonly choice: Pick<Choice, 'name' | 'label' | 'sentence'>;
  readonly on: boolean;
  onChange(on: boolean): void;
}

export function SwitchRow({ choice, on, onChange }: Props) {
  const id = useId();
  return (
    <div className="setting">
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-label={choice.label}
        aria-describedby={id}
        className={on ? 'switch ok' : 'switch off'}
        onClick={() => onChange(!on)}
      />
      <button
        type="button"
        className="setting-name"
        tabIndex={-1}
        aria-hidden="true"
        onClick={() => onChange(!on)}
      >
        {choice.label}
      </button>
      <p id={id}>{choice.sentence}</p>
      <Explained name={choice.name} label={choice.label} />
    </div>
  );
}
