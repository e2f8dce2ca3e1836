/** How bytes are cut into writes, and where a cut is told apart from none. */
export const CUT_WAYS = ['whole', 'lines', 'every'] as const;
export type CutWay = (typeof CUT_WAYS)[number];

const LF = 0x0a;

/** Offsets at which another write begins: behind every line, or every so many bytes. */
export function cutsOf(bytes: Uint8Array, way: CutWay, every: number): number[] {
  const cuts: number[] = [];
  if (way === 'lines') {
    for (let i = 1; i < bytes.length; i++) if (bytes[i - 1] === LF) cuts.push(i);
  } else if (way === 'every') {
    const step = Math.max(1, Math.floor(every));
    for (let i = step; i < bytes.length; i += step) cuts.push(i);
  }
  return cuts;
}

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
