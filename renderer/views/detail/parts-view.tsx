/** Forms taken apart: names and values, and the parts of multipart content with their own heads. */
import { useMemo } from 'react';
import { bodyTypeOf, looksLikeText } from '../../explain/body-kind.ts';
import type { FormPair } from '../../explain/form-pairs.ts';
import type { Part } from '../../explain/multipart-parts.ts';
import { wireText } from '../../explain/wire-text.ts';
import { formatBytes, formatCount, formatExactBytes, spell } from '../../geometry/quantities.ts';
import { PictureView } from './visible-body.tsx';

export function PairsTable({
  pairs,
  label,
}: {
  readonly pairs: readonly FormPair[];
  readonly label: string;
}) {
  if (pairs.length === 0) return <p className="body-note">It is empty.</p>;
  return (
    <table className="pairs" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ name, value }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pairs have no other name, and do not move.
          <tr key={i}>
            <th scope="row" className="mono selectable">
              {wireText(name)}
            </th>
            <td className="mono selectable">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Characters of a text part that are shown. */
const SHOWN = 2000;

export function PartsView({
  content,
  parts,
}: {
  readonly content: Uint8Array;
  readonly parts: readonly Part[];
}) {
  if (parts.length === 0)
    return <p className="body-note bad">No boundary of the type was found in the content.</p>;
  return (
    <ol className="parts">
      {parts.map((part, i) => (
        <li key={part.start} data-testid="part">
          <h4>
            <span className="mono k-field-name">{wireText(part.name) || `Part ${i + 1}`}</span>
            {part.filename !== undefined && <span className="mono">{wireText(part.filename)}</span>}
            <span className="grow" />
            <span className="dim" title={spell(formatExactBytes(part.end - part.start))}>
              {spell(formatBytes(part.end - part.start))}
              {!part.whole && ', cut off'}
            </span>
          </h4>
          <dl className="part-head mono">
            {part.fields.map(([name, value]) => (
              <div key={name}>
                <dt>{wireText(name)}</dt>
                <dd className="selectable">{wireText(value)}</dd>
              </div>
            ))}
          </dl>
          <PartContent part={part} content={content} />
        </li>
      ))}
    </ol>
  );
}

function PartContent({ part, content }: { readonly part: Part; readonly content: Uint8Array }) {
  const { start, end } = part;
  // The same array while the content is: a picture is not loaded anew at each beat.
  const bytes = useMemo(() => content.subarray(start, end), [content, start, end]);
  const { kind, renderAs, mismatch } = bodyTypeOf(part.mediaType, bytes.subarray(0, 64));
  const note = mismatch === undefined ? null : <p className="body-note">{mismatch}.</p>;
  if ((kind === 'image' || kind === 'svg') && renderAs !== undefined) {
    return (
      <>
        {note}
        <PictureView bytes={bytes} type={renderAs} />
      </>
    );
  }
  if (!looksLikeText(bytes))
    return <p className="dim part-text">{formatCount(bytes.length)} bytes that are no text.</p>;
  const text = new TextDecoder().decode(bytes.subarray(0, SHOWN));
  return (
    <>
      {note}
      <pre className="part-text mono selectable">
        {text}
        {bytes.length > SHOWN && '…'}
      </pre>
    </>
  );
}
