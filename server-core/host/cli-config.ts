/** Options from a JSON file, under the names that they have on the command line. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { nearest } from '../files/near-names.ts';
import { SPEC, type Values } from './cli-spec.ts';
import { UsageError } from './cli-values.ts';
import { isUrl, pathSentence } from './served-path.ts';

export interface Config {
  readonly path: string | undefined;
  readonly values: Values;
}

/** Of a person at a prompt, or of a program that asks: neither belongs into a file. */
const NOT_IN_FILES: readonly string[] = ['config', 'help', 'version'];
/** Paths in a file are meant from where the file is, as those of tsconfig.json. */
const PATHS = ['routes', 'cert', 'key', 'record'] as const satisfies readonly (keyof Values)[];

const NUMBER_OR_TEXT = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const LINES = (separator: string, value: v.GenericSchema<unknown, string> = v.string()) =>
  v.union([
    v.array(v.string()),
    v.pipe(
      v.record(v.string(), value),
      v.transform((map) => Object.entries(map).map(([name, value]) => `${name}${separator}${value}`)),
    ),
  ]);

const SHAPES = Object.fromEntries(
  Object.entries(SPEC)
    .filter(([name]) => !NOT_IN_FILES.includes(name))
    .map(([name, option]) => [name, v.optional(shapeOf(name, option.type))]),
);
const CONFIG = v.strictObject({ path: v.optional(v.string()), ...SHAPES });

function shapeOf(name: string, type: 'string' | 'boolean') {
  if (name === 'type') return LINES('=');
  if (name === 'limit') return LINES('=', NUMBER_OR_TEXT);
  if (name === 'field' || name === 'fault') return LINES(': ');
  return type === 'boolean' ? v.boolean() : NUMBER_OR_TEXT;
}

/** Throws UsageError that names the file and what is wrong with it. */
export function readConfig(file: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === undefined ? `${file} is no JSON: ${message}` : pathSentence(file, code, 'file'),
    );
  }
  // To valibot a list is an object as well.
  const parsed = v.safeParse(CONFIG, Array.isArray(json) ? undefined : json);
  if (!parsed.success) throw new UsageError(`${file}: ${sentence(parsed.issues[0])}`);
  const { path, ...values } = parsed.output as Values & { path?: string };
  const beside = (name: string) => resolve(dirname(file), name);
  for (const name of PATHS) if (values[name] !== undefined) values[name] = beside(values[name]);
  return { path: path === undefined || isUrl(path) ? path : beside(path), values };
}

/** What is typed wins over the file, and so over what the file has in its place. */
export function withConfig(typed: Values, config: Values): Values {
  const left = { ...config };
  for (const [one, other] of RIVALS) {
    if (typed[one] !== undefined) delete left[other];
    if (typed[other] !== undefined) delete left[one];
  }
  return { ...left, ...typed };
}

const RIVALS = [
  ['lan', 'host'],
  ['json', 'log'],
] as const;

function sentence(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.map((item) => String(item.key)).join('.') ?? '';
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    const near = nearest(key, Object.keys(CONFIG.entries))[0];
    return `there is no option "${key}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
  }
  return key === '' ? 'it must hold one object' : `"${key}" takes ${expected(key)}, not ${issue.received}`;
}

function expected(key: string): string {
  const name = key.split('.', 1)[0] as string;
  if (name === 'type' || name === 'field' || name === 'limit' || name === 'fault')
    return 'a list of texts, or an object of texts';
  return name !== 'path' && SPEC[name as keyof typeof SPEC].type === 'boolean'
    ? 'true or false'
    : 'a text or a number';
}
