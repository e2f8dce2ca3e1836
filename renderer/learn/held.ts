/** What the parser has in hand at a position, as facts for people. */
import { HTTP1_DEFAULTS } from '../../server-core/wire/limits.ts';
import { formatCount } from '../geometry/quantities.ts';
import { framingWords } from './stream-parser.ts';
import { readAt, spansAt, stateAt, type Tape } from './tape.ts';

export interface HeldFact {
  readonly name: string;
  readonly value: string;
  /** Set where the value is bytes as received. */
  readonly wire?: true;
}

const SHORT = 28;

export function heldAt(tape: Tape, position: number): HeldFact[] {
  const facts: HeldFact[] = [];
  const state = stateAt(tape, position);
  const token = tape.tokens[position]!;
  const read = readAt(tape, position);
  if (state.startsWith('ws-')) frameFacts(tape, position, facts);
  else messageFacts(tape, position, facts);
  if (token >= 0 && !state.startsWith('content') && state !== 'chunk-data' && state !== 'ws-payload') {
    facts.unshift({
      name: 'Token so far',
      value: tokenText(tape.subject.bytes.subarray(token, read)),
      wire: true,
    });
  }
  return facts;
}

function messageFacts(tape: Tape, position: number, facts: HeldFact[]): void {
  const { subject } = tape;
  const read = readAt(tape, position);
  const state = stateAt(tape, position);
  const token = tape.tokens[position]!;
  const began = tape.said.findLast(({ step, name }) => step <= position && name === 'begin');
  if (!began) return;
  const ended = tape.said.some(({ step, name }) => name === 'end' && step <= position && step > began.step);
  if (ended) return;
  const head = tape.heads.findLast(({ step }) => step <= position && step > began.step)?.value;
  const spans = tape.spans.slice(0, spansAt(tape, position)).filter(({ start }) => start >= began.at);
  const count = (kind: string) => spans.filter((span) => span.kind === kind).length;
  const limit = (used: number, most: number) => `${formatCount(used)} of ${formatCount(most)}`;
  if (head === undefined) {
    facts.push({ name: 'Field lines', value: limit(count('field-name'), HTTP1_DEFAULTS.maxFields) });
    facts.push({ name: 'Head', value: `${limit(read - began.at, HTTP1_DEFAULTS.maxHeadBytes)} B` });
    return;
  }
  facts.push({ name: 'Framing', value: framingWords(head.framing) });
  facts.push({
    name: 'Afterwards',
    value: head.keepAlive ? 'kept alive' : 'closed',
  });
  const body = spans.reduce((sum, { kind, start, end }) => sum + (kind === 'body' ? end - start : 0), 0);
  const here = state.startsWith('content') || state === 'chunk-data' ? read - Math.max(token, head.end) : 0;
  const content = body + (token >= 0 ? here : 0);
  if (head.framing.kind === 'length') {
    facts.push({ name: 'Content', value: `${limit(content, head.framing.length)} B` });
  } else if (head.framing.kind === 'chunked') {
    const chunks = count('chunk-size');
    facts.push({
      name: 'Chunks',
      value: `${formatCount(chunks)}, with ${formatCount(content)} B of content`,
    });
    if (state === 'chunk-size' && token >= 0) {
      const digits = tokenText(subject.bytes.subarray(token, read));
      facts.unshift({
        name: 'Size so far',
        value: `0x${digits} = ${formatCount(Number.parseInt(digits, 16))}`,
      });
      facts.push({ name: 'Digits', value: limit(read - token, HTTP1_DEFAULTS.maxChunkSizeDigits) });
    }
  } else if (head.framing.kind === 'until-close') {
    facts.push({ name: 'Content', value: `${formatCount(content)} B` });
  }
}

function frameFacts(tape: Tape, position: number, facts: HeldFact[]): void {
  const read = readAt(tape, position);
  const frame = tape.frames.findLast(({ step }) => step <= position)?.value;
  if (!frame || stateAt(tape, position) !== 'ws-payload') return;
  facts.push({ name: 'Opcode', value: String(frame.opcode) });
  facts.push({ name: 'Last of its message', value: frame.fin ? 'yes' : 'no' });
  facts.push({
    name: 'Payload',
    value: `${formatCount(read - frame.payloadStart)} of ${formatCount(frame.length)} B`,
  });
  if (frame.maskingKey !== undefined) {
    facts.push({ name: 'Masking key', value: frame.maskingKey.toString(16).padStart(8, '0'), wire: true });
  }
}

function tokenText(bytes: Uint8Array): string {
  const shown = bytes.subarray(Math.max(0, bytes.length - SHORT));
  const text = Array.from(shown, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '·',
  ).join('');
  return shown.length < bytes.length ? `…${text}` : text;
}
