import { flushSync } from 'react-dom';

/** A page that is not shown has no frames, but goes on. */
const HIDDEN_MS = 100;

/** Runs a function before the next frame is drawn, with what React then has to draw. */
export function nextFrame(run: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    flushSync(run);
  };
  const timer = setTimeout(once, HIDDEN_MS);
  const frame = requestAnimationFrame(once);
}
