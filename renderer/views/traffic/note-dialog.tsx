import { useState } from 'react';
import { formatCount } from '../../geometry/quantities.ts';
import { Dialog } from '../shell/dialog.tsx';
import { LONGEST_NOTE } from './annotations.ts';
import './note-dialog.css';

interface Props {
  readonly exchanges: readonly number[];
  /** The note there is; '' without one. */
  readonly note: string;
  onSave(note: string): void;
  onClose(): void;
}

export function NoteDialog({ exchanges, note, onSave, onClose }: Props) {
  const [text, setText] = useState(note);
  const [first] = exchanges;
  const of =
    exchanges.length === 1 ? `#${formatCount(first ?? 0)}` : `${formatCount(exchanges.length)} requests`;
  return (
    <Dialog label={`Note on ${of}`} onClose={onClose}>
      <form
        className="note"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(text.trim());
          onClose();
        }}
      >
        <h2>Note on {of}</h2>
        <input
          autoFocus
          aria-label="Note"
          value={text}
          maxLength={LONGEST_NOTE}
          onChange={(event) => setText(event.target.value)}
        />
        <p className="dim">
          This window keeps it. <code className="mono">note:</code> and <code className="mono">is:noted</code>{' '}
          in the filter find it.
        </p>
        <div className="actions">
          <button type="button" className="btn line" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn ink">
            {text.trim() === '' && note !== '' ? 'Remove the note' : 'Save'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
