/**
 * A shorter stream that leaves the parser where a long one left it, so that a byte can be tried 256 times behind
 * either at no more than the cost of a head. What a message before meant is over once the next one begins, and what
 * a chunk held is over with its CRLF; a test tries every byte behind both.
 */
import type { SpanKind } from '../../server-core/wire/span.ts';
import { readAt, type Subject, spansAt, stateAt, type Tape } from './tape.ts';

/** The subject with fewer bytes: all of them are read. */
export function shortPast(tape: Tape, position: number): Subject {
  const { subject } = tape;
  const read = readAt(tape, position);
  const whole = { ...subject, bytes: subject.bytes.subarray(0, read) };
  if (stateAt(tape, position).startsWith('ws-')) return whole;
  const anchor = tape.said.findLast(
    ({ step, name }) => step <= position && (name === 'begin' || name === 'end'),
  );
  if (!anchor) return whole;
  const isFirst = !tape.said.some(({ step, name }) => name === 'end' && step < anchor.step);
  // Behind the last message of a connection another state follows than between two.
  if (anchor.name === 'end' && stateAt(tape, anchor.step) !== 'idle') return whole;
  const parts = withoutChunks(tape, position, anchor.at, read);
  // A first message stays the first: what may begin a connection may not begin a later message.
  if (isFirst && anchor.name === 'begin') {
    return { ...subject, bytes: joined(subject.bytes.subarray(0, anchor.at), ...parts) };
  }
  const answered = tape.heads.filter(
    ({ step, value }) => step < anchor.step && value.role === 'response' && value.status >= 200,
  ).length;
  const before = subject.role === 'request' ? REQUEST : RESPONSE;
  return {
    ...subject,
    answers: ['GET', ...subject.answers.slice(answered)],
    bytes: joined(before, ...parts),
  };
}

const REQUEST = bytesOf('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
const RESPONSE = bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');

/** The bytes [from, to) without all chunks but the last two, unless they had extensions: those are counted. */
function withoutChunks(tape: Tape, position: number, from: number, to: number): Uint8Array[] {
  const { bytes } = tape.subject;
  const spans = tape.spans.slice(0, spansAt(tape, position)).filter(({ start }) => start >= from);
  const starts = (kind: SpanKind) => spans.filter((span) => span.kind === kind).map(({ start }) => start);
  const sizes = starts('chunk-size');
  const [first, resume] = [sizes[0], sizes.at(-2)];
  if (first === undefined || resume === undefined || starts('chunk-extension').length > 0) {
    return [bytes.subarray(from, to)];
  }
  return [bytes.subarray(from, first), bytes.subarray(resume, to)];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}
