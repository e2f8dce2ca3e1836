/** A few choices side by side, of which one holds. */
import type { ReactNode } from 'react';

export interface Choice<T extends string> {
  readonly value: T;
  readonly name: string;
  readonly title?: string;
  readonly disabled?: boolean;
  readonly icon?: ReactNode;
}

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  onChange(value: T): void;
}

export function Segments<T extends string>({ label, value, choices, onChange }: Props<T>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={choice.value === value ? 'btn small on' : 'btn small'}
          aria-pressed={choice.value === value}
          disabled={choice.disabled}
          title={choice.title}
          onClick={() => onChange(choice.value)}
        >
          {choice.icon}
          {choice.name}
        </button>
      ))}
    </div>
  );
}
