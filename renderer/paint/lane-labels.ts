/** What was asked, over its bar, where there is room for it; at least the status where that is trouble. */
import { laneMiddle } from '../geometry/lanes.ts';
import { timeToPx } from '../geometry/time-scale.ts';
import { type Palette, statusHue } from './palette.ts';
import type { TimelinePicture } from './timeline.ts';

const ABOVE = 13;
const GAP = 6;
const GLYPH = 6;
const LONGEST = 40;

export function paintLabels(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const { bars, scale, layout, firstLane } = picture;
  context.font = palette.mono10;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  const written = new Map<number, number>();
  for (let i = 0; i < bars.count; i++) {
    const lane = bars.lane[i]!;
    const next = bars.lane[i + 1] === lane ? timeToPx(scale, bars.begin[i + 1]!) : scale.width;
    const x = Math.max(4, timeToPx(scale, bars.begin[i]!) + 5);
    if (x > scale.width || next < 0 || x < (written.get(lane) ?? Number.NEGATIVE_INFINITY)) continue;
    const status = bars.status[i]!;
    const shown = status === 200 || status === 0 ? '' : String(status);
    const room = Math.floor((next - x - GAP) / GLYPH) - (shown === '' ? 0 : shown.length + 1);
    const name = shortName(bars.label[i] ?? '');
    const y = laneMiddle(layout, firstLane + lane) - ABOVE;
    const strong = bars.exchange[i] === picture.selected;
    let at = x;
    if (name.length <= room) {
      at = write(name, at, y, strong ? palette.ink : palette.ink2) + (name === '' ? 0 : GLYPH);
    } else if (status < 400) continue;
    // At the edge it is not cut off.
    else at = Math.min(at, scale.width - shown.length * GLYPH - GAP);
    if (shown !== '') at = write(shown, at, y, statusHue(palette, status, bars.aborted[i] === 1));
    written.set(lane, at + GAP);
  }

  function write(text: string, x: number, y: number, ink: string): number {
    // A ring of the ground keeps ticks and lines from running through the letters.
    context.strokeStyle = palette.well;
    context.lineWidth = 4;
    context.strokeText(text, x, y);
    context.fillStyle = ink;
    context.fillText(text, x, y);
    return x + context.measureText(text).width;
  }
}

/** The end of a path is what tells it from its neighbours. */
function shortName(label: string): string {
  const path = label.split('?', 1)[0] ?? '';
  const name = path === '/' ? path : path.replace(/^\/(?=.)/, '');
  return name.length > LONGEST ? `…${name.slice(1 - LONGEST)}` : name;
}
