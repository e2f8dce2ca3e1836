import { type Draft, inMode } from './byte-editor.tsx';

interface Props {
  readonly draft: Draft;
  onDraft(draft: Draft): void;
}

/** Text or hex; a draft with a problem stays as it is. */
export function EditModes({ draft, onDraft }: Props) {
  return (
    <fieldset className="segments" aria-label="Notation">
      {(['text', 'hex'] as const).map((mode) => (
        <button
          key={mode}
          type="button"
          className={draft.mode === mode ? 'btn on' : 'btn'}
          aria-pressed={draft.mode === mode}
          onClick={() => onDraft(inMode(draft, mode))}
        >
          {mode === 'text' ? 'Text' : 'Hex'}
        </button>
      ))}
    </fieldset>
  );
}
