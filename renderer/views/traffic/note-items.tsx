/** What a person may note on rows, in the menu of one of them. */
import { MARK_SHAPES } from '../../store/queries/annotation.ts';
import type { Row } from '../../store/queries/list.ts';
import { MenuItem } from '../shell/menu.tsx';
import { MarkSign } from './mark-sign.tsx';
import './note-items.css';
import type { RowActs } from './use-row-acts.ts';

interface Props {
  readonly row: Row;
  /** The row, or all that are chosen. */
  readonly exchanges: readonly number[];
  readonly acts: RowActs;
}

export function NoteItems({ row: { annotation }, exchanges, acts }: Props) {
  return (
    <>
      <MenuItem about="S" onPick={() => acts.pin(exchanges)}>
        {annotation?.pinned ? 'Let go' : 'Pin: stays when cleared'}
      </MenuItem>
      <MenuItem about="N" onPick={() => acts.note(exchanges)}>
        {annotation?.note ? 'Change the note' : 'Write a note'}
      </MenuItem>
      <div className="menu-marks" role="group" aria-label="Mark (M)">
        <span>Mark</span>
        {MARK_SHAPES.map((shape) => (
          <button
            key={shape}
            type="button"
            role="menuitemradio"
            aria-checked={annotation?.mark === shape}
            aria-label={shape}
            title={shape}
            onClick={() => acts.mark(exchanges, shape)}
          >
            <MarkSign shape={shape} size={14} />
          </button>
        ))}
        <span className="about">M</span>
      </div>
    </>
  );
}
