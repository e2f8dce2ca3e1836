/** Hatching means waiting. The pattern is made once a colour and tiles in device pixels. */
const made = new Map<string, CanvasPattern>();
const SIZE = 8;

export function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const held = made.get(colour);
  if (held) return held;
  const tile = new OffscreenCanvas(SIZE, SIZE);
  const ink = tile.getContext('2d');
  if (!ink) return colour;
  ink.strokeStyle = colour;
  ink.lineWidth = 2.5;
  ink.beginPath();
  for (const shift of [-SIZE / 2, 0, SIZE / 2, SIZE]) {
    ink.moveTo(shift - 1, SIZE + 1);
    ink.lineTo(shift + SIZE + 1, -1);
  }
  ink.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return colour;
  made.set(colour, pattern);
  return pattern;
}
