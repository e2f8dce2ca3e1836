/** What went wrong in a module of the user: told by the user's own lines, without those of Node and of this program. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { freshPath } from './fresh-import.ts';

export interface Place {
  /** The function, where it has a name. */
  readonly name: string | undefined;
  /** Absolute. */
  readonly file: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  /** `TypeError: x is not a function` */
  readonly sentence: string;
  /** The innermost first. */
  readonly places: readonly Place[];
}

/** What an import knows of itself, for errors that do not say where they are. */
export interface Context {
  readonly files: ReadonlySet<string>;
  readonly lost: { readonly specifier: string; readonly from: string } | undefined;
}

/** `error` is whatever was thrown. */
export function problemOf(error: unknown, context?: Context): Problem {
  if (!(error instanceof Error)) return { sentence: `Thrown: ${inspect(error)}`, places: [] };
  const stack = error.stack ?? '';
  const places = framesOf(stack);
  if (places.length === 0) places.push(...placesOf(error, stack, context));
  const { cause } = error;
  const why = cause instanceof Error ? ` (caused by ${firstLine(String(cause))})` : '';
  return { sentence: `${error.name}: ${messageOf(error, context)}${why}`, places };
}

function messageOf(error: Error, context: Context | undefined): string {
  const code = (error as NodeJS.ErrnoException).code;
  // Node names the two files by their whole paths; who asks is shown below, by the line that does.
  if (code === 'ERR_MODULE_NOT_FOUND' && context?.lost) return `Cannot find ${context.lost.specifier}`;
  return firstLine(error.message);
}

/** `routes.mjs:3:14`, by way of the folder that `file` is told from. */
export function placeText({ file, line, column }: Place, folder: string): string {
  return `${shortPath(file, folder)}:${line}:${column}`;
}

export function shortPath(file: string, folder: string): string {
  const way = relative(folder, file);
  return way.startsWith('..') ? file : way;
}

const FRAME = /^ +at (?:async )?(?:(.+?) \()?(?:async )?(file:\S+?):(\d+):(\d+)\)?$/gm;

function framesOf(stack: string): Place[] {
  const places: Place[] = [];
  for (const [, name, url, line, column] of stack.matchAll(FRAME)) {
    const file = freshPath(url!);
    if (file === undefined) continue;
    // V8 tells by what object a function was called, and has no better word for a plain one.
    places.push({ name: name?.replace(/^Object\./, ''), file, line: Number(line), column: Number(column) });
  }
  return places;
}

/** Node puts the place of what it could not link, or not strip of types, above the stack. */
const HEADER = /^(file:\S+|\/.+|[A-Z]:\\.+):(\d+)\n(?:(?:.*\n)*?( *)\^+\n)?/;

function placesOf(error: Error, stack: string, context: Context | undefined): Place[] {
  const header = HEADER.exec(stack);
  if (header) return [headerPlace(header)];
  if (error instanceof SyntaxError) {
    const found = [...(context?.files ?? [])].map(syntaxPlace).find((place) => place !== undefined);
    return found ? [found] : [];
  }
  const lost = context?.lost;
  return lost ? [importPlace(lost.specifier, lost.from)] : [];
}

function headerPlace([, where, line, indent]: RegExpExecArray): Place {
  const file = where!.startsWith('file:') ? fileURLToPath(where!) : where!;
  return { name: undefined, file, line: Number(line), column: (indent?.length ?? 0) + 1 };
}

/** V8 does not say where a module breaks its grammar. Node's reader of TypeScript, which takes all of it, does. */
function syntaxPlace(file: string): Place | undefined {
  const { emitWarning } = process;
  try {
    // That it is experimental, which Node would print, is nothing that the user could do something about.
    process.emitWarning = () => {};
    stripTypeScriptTypes(readFileSync(file, 'utf8'), { sourceUrl: file });
    return undefined;
  } catch (error) {
    const header = HEADER.exec((error as Error).stack ?? '');
    return header ? headerPlace(header) : undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function importPlace(specifier: string, file: string): Place {
  const lines = readLines(file);
  const at = lines.findIndex((line) => line.includes(`'${specifier}'`) || line.includes(`"${specifier}"`));
  const column = at < 0 ? 0 : lines[at]!.indexOf(specifier) - 1;
  return { name: undefined, file, line: Math.max(at, 0) + 1, column: Math.max(column, 0) + 1 };
}

/** None when the file cannot be read any more. What a last line break ends is no line. */
export function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .replace(/(?:\r\n?|\n)$/, '')
      .split(/\r\n|\n|\r/);
  } catch {
    return [];
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
