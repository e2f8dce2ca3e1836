import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DESKTOP_SPEC, PATH_OPTIONS } from './desktop-options.ts';

export interface CommandLine {
  /** What to serve or open, paths made absolute. */
  readonly paths: readonly string[];
  /** The options of the `wirescope` command among what was given, each in one word, for it to read. */
  readonly args: readonly string[];
}

/**
 * Reads Electron's `argv`: the program, then, unless it is packaged, the app's folder, and then what the person gave.
 * Options that are not ours are Chromium's, and left out.
 */
export function readCommandLine(argv: readonly string[], cwd: string, packaged: boolean): CommandLine {
  const { tokens } = parseArgs({
    args: argv.slice(1),
    options: DESKTOP_SPEC,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const args: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    else if (token.kind === 'option' && Object.hasOwn(DESKTOP_SPEC, token.name)) {
      args.push(inOneWord(token.name, token.value, cwd));
    }
  }
  return { paths: positionals.slice(packaged ? 0 : 1).map((path) => absolute(path, cwd)), args };
}

function inOneWord(name: string, value: string | undefined, cwd: string): string {
  if (value === undefined) return `--${name}`;
  return `--${name}=${PATH_OPTIONS.includes(name) ? resolve(cwd, value) : value}`;
}

/** A URL stays as it is, since it names a server to stand in front of, but for one of a file. */
function absolute(path: string, cwd: string): string {
  if (/^https?:\/\//i.test(path)) return path;
  return resolve(cwd, /^file:\//i.test(path) ? pathOf(path) : path);
}

/** File managers of Linux hand files over so: `%U` in the Desktop Entry Specification. */
function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
