/** Bytes that belong to no message any more, such as decoded content: offset, 8+8 bytes, text. */
import { useRef } from 'react';
import { PER_LINE } from '../../geometry/hex-lines.ts';
import { formatOffset } from '../../geometry/quantities.ts';
import { useSize } from '../shell/use-size.ts';
import { byteSign } from './byte-sign.ts';
import { HEX } from './hex-line-view.tsx';
import { useLineScroll } from './line-scroll.ts';

const SPARE_LINES = 12;

export function PlainHex({ bytes, label }: { readonly bytes: Uint8Array; readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const lines = Math.ceil(bytes.length / PER_LINE);
  const scroll = useLineScroll(scroller, lines * HEX.line + 2 * HEX.pad, height);
  const first = Math.max(0, Math.floor(scroll.top / HEX.line) - SPARE_LINES);
  const last = Math.min(lines, Math.ceil((scroll.top + height) / HEX.line) + SPARE_LINES);
  const shown = [];
  for (let n = first; n < last; n++) shown.push(n);
  return (
    <div className="hex plain" ref={scroller} role="region" aria-label={label} tabIndex={0}>
      <div className="hex-lines" style={{ height: scroll.height }}>
        {shown.map((n) => (
          <div
            className="hex-line"
            key={n}
            style={{ top: HEX.pad + n * HEX.line + scroll.shift }}
            data-testid="plain-hex-line"
          >
            <PlainLine bytes={bytes.subarray(n * PER_LINE, (n + 1) * PER_LINE)} offset={n * PER_LINE} />
          </div>
        ))}
      </div>
    </div>
  );
}

function PlainLine({ bytes, offset }: { readonly bytes: Uint8Array; readonly offset: number }) {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const half = PER_LINE / 2;
  return (
    <>
      <span className="offset">{formatOffset(offset)}</span>
      <span className="plain-half">{pairs.slice(0, half).join(' ')}</span>
      <span className="plain-half">{pairs.slice(half).join(' ')}</span>
      <span aria-hidden="true">{Array.from(bytes, (byte) => byteSign(byte, false).sign).join('')}</span>
    </>
  );
}
