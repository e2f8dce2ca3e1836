/** Bytes of one's own for the parser: typed, or taken from the gallery and changed. */
import { specimenText } from '../../learn/gallery.ts';
import type { Subject } from '../../learn/tape.ts';
import { ByteEditor, type Draft, draftBytes, typedWords } from '../compose/byte-editor.tsx';
import { EditModes } from '../compose/edit-modes.tsx';
import { Gallery } from '../compose/gallery.tsx';
import { TYPED_HOST } from './lesson.ts';

interface Props {
  readonly draft: Draft;
  readonly reader: Omit<Subject, 'bytes'>;
  onDraft(draft: Draft): void;
  onStep(): void;
}

export function TypedBytes({ draft, reader, onDraft, onStep }: Props) {
  const { bytes, problem } = draftBytes(draft);
  return (
    <div className="typed">
      <div className="typed-main">
        <ByteEditor draft={draft} label="Bytes to step through" reader={reader} onChange={onDraft} />
        <footer className="typed-foot">
          <EditModes draft={draft} onDraft={onDraft} />
          <span className={problem ? 'problem clip' : 'dim clip'} role="status">
            {problem ?? typedWords(draft, bytes)}
          </span>
          <span className="grow" />
          <button type="button" className="btn ink" disabled={problem !== undefined} onClick={onStep}>
            Step through it
          </button>
        </footer>
      </div>
      <Gallery onPick={(specimen) => onDraft({ mode: 'text', text: specimenText(specimen, TYPED_HOST) })} />
    </div>
  );
}
