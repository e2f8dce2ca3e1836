/** A head as the text that it was: what cannot be seen is drawn, and each line ends where it did. */
import { byteSign } from './byte-sign.ts';

const LF = 0x0a;

export function HeadText({ bytes }: { readonly bytes: Uint8Array }) {
  return (
    <pre className="head-text mono selectable">
      {linesOf(bytes).map((line) => (
        <span key={line.byteOffset} className="head-line">
          {runsOf(line).map(({ at, text, control }) =>
            control ? (
              <i key={at} className={text === '·' ? 'head-space' : 'head-sign'}>
                {text}
              </i>
            ) : (
              text
            ),
          )}
        </span>
      ))}
    </pre>
  );
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

interface Run {
  readonly at: number;
  readonly text: string;
  readonly control: boolean;
}

/** Signs of a kind put together; a space stands alone, so that a line may break at it. */
function runsOf(line: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (const [at, byte] of line.entries()) {
    const { sign, control } = byteSign(byte, true);
    const last = runs.at(-1);
    if (last && last.control === control && sign !== '·' && last.text !== '·') {
      runs[runs.length - 1] = { ...last, text: last.text + sign };
    } else runs.push({ at, text: sign, control });
  }
  return runs;
}
