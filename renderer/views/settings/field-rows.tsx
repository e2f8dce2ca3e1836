/** Settings that are typed: a number, a line, or lines. */
import { useId } from 'react';
import {
  type NumberSetting,
  SETTING_BOUNDS,
  type ServerSettings,
} from '../../../server-core/capture/server-settings.ts';
import type { Typed } from './choices.ts';
import { Explained } from './explained.tsx';
import type { ExplainedName } from './explanations.ts';

interface TextProps extends Omit<Typed, 'ofFolders'> {
  readonly draft: ServerSettings;
  onChange(draft: ServerSettings): void;
}

export function TextRow({ name, label, sentence, example, lines, draft, onChange }: TextProps) {
  const id = useId();
  const shared = {
    id,
    name,
    className: 'mono',
    autoComplete: 'off',
    spellCheck: false,
    placeholder: example,
    value: draft[name],
  };
  return (
    <div className="setting">
      <label className="setting-name wide" htmlFor={id}>
        {label}
      </label>
      <div className="setting-text">
        {lines ? (
          <textarea
            {...shared}
            rows={Math.min(6, Math.max(2, draft[name].split('\n').length))}
            onChange={({ currentTarget }) => onChange({ ...draft, [name]: currentTarget.value })}
          />
        ) : (
          <input
            {...shared}
            onChange={({ currentTarget }) => onChange({ ...draft, [name]: currentTarget.value })}
          />
        )}
        <p>{sentence}</p>
      </div>
      <Explained name={name} label={label} />
    </div>
  );
}

interface NumberProps {
  readonly name: NumberSetting;
  readonly label: string;
  readonly sentence: string;
  readonly explained?: ExplainedName;
  readonly draft: ServerSettings;
  onChange(draft: ServerSettings): void;
}

export function NumberRow({ name, label, sentence, explained, draft, onChange }: NumberProps) {
  const id = useId();
  const [least, most] = SETTING_BOUNDS[name];
  const value = draft[name];
  return (
    <div className="setting">
      <label className="setting-name wide" htmlFor={id}>
        {label}
      </label>
      <p className="setting-control">
        <input
          id={id}
          className="mono"
          name={name}
          inputMode="numeric"
          autoComplete="off"
          value={Number.isNaN(value) ? '' : value}
          aria-invalid={!(value >= least && value <= most)}
          onChange={({ currentTarget }) => onChange({ ...draft, [name]: wholeNumber(currentTarget.value) })}
        />
        <span>{sentence}</span>
      </p>
      {explained !== undefined && <Explained name={explained} label={label} />}
    </div>
  );
}

/** NaN for an empty field, which the host refuses with a sentence. */
function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}
