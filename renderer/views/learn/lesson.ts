/** What the parser is shown with: a captured message, or bytes that were typed. */
import type { Direction } from '../../../server-core/capture/events.ts';
import { SPECIMENS, specimenText } from '../../learn/gallery.ts';
import type { Subject } from '../../learn/tape.ts';
import { type Draft, draftBytes } from '../compose/byte-editor.tsx';

export interface Lesson {
  /** Undefined: the typed bytes. */
  readonly exchange: number | undefined;
  readonly side: Direction;
  readonly typed: Draft;
}

/** As a folder is served. */
export const TYPED_READER: Omit<Subject, 'bytes'> = {
  role: 'request',
  leniencies: { allowObsTextInTarget: true },
  answers: 'GET',
  frames: 'agreed',
  deflate: false,
  closed: false,
};

/** Stands for the server where none is asked. */
export const TYPED_HOST = 'localhost:8080';

export const FIRST_LESSON: Lesson = {
  exchange: undefined,
  side: 'in',
  typed: { mode: 'text', text: specimenText(SPECIMENS.find(({ id }) => id === 'chunked')!, TYPED_HOST) },
};

export function typedSubject(draft: Draft): Subject {
  const { bytes } = draftBytes(draft);
  // An answer begins with its version, as no request does.
  const isResponse = String.fromCharCode(...bytes.subarray(0, 5)) === 'HTTP/';
  return isResponse
    ? { ...TYPED_READER, role: 'response', leniencies: {}, frames: 'taken', bytes }
    : { ...TYPED_READER, bytes };
}
