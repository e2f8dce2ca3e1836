/** The strip that says what is under the pointer, so that nothing has to cover the bytes. */
import { faultInfo } from '../../../server-core/wire/faults.ts';
import type { Range } from '../../explain/byte-search.ts';
import { formatCount, formatOffset } from '../../geometry/quantities.ts';
import type { MessageView } from '../../store/queries/detail.ts';
import { MoreButton } from '../learn/more-button.tsx';
import { byteName } from './byte-sign.ts';
import { fieldMeaning } from './field-meanings.ts';
import type { Region } from './regions.ts';
import { TOKEN_MEANINGS } from './token-meanings.ts';

interface Props {
  readonly message: MessageView | undefined;
  readonly region: Region | undefined;
  /** The byte itself, when the pointer or the cursor is on one, and its value. */
  readonly offset: number | undefined;
  readonly value: number | undefined;
  readonly selection: Range | undefined;
}

export function Readout({ message, region, offset, value, selection }: Props) {
  if (!message || !region) {
    return (
      <div className="readout idle" id="byte-readout" data-testid="readout">
        <p>
          Point at a byte or a part to see what it is. Drag, or hold Shift with the arrows, to choose bytes.
        </p>
      </div>
    );
  }
  const { name, sentence, section } = explain(message, region);
  const length = region.end - region.start;
  const chosen = selection === undefined ? 0 : selection.end - selection.start;
  return (
    <div className="readout" id="byte-readout" data-testid="readout" aria-live="polite">
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
          <span>
            {', '}
            <span className="mono">
              {formatOffset(offset)}: {value.toString(16).padStart(2, '0')} {byteName(value)}
            </span>
          </span>
        )}
        {chosen > 1 && (
          <span>
            {', '}
            {formatCount(chosen)} chosen from <span className="mono">{formatOffset(selection!.start)}</span>
          </span>
        )}{' '}
        <MoreButton kind={region.field ? 'field' : 'token'} of={region.field?.name ?? region.kind} />
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
