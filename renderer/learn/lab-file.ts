/**
 * A lab as a file: what there is to do, and by which traffic each task is done. The labs of the program and those of
 * a teacher are read by the same code. The format is described in server-core/notes/labs.md.
 */
import * as v from 'valibot';
import { MODEL_NAMES } from '../../server-core/capture/model-names.ts';
import { parseFilter } from '../filter/parser.ts';
import { TASK_KEYS, type TaskCondition } from '../store/queries/tasks.ts';
import { SPECIMENS } from './gallery.ts';
import { mistakeOf } from './json-mistake.ts';
import { offsetOf, placeAt, type TextPlace } from './json-place.ts';

/** As many exchanges as one task may ask for. */
const MOST_SEEN = 20;
const MOST_TASKS = 12;
/** A line of text and a paragraph, in UTF-16 units. */
const LINE = 160;
const PARAGRAPH = 1200;

const line = v.pipe(
  v.string('must be a text'),
  v.trim(),
  v.nonEmpty('is empty'),
  v.maxLength(LINE, `is longer than ${LINE} characters`),
);
const paragraph = v.pipe(
  v.string('must be a text'),
  v.trim(),
  v.nonEmpty('is empty'),
  v.maxLength(PARAGRAPH, `is longer than ${PARAGRAPH} characters`),
);
const name = v.pipe(
  v.string('must be a text'),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens'),
  v.maxLength(40, 'is longer than 40 characters'),
);
const list = <S extends v.GenericSchema>(schema: S, least: number, most: number) =>
  v.pipe(
    v.array(schema, 'must be a list'),
    v.minLength(least, `needs at least ${least}`),
    v.maxLength(most, `has more than ${most}`),
  );
const within = <const A extends readonly string[]>(words: A) =>
  v.picklist(words, `must be one of ${words.join(', ')}`);
const count = (least: number, most: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

const filter = v.pipe(
  v.string('must be a filter'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { error } = parseFilter(dataset.value);
    if (error) addIssue({ message: `is no filter: ${error.message}` });
  }),
);

const CONDITION = v.pipe(
  v.strictObject(
    {
      see: v.union([filter, list(filter, 1, MOST_SEEN)], (issue) => unionMessage(issue)),
      times: v.optional(count(2, MOST_SEEN)),
      same: v.optional(within(TASK_KEYS)),
      different: v.optional(within(TASK_KEYS)),
      withinMs: v.optional(count(1, 3_600_000)),
      atOnce: v.optional(v.boolean('must be true or false')),
      model: v.optional(within(MODEL_NAMES)),
    },
    strictMessage,
  ),
  v.check(
    ({ see, times }) => times === undefined || typeof see === 'string',
    'has `times` beside a list: name one filter, or write the list out',
  ),
  v.transform(
    ({ see, times = 1, withinMs, ...rest }): TaskCondition => ({
      see: typeof see === 'string' ? Array.from({ length: times }, () => see) : see,
      within: withinMs,
      ...rest,
    }),
  ),
);

const SEND = v.union(
  [
    v.strictObject({
      specimen: v.picklist(
        SPECIMENS.map(({ id }) => id),
        'names no request of the gallery',
      ),
    }),
    v.strictObject({
      lines: list(v.string('must be a text'), 1, 200),
      everyBytes: v.optional(count(1, 65_536)),
      pauseMs: v.optional(count(0, 10_000)),
    }),
  ],
  'must have either `specimen`, an id of the gallery, or `lines`',
);

const TASK = v.strictObject(
  {
    id: name,
    task: line,
    hint: paragraph,
    when: CONDITION,
    open: v.optional(
      v.pipe(
        v.string('must be a text'),
        v.regex(/^\/(?!\/)\S*$/, 'must be a path that begins with one slash'),
      ),
    ),
    command: v.optional(line),
    send: v.optional(SEND),
  },
  strictMessage,
);

const LAB = v.pipe(
  v.strictObject(
    {
      wirescopeLab: v.literal(1, 'must be 1, the version of this format'),
      id: name,
      title: line,
      topic: line,
      goal: paragraph,
      tasks: list(TASK, 1, MOST_TASKS),
      explanation: list(paragraph, 1, 8),
      rfc: list(line, 1, 12),
      questions: v.optional(list(paragraph, 0, 12), []),
    },
    strictMessage,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const ids = dataset.value.tasks.map(({ id }) => id);
    const twice = ids.findIndex((id, n) => ids.indexOf(id) !== n);
    if (twice >= 0) addIssue({ message: `has two tasks called ${ids[twice]}` });
  }),
);

export type Lab = v.InferOutput<typeof LAB>;
export type LabTask = Lab['tasks'][number];

export interface LabProblem extends TextPlace {
  /** What is wrong, in one sentence that names the line. */
  readonly sentence: string;
}

/** A value that was JSON. Throws an Error for what is no lab: the labs of the program are held right by a test. */
export function labOf(value: unknown): Lab {
  return v.parse(LAB, value);
}

/** A lab, or the first thing that is wrong with the file. */
export function readLab(text: string): Lab | LabProblem {
  const mistake = mistakeOf(text);
  if (mistake !== undefined) return problemAt(text, mistake, 'This is no JSON from here on');
  const read = v.safeParse(LAB, JSON.parse(text), { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  return problemAt(text, offsetOf(text, path), `${nameOf(path)} ${issue.message}`);
}

export function isLab(read: Lab | LabProblem): read is Lab {
  return 'tasks' in read;
}

/** The bytes that a task offers to send, in the notation of escapes, and how they are cut. */
export function sentBy(send: NonNullable<LabTask['send']>): {
  readonly text: string;
  readonly cut?: { readonly every: number; readonly pauseMs: number };
} {
  if ('specimen' in send) return SPECIMENS.find(({ id }) => id === send.specimen)!;
  const { lines, everyBytes, pauseMs = 0 } = send;
  // All but the last end in CRLF, so that a text that ends in '' ends with a line.
  const text = lines.join('\\r\\n\n');
  return everyBytes === undefined ? { text } : { text, cut: { every: everyBytes, pauseMs } };
}

function problemAt(text: string, offset: number, what: string): LabProblem {
  const place = placeAt(text, offset);
  return { ...place, sentence: `Line ${place.line}, column ${place.column}: ${what}` };
}

/** `tasks 2, when, times`: numbers count from 1. */
function nameOf(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'The lab';
  return path.reduce<string>(
    (said, key) => (typeof key === 'number' ? `${said} ${key + 1}` : said === '' ? key : `${said}, ${key}`),
    '',
  );
}

function strictMessage({
  expected,
  received,
}: {
  readonly expected: string | null;
  readonly received: string;
}): string {
  if (expected === 'never') return 'is not known here';
  return received === 'undefined' ? 'is missing' : 'must be an object';
}

/** Of a filter and a list of filters, what is wrong with the one that was meant. */
function unionMessage({ issues }: { readonly issues?: readonly v.BaseIssue<unknown>[] | undefined }): string {
  return (
    issues?.find(({ type }) => type === 'raw_check')?.message ?? 'must be a filter, or a list of filters'
  );
}
