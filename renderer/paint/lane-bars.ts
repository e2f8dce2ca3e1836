/** Exchanges as bars by phase: reading, work, sending, with waits for the socket hatched over it. */
import { laneMiddle } from '../geometry/lanes.ts';
import { timeToPx } from '../geometry/time-scale.ts';
import { hatch } from './hatch.ts';
import type { Palette } from './palette.ts';
import type { TimelinePicture } from './timeline.ts';

const THICK = 9;

export function paintBars(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const { bars, waits, scale, layout, firstLane, now } = picture;
  const px = (time: number) => Math.min(scale.width + 2, Math.max(-2, timeToPx(scale, time)));
  const fill = (lane: number, from: number, to: number, ink: string | CanvasPattern) => {
    const left = px(from);
    context.fillStyle = ink;
    context.fillRect(left, top(lane), Math.max(1, px(to) - left), THICK);
  };
  const top = (lane: number) => laneMiddle(layout, firstLane + lane) - THICK / 2;

  for (let i = 0; i < bars.count; i++) {
    const lane = bars.lane[i]!;
    const [begin, head, response, end] = [bars.begin[i]!, bars.head[i]!, bars.response[i]!, bars.end[i]!];
    const until = Number.isNaN(end) ? now : end;
    const open = Number.isNaN(end);
    const readEnd = known(head, until);
    const workEnd = known(response, until);
    if (Number.isNaN(head) && open) dashed(lane, begin, until, palette.read, palette.readGround);
    else fill(lane, begin, readEnd, palette.read);
    if (!Number.isNaN(head)) fill(lane, head, workEnd, palette.work);
    if (Number.isNaN(response)) continue;
    if (open) dashed(lane, response, until, palette.write, palette.writeGround);
    else fill(lane, response, until, palette.write);
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
