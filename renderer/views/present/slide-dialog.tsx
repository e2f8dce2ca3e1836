import { useState } from 'react';
import { formatCount, formatDuration, formatOffset, spell } from '../../geometry/quantities.ts';
import { LONGEST_TEXT, type SlidePlace } from '../../learn/slides.ts';
import { Dialog } from '../shell/dialog.tsx';

interface Props {
  readonly place: SlidePlace;
  onSave(text: string): void;
  onClose(): void;
}

export function SlideDialog({ place, onSave, onClose }: Props) {
  const [text, setText] = useState('');
  return (
    <Dialog label="Note to present by" onClose={onClose}>
      <form
        className="slide-form"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(text.trim());
          onClose();
        }}
      >
        <h2>Note on {placeWords(place)}</h2>
        <textarea
          autoFocus
          aria-label="Text of the note"
          rows={3}
          maxLength={LONGEST_TEXT}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        <p className="dim">This window keeps it. Saved as a file, it can lie beside the capture.</p>
        <div className="actions">
          <button type="button" className="btn line" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn ink" disabled={text.trim() === ''}>
            Pin it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function placeWords(place: SlidePlace): string {
  if (place.kind === 'time') return `${spell(formatDuration(place.to - place.from))} of time`;
  const of = `#${formatCount(place.exchange)}`;
  if (place.kind === 'exchange') return of;
  const side = place.side === 'in' ? 'request' : 'response';
  return `bytes ${formatOffset(place.from)} to ${formatOffset(place.to - 1)} of the ${side} ${of}`;
}
