/**
 * An editor of bytes, as text with CR and LF as signs of their own, or as hex. The signs are drawn over their
 * escapes, which have the same width, so that what is edited is plain text and copies as such.
 */
import { type ClipboardEvent, type KeyboardEvent, useMemo } from 'react';
import { formatExactBytes, spell } from '../../geometry/quantities.ts';
import {
  parseEscapes,
  parseHex,
  pastedText,
  type TypedBytes,
  writeEscapes,
  writeHex,
} from '../../learn/escapes.ts';
import { recordTape, type Subject } from '../../learn/tape.ts';
import { typedParts } from '../../learn/typed-parts.ts';
import './byte-editor.css';

export type EditMode = 'text' | 'hex';

export interface Draft {
  readonly mode: EditMode;
  readonly text: string;
}

/** Colours cost a look at every byte on every key; past this the text is plain. */
const MOST_COLOURED = 8192;

export function draftBytes({ mode, text }: Draft): TypedBytes {
  return mode === 'hex' ? parseHex(text) : parseEscapes(text);
}

/** How many bytes there are, and how one types more. */
export function typedWords({ mode }: Draft, bytes: Uint8Array): string {
  const length = spell(formatExactBytes(bytes.length));
  return mode === 'hex'
    ? `${length}. Two digits a byte; spaces and line ends count for nothing.`
    : `${length}. Enter ends a line with CRLF, Shift Enter with LF alone.`;
}

/** The same bytes in the other notation; the draft as it is while it has a problem. */
export function inMode(draft: Draft, mode: EditMode): Draft {
  const { bytes, problem } = draftBytes(draft);
  if (mode === draft.mode || problem !== undefined) return draft;
  return { mode, text: mode === 'hex' ? writeHex(bytes) : writeEscapes(bytes) };
}

interface Props {
  readonly draft: Draft;
  readonly label: string;
  /** What reads the bytes, for their colours. */
  readonly reader: Omit<Subject, 'bytes'>;
  onChange(draft: Draft): void;
}

export function ByteEditor({ draft, label, reader, onChange }: Props) {
  const { mode, text } = draft;
  const parts = useMemo(() => {
    if (mode === 'hex' || text.length > MOST_COLOURED) return undefined;
    const { bytes } = parseEscapes(text);
    const tape = recordTape({ ...reader, bytes });
    const done = tape.spans.at(-1)?.end ?? 0;
    const rest = [{ kind: 'unread', start: done, end: bytes.length } as const];
    return typedParts(text, tape.fault ? [...tape.spans, ...rest] : tape.spans);
  }, [mode, text, reader]);
  const change = (next: string) => onChange({ mode, text: next });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (mode === 'hex' || event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    insert(event.currentTarget, event.shiftKey ? '\\n\n' : '\\r\\n\n', change);
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    if (mode === 'hex') return;
    event.preventDefault();
    insert(event.currentTarget, pastedText(event.clipboardData.getData('text/plain')), change);
  };
  return (
    <div className="byte-editor well mono">
      <pre aria-hidden="true" className={parts ? '' : 'plain'}>
        {parts
          ? parts.map(({ text: piece, kind, sign }, n) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place.
                key={n}
                className={`${kind ? `k-${kind}` : ''}${sign ? ' sign' : ''}`}
              >
                {sign ?? piece}
              </span>
            ))
          : text}
        {'\n'}
      </pre>
      <textarea
        aria-label={label}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
    </div>
  );
}

/** As if it were typed, so that it can be undone. */
function insert(area: HTMLTextAreaElement, piece: string, change: (text: string) => void): void {
  area.focus();
  if (document.execCommand('insertText', false, piece)) return;
  const { selectionStart, selectionEnd, value } = area;
  change(value.slice(0, selectionStart) + piece + value.slice(selectionEnd));
}
