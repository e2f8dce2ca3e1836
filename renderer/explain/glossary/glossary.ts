/**
 * What everything that the window names is, at three depths: a line, a paragraph, and the clause that governs it with
 * what it asks for, in our own words. A test holds it to what the program can show: nothing missing, nothing extra.
 */
import { FAULTS } from '../../../server-core/wire/faults.ts';
import { reasonPhrase } from '../../../server-core/wire/http1/reason-phrases.ts';
import { STATES } from '../../../server-core/wire/http1/states.ts';
import { FRAME_STATES } from '../../../server-core/wire/ws/states.ts';
import { FRAMING_FAULTS } from './faults-framing.ts';
import { HEAD_FAULTS } from './faults-head.ts';
import { WS_FAULTS } from './faults-ws.ts';
import { ANSWER_FIELDS } from './fields-answer.ts';
import { CONTENT_FIELDS } from './fields-content.ts';
import { REQUEST_FIELDS } from './fields-request.ts';
import { SAFETY_FIELDS } from './fields-safety.ts';
import { METHODS } from './methods.ts';
import { readTable, type Written } from './notation.ts';
import { STATE_TEXTS } from './states.ts';
import { DONE_STATUSES } from './statuses-done.ts';
import { FAILED_STATUSES } from './statuses-failed.ts';
import { TOKENS } from './tokens.ts';

export const KINDS = ['field', 'status', 'method', 'token', 'state', 'fault'] as const;
export type Kind = (typeof KINDS)[number];

export interface Explanation {
  readonly kind: Kind;
  /** Among its kind. */
  readonly key: string;
  readonly name: string;
  readonly line: string;
  readonly paragraph: string;
  /** Such as `RFC 9110 §7.2`. */
  readonly section: string;
  /** What the clause asks for. */
  readonly clause: string;
}

type Row = { readonly sentence: string; readonly section: string };

const FRAME_ROWS = Object.fromEntries(
  Object.entries(FRAME_STATES).map(([name, row]) => [`ws-${name}`, row] as const),
);

/** In the order in which they are listed. */
export const GLOSSARY: readonly Explanation[] = [
  ...[REQUEST_FIELDS, CONTENT_FIELDS, ANSWER_FIELDS, SAFETY_FIELDS].flatMap((text) => table('field', text)),
  ...[DONE_STATUSES, FAILED_STATUSES].flatMap((text) =>
    table('status', text).map((entry) => ({
      ...entry,
      name: `${entry.key} ${reasonPhrase(Number(entry.key))}`,
    })),
  ),
  ...table('method', METHODS),
  ...table('token', TOKENS),
  ...table('state', STATE_TEXTS, { ...STATES, ...FRAME_ROWS }),
  ...[HEAD_FAULTS, FRAMING_FAULTS, WS_FAULTS].flatMap((text) => table('fault', text, FAULTS)),
];

/** @param rows where line and clause stand, when not in the text */
function table(kind: Kind, text: string, rows: Readonly<Record<string, Row>> = {}): readonly Explanation[] {
  return readTable(text).map((written) => ({ ...written, ...governed(written, rows[written.key]), kind }));
}

function governed(
  { key, line, section }: Written,
  row: Row | undefined,
): Pick<Explanation, 'line' | 'section'> {
  if (section !== '') return { line, section };
  if (!row) throw new Error(`“${key}” has no clause`);
  return { line: row.sentence.replace(/\.?$/, '.'), section: row.section };
}

const BY_KEY: ReadonlyMap<string, Explanation> = new Map(
  GLOSSARY.map((entry) => [`${entry.kind} ${entry.key.toLowerCase()}`, entry]),
);

/** By the key in any case; undefined for what the tables do not know. */
export function explanationOf(kind: Kind, key: string): Explanation | undefined {
  return BY_KEY.get(`${kind} ${key.toLowerCase()}`);
}

/** In any case; a status that is not registered counts as the first of its class, RFC 9110 §15. */
export function statusExplanation(status: number): Explanation | undefined {
  return explanationOf('status', String(status)) ?? explanationOf('status', `${Math.floor(status / 100)}00`);
}
