/** An address as a picture that a phone's camera reads. */
import { useMemo } from 'react';
import { encode } from 'uqr';

/** Modules of white around it: ISO/IEC 18004 asks for four. */
const QUIET = 4;

export function QrCode({ text }: { readonly text: string }) {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={`QR code of ${text}`}
    >
      <path d={path} />
    </svg>
  );
}

/** A rectangle for each run of dark modules in a row. */
function drawn(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const after = row.indexOf(false, x);
      return [`M${x} ${y}h${(after < 0 ? row.length : after) - x}v1H${x}z`];
    }),
  );
  return { size, path: runs.join('') };
}
