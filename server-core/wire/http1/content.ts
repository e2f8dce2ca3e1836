/** Steps over content whose end is known from the head, or is the end of the connection. RFC 9112 §6.2, §6.3. */
import { finishMessage } from './head.ts';
import type { Machine } from './machine.ts';

export function content(m: Machine, _chunk: Uint8Array, i: number, end: number): number {
  const stop = takeContent(m, i, end);
  if (m.remaining > 0) return stop;
  m.emit('body', stop);
  finishMessage(m, stop);
  return stop;
}

export function contentUntilClose(m: Machine, _chunk: Uint8Array, i: number, end: number): number {
  m.sink.body(m.base + i, m.base + end);
  return end;
}

/** Hands on as much of the content still to come as there is, and returns where that stops. */
export function takeContent(m: Machine, i: number, end: number): number {
  const stop = Math.min(end, i + m.remaining);
  m.remaining -= stop - i;
  m.sink.body(m.base + i, m.base + stop);
  return stop;
}
