/** All 256 values that the next byte may have, and what each would do. */
import { bytesInWords, byteWord, hexByte, unbroken } from '../../learn/byte-words.ts';
import type { NextBytes } from '../../learn/next-byte.ts';

interface Props {
  readonly next: NextBytes;
  /** The byte that does come. */
  readonly coming: number | undefined;
}

const CELL = 7;
const LEFT = 10;
const TOP = 10;
const HEX = '0123456789abcdef';
const MOST_GROUPS = 5;

export function NextByteMap({ next, coming }: Props) {
  const accepted = next.groups.filter(({ fault }) => fault === undefined);
  const count = accepted.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const at = (byte: number) => ({ x: LEFT + (byte & 15) * CELL, y: TOP + (byte >> 4) * CELL });
  return (
    <section>
      <h3>
        Next byte may be <span className="mono">{count} of 256</span>
      </h3>
      <div className="next-map">
        <svg width={LEFT + 16 * CELL} height={TOP + 16 * CELL} aria-hidden="true">
          {[...HEX].map((digit, n) => (
            <g key={digit}>
              <text x={LEFT + n * CELL + 1} y={7}>
                {digit}
              </text>
              <text x={0} y={TOP + n * CELL + 6}>
                {digit}
              </text>
            </g>
          ))}
          {next.outcomes.map(({ fault }, byte) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the byte's value.
              key={byte}
              className={fault ? 'no' : 'yes'}
              {...at(byte)}
              width={CELL - 1}
              height={CELL - 1}
            />
          ))}
          {coming !== undefined && (
            <rect
              className="coming"
              x={at(coming).x - 1}
              y={at(coming).y - 1}
              width={CELL + 1}
              height={CELL + 1}
            />
          )}
        </svg>
        <dl>
          {accepted.slice(0, MOST_GROUPS).map((group) => (
            <div key={`${group.state}${group.ends}`}>
              <dt className="mono">{unbroken(bytesInWords(group.bytes))}</dt>
              <dd className="mono dim">{group.stays ? 'stay' : group.state}</dd>
            </div>
          ))}
          {accepted.length > MOST_GROUPS && (
            <div className="dim">and {accepted.length - MOST_GROUPS} more</div>
          )}
        </dl>
      </div>
      {coming !== undefined && (
        <p className="coming-is dim">
          Next is <span className="mono ink2">{hexByte(coming)}</span>
          {!byteWord(coming).startsWith('\\x') && <span className="mono ink2"> {byteWord(coming)}</span>}
        </p>
      )}
    </section>
  );
}
