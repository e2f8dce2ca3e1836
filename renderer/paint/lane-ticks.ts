/** Every read as a tick above its lane's bar and every write as one below, higher with more bytes. */
import { laneMiddle } from '../geometry/lanes.ts';
import { timeToPx } from '../geometry/time-scale.ts';
import { bytesHeight } from './bytes-height.ts';
import type { Palette } from './palette.ts';
import { Runs } from './runs.ts';
import type { TimelinePicture } from './timeline.ts';

const GAP = 6;
const MOST = 13;
const WIDTH = 1.5;

export function paintTicks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  picture: TimelinePicture,
): void {
  const { ticks, scale, layout, firstLane } = picture;
  // One pass a colour: changing the fill for each tick costs more than drawing it.
  for (const out of [0, 1]) {
    context.fillStyle = out === 1 ? palette.write : palette.read;
    const runs = new Runs(context);
    for (let i = 0; i < ticks.count; i++) {
      if (ticks.out[i] !== out) continue;
      const x = timeToPx(scale, ticks.time[i]!);
      if (x < -WIDTH || x > scale.width) continue;
      const middle = laneMiddle(layout, firstLane + ticks.lane[i]!);
      const height = bytesHeight(ticks.bytes[i]!, MOST);
      runs.add(x - WIDTH / 2, out === 1 ? middle + GAP : middle - GAP - height, WIDTH, height);
    }
    runs.end();
  }
}
