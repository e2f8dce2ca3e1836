/** The strip that says what is under the pointer, so that nothing has to cover the bytes. */
import { faultInfo } from '../../../server-core/wire/faults.ts';
import { formatCount, formatOffset } from '../../geometry/quantities.ts';
import type { MessageView } from '../../store/queries.ts';
import { fieldMeaning } from './field-meanings.ts';
import type { Region } from './regions.ts';
import { TOKEN_MEANINGS } from './token-meanings.ts';

interface Props {
  readonly message: MessageView | undefined;
  readonly region: Region | undefined;
  /** The byte itself, when the pointer or the cursor is on one. */
  readonly offset: number | undefined;
}

export function Readout({ message, region, offset }: Props) {
  if (!message || !region) {
    return (
      <div className="readout idle" data-testid="readout">
        <p>Point at a byte or a field to see what it is.</p>
      </div>
    );
  }
  const { name, sentence, section } = explain(message, region);
  const value = offset === undefined ? undefined : message.bytes?.[offset];
  const length = region.end - region.start;
  return (
    <div className="readout" data-testid="readout" aria-live="polite">
      <p className="readout-head">
        <b className="readout-name">{name}</b>
        <span className="mono">
          {formatOffset(region.start)}–{formatOffset(region.end - 1)}
        </span>
      </p>
      <p>{sentence}</p>
      <p className="dim">
        {section !== '' && `${section}, `}
        {formatCount(length)} {length === 1 ? 'byte' : 'bytes'}
        {offset !== undefined && value !== undefined && (
          <span className="mono">
            {' '}
            {formatOffset(offset)}: {value.toString(16).padStart(2, '0')} {signName(value)}
          </span>
        )}
      </p>
    </div>
  );
}

/** A field's own meaning; for a byte of no known field, what its kind means; for a fault, the fault. */
function explain({ fault }: MessageView, { field, kind }: Region) {
  if (fault && (kind === 'faulty' || kind === 'unread')) {
    const { sentence, section } = faultInfo(fault.code);
    return { name: TOKEN_MEANINGS[kind].name, sentence: `${sentence}.`, section };
  }
  if (!field) return TOKEN_MEANINGS[kind];
  const meaning = fieldMeaning(field.name);
  if (meaning) return { name: field.name, ...meaning };
  return {
    name: field.name,
    sentence: `${TOKEN_MEANINGS[kind].name} of a field without a common meaning.`,
    section: '',
  };
}

const CONTROL_NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  9: 'TAB',
  10: 'LF',
  13: 'CR',
  32: 'SP',
  127: 'DEL',
};

function signName(value: number): string {
  const named = CONTROL_NAMES[value];
  if (named !== undefined) return named;
  return value > 32 && value < 127 ? `"${String.fromCharCode(value)}"` : `= ${value}`;
}
