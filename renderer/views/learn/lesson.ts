/** What the parser is shown with: a captured message, or bytes that were typed. */
import type { Direction } from '../../../server-core/capture/events.ts';
import type { SentConnection } from '../../../server-core/capture/send-call.ts';
import { specimenOf, specimenText } from '../../learn/gallery.ts';
import type { Subject } from '../../learn/tape.ts';
import { type Draft, draftBytes } from '../compose/byte-editor.tsx';
import { FIRST_LOOK_UP, type LookUp } from './glossary.tsx';

export interface Lesson {
  readonly tool: 'parser' | 'ladder' | 'bench' | 'glossary';
  /** Undefined: the typed bytes. */
  readonly exchange: number | undefined;
  readonly side: Direction;
  readonly typed: Draft;
  readonly lookUp: LookUp;
  /** The exchange whose connection is drawn; our end of it, where it was ours. */
  readonly ladder: { readonly exchange: number; readonly sent: SentConnection | undefined } | undefined;
}

/** As a folder is served. */
export const TYPED_READER: Omit<Subject, 'bytes'> = {
  role: 'request',
  leniencies: { allowObsTextInTarget: true },
  answers: [],
  frames: 'agreed',
  deflate: false,
  closed: false,
};

/** Stands for the server where none is asked. */
export const TYPED_HOST = 'localhost:8080';

export const FIRST_LESSON: Lesson = {
  tool: 'parser',
  ladder: undefined,
  lookUp: FIRST_LOOK_UP,
  exchange: undefined,
  side: 'in',
  typed: { mode: 'text', text: specimenText(specimenOf('chunked'), TYPED_HOST) },
};

export function typedSubject(draft: Draft): Subject {
  const { bytes } = draftBytes(draft);
  // An answer begins with its version, as no request does.
  const isResponse = String.fromCharCode(...bytes.subarray(0, 5)) === 'HTTP/';
  return isResponse
    ? { ...TYPED_READER, role: 'response', leniencies: {}, frames: 'taken', bytes }
    : { ...TYPED_READER, bytes };
}
