/** One message or event in full, below the list of them. */
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { looksLikeText } from '../../explain/body-kind.ts';
import { closeMeaning } from '../../explain/close-codes.ts';
import { formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { TalkResult } from '../../store/queries/talk.ts';
import { ICON } from '../shell/icons.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { CodeView } from './code-view.tsx';
import { JsonView } from './json-view.tsx';
import { PlainHex } from './plain-hex.tsx';
import { Segments } from './segments.tsx';

interface Props {
  readonly opened: NonNullable<TalkResult['opened']>;
  onClose(): void;
}

type Mode = 'tree' | 'text' | 'hex';

export function OpenedMessage({ opened, onClose }: Props) {
  const { row, bytes, whole } = opened;
  const [mode, setMode] = useSetting<Mode>('message-mode', 'tree', oneOf(['tree', 'text', 'hex'] as const));
  // The result is a new one at each beat; its bytes are the same while the row is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: bytes follow from the row.
  const kept = useMemo(() => bytes, [row.index, row.inflated, bytes.length]);
  const content = row.kind === 'close' ? kept.subarray(2) : kept;
  const packed = row.compressed && row.inflated === undefined;
  const isText = row.kind === 'binary' || packed ? looksLikeText(content) : true;
  const text = useMemo(() => (isText ? new TextDecoder().decode(content) : ''), [isText, content]);
  const isJson = isText && /^\s*[[{]/.test(text);
  const modes: { readonly value: Mode; readonly name: string }[] = [];
  if (isJson) modes.push({ value: 'tree', name: 'Tree' });
  if (isText) modes.push({ value: 'text', name: 'Text' });
  modes.push({ value: 'hex', name: 'Hex' });
  const shown = modes.some(({ value }) => value === mode) ? mode : modes[0]!.value;
  return (
    <section className="opened" aria-label="The chosen message" data-testid="opened-message">
      <div className="band">
        <b>#{formatCount(row.index + 1)}</b>
        <span>{row.kind}</span>
        <span>{spell(formatExactBytes(row.length))}</span>
        {row.frames > 1 && <span>in {formatCount(row.frames)} frames</span>}
        {row.inflated !== undefined && <span>compressed from {spell(formatExactBytes(row.inflated))}</span>}
        {row.compressed && row.inflated === undefined && <span>still compressed (RFC 7692)</span>}
        {row.eventId !== '' && <span className="clip">id {row.eventId}</span>}
        {row.kind === 'close' && (
          <span className="clip">
            {row.closeCode} {closeMeaning(row.closeCode)}
          </span>
        )}
        {!whole && <span>shown up to {spell(formatExactBytes(bytes.length))}</span>}
        <span className="grow" />
        <Segments<Mode> label="Shown as" value={shown} choices={modes} onChange={setMode} />
        <button type="button" className="btn small square" aria-label="Close the message" onClick={onClose}>
          <X {...ICON} size={14} />
        </button>
      </div>
      {shown === 'tree' && <JsonView text={text} cutOff={!whole} />}
      {shown === 'text' && <CodeView text={text} language={undefined} label="Message as text" more={null} />}
      {shown === 'hex' && <PlainHex bytes={content} label="Message in hex" />}
    </section>
  );
}
