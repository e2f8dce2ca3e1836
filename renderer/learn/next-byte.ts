/**
 * What each possible next byte would do. Nothing here knows the grammar: the parser reads the bytes so far and then
 * the byte in question, 256 times. Content costs it nothing, so that this is quick behind large bodies too.
 */
import { type FaultCode, faultInfo } from '../../server-core/wire/faults.ts';
import type { Role } from '../../server-core/wire/http1/events.ts';
import type { Http1Leniencies } from '../../server-core/wire/limits.ts';
import { isFinal, type StateId } from './parser-states.ts';
import { shortPast } from './short-past.ts';
import { StreamParser, type StreamSink } from './stream-parser.ts';
import { type Subject, stateAt, type Tape } from './tape.ts';

export interface Outcome {
  readonly state: StateId;
  readonly fault: FaultCode | undefined;
  /** The message is complete with this byte. */
  readonly ends: boolean;
}

export interface OutcomeGroup extends Outcome {
  /** Byte values that lead there, ascending. */
  readonly bytes: readonly number[];
  /** Nothing changes: the byte is one more of the token. */
  readonly stays: boolean;
}

export interface NextBytes {
  /** By byte value. */
  readonly outcomes: readonly Outcome[];
  /** Accepted ones first, in the order of their lowest byte. */
  readonly groups: readonly OutcomeGroup[];
  /** What the end of the stream would be here. */
  readonly close: Outcome;
}

/** Undefined where no byte is read any more. */
export function nextBytes(tape: Tape, position: number): NextBytes | undefined {
  const state = stateAt(tape, position);
  if (isFinal(state) || position > tape.read) return undefined;
  const past = shortPast(tape, position);
  const outcomes: Outcome[] = [];
  for (let byte = 0; byte < 256; byte++) outcomes.push(outcomeOf(past, byte));
  const groups = new Map<string, { readonly outcome: Outcome; readonly bytes: number[] }>();
  for (const [byte, outcome] of outcomes.entries()) {
    const key = `${outcome.fault ?? outcome.state} ${outcome.ends}`;
    const group = groups.get(key) ?? { outcome, bytes: [] };
    group.bytes.push(byte);
    groups.set(key, group);
  }
  return {
    outcomes,
    groups: [...groups.values()]
      .map(({ outcome, bytes }) => ({
        ...outcome,
        bytes,
        stays: outcome.fault === undefined && outcome.state === state && !outcome.ends,
      }))
      .sort(
        (a, b) => Number(a.fault !== undefined) - Number(b.fault !== undefined) || a.bytes[0]! - b.bytes[0]!,
      ),
    close: outcomeOf(past, undefined),
  };
}

/** A leniency that would have let a byte pass which the rules refuse. */
export function leniencyFor(tape: Tape, position: number, byte: number): keyof Http1Leniencies | undefined {
  const past = shortPast(tape, position);
  return LENIENCIES.find(({ name }) => {
    if (tape.subject.leniencies[name]) return false;
    const leniencies = { ...tape.subject.leniencies, [name]: true };
    return outcomeOf({ ...past, leniencies }, byte).fault === undefined;
  })?.name;
}

export interface LeniencyInfo {
  readonly name: keyof Http1Leniencies;
  readonly label: string;
  readonly sentence: string;
}

export const LENIENCIES: readonly LeniencyInfo[] = [
  {
    name: 'allowBareLf',
    label: 'Bare LF',
    sentence: 'Takes a lone LF as the end of a line in heads; never in chunks',
  },
  {
    name: 'allowAnyHost',
    label: 'Any Host',
    sentence: 'Takes requests without Host, with several, or with one that is not valid',
  },
  {
    name: 'allowObsTextInTarget',
    label: 'Bytes 80–FF',
    sentence: 'Takes targets that were not percent-encoded; folders are served so',
  },
];

/** What a byte does behind these, or the end of the stream. */
export function outcomeOf(past: Subject, byte: number | undefined): Outcome {
  let fault: FaultCode | undefined;
  let endedAt = -1;
  const sink: StreamSink = {
    ...QUIET,
    said: (name, at) => {
      if (name === 'end' || name === 'message') endedAt = at;
    },
    fault: ({ code }) => {
      fault = code;
    },
  };
  const parser = new StreamParser(past, sink);
  parser.push(past.bytes);
  // What the bytes before had ended is not this one's doing.
  endedAt = -1;
  if (byte === undefined) parser.finish();
  else parser.push(Uint8Array.of(byte));
  return { state: parser.state, fault, ends: endedAt >= 0 };
}

const QUIET: Omit<StreamSink, 'fault' | 'said'> = { span() {}, head() {}, frame() {} };

/** What comes of a fault, in few words. */
export function faultEnd(code: FaultCode, role: Role): string {
  // RFC 6455 §7.1.7: whoever finds it fails the connection.
  if (code.startsWith('ws-')) return 'the connection ends';
  if (role === 'response') return 'the client gives up';
  const { status } = faultInfo(code);
  return status === undefined ? 'closed without an answer' : `answered ${status}, then closed`;
}
