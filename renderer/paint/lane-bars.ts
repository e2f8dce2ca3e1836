/** Exchanges as bars by phase: reading, work, sending, with waits for the socket hatched over it. */
import { laneMiddle } from '../geometry/lanes.ts';
import { timeToPx } from '../geometry/time-scale.ts';
import { hatch } from './hatch.ts';
import type { Palette } from './palette.ts';
import { Runs } from './runs.ts';
import type { TimelinePicture } from './timeline.ts';

const THICK = 9;

export function paintBars(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const { bars, waits, scale, layout, firstLane, now } = picture;
  const px = (time: number) => Math.min(scale.width + 2, Math.max(-2, timeToPx(scale, time)));
  const top = (lane: number) => laneMiddle(layout, firstLane + lane) - THICK / 2;
  /** A phase of all bars, one colour after the other: changing it for each bar costs more than drawing. */
  const fill = (ink: string, from: (bar: number) => number, to: (bar: number) => number) => {
    context.fillStyle = ink;
    const runs = new Runs(context);
    for (let i = 0; i < bars.count; i++) {
      const start = from(i);
      if (Number.isNaN(start)) continue;
      const left = px(start);
      runs.add(left, top(bars.lane[i]!), Math.max(1, px(to(i)) - left), THICK);
    }
    runs.end();
  };
  const isOpen = (bar: number) => Number.isNaN(bars.end[bar]!);
  const until = (bar: number) => known(bars.end[bar]!, now);
  const headOf = (bar: number) => bars.head[bar]!;
  const responseOf = (bar: number) => bars.response[bar]!;
  // What is still open in its last phase is drawn dashed.
  const readFrom = (i: number) => (isOpen(i) && Number.isNaN(headOf(i)) ? Number.NaN : bars.begin[i]!);
  const writeFrom = (i: number) => (isOpen(i) ? Number.NaN : responseOf(i));
  fill(palette.read, readFrom, (i) => known(headOf(i), until(i)));
  fill(palette.work, headOf, (i) => known(responseOf(i), until(i)));
  fill(palette.write, writeFrom, until);
  for (let i = 0; i < bars.count; i++) {
    if (!isOpen(i)) continue;
    const lane = bars.lane[i]!;
    if (Number.isNaN(headOf(i))) dashed(lane, bars.begin[i]!, now, palette.read, palette.readGround);
    else if (!Number.isNaN(responseOf(i)))
      dashed(lane, responseOf(i), now, palette.write, palette.writeGround);
  }

  const hatching = hatch(context, palette.drain);
  for (let i = 0; i < waits.count; i++) {
    const lane = waits.lane[i]!;
    const left = px(waits.from[i]!);
    const width = px(waits.to[i]!) - left;
    if (width < 2) continue;
    context.fillStyle = palette.well;
    context.fillRect(left, top(lane), width, THICK);
    context.fillStyle = hatching;
    context.fillRect(left, top(lane), width, THICK);
  }

  for (let i = 0; i < bars.count; i++) {
    if (bars.exchange[i] !== picture.selected) continue;
    const left = px(bars.begin[i]!) - 3;
    const right = px(known(bars.end[i]!, now)) + 3;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1;
    const y = Math.floor(top(bars.lane[i]!)) - 2.5;
    context.strokeRect(Math.round(left) + 0.5, y, Math.max(5, Math.round(right - left)), THICK + 6);
  }

  /** Dashed means not finished. */
  function dashed(lane: number, from: number, to: number, ink: string, ground: string): void {
    const left = Math.round(px(from)) + 0.5;
    const width = Math.max(2, Math.round(px(to) - left));
    context.fillStyle = ground;
    context.fillRect(left, top(lane), width, THICK);
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.strokeRect(left, Math.floor(top(lane)) + 0.5, width, THICK - 1);
    context.setLineDash([]);
  }
}

function known(time: number, otherwise: number): number {
  return Number.isNaN(time) ? otherwise : time;
}
