import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface CommandLine {
  /** What to serve, made absolute; undefined where nothing was given. */
  readonly path: string | undefined;
  /** The port to serve on; undefined for the usual one. */
  readonly port: number | undefined;
}

/**
 * Reads Electron's `argv`: the program, then, unless it is packaged, the app's folder, and then what the person gave.
 * Switches that are not ours are Chromium's. Throws an Error with one sentence for people.
 */
export function readCommandLine(argv: readonly string[], cwd: string, packaged: boolean): CommandLine {
  const { values, positionals } = parseArgs({
    args: argv.slice(1),
    options: { port: { type: 'string', short: 'p' } },
    allowPositionals: true,
    strict: false,
  });
  const [path] = positionals.slice(packaged ? 0 : 1);
  return { path: path === undefined ? undefined : resolve(cwd, path), port: portOf(values.port) };
}

function portOf(text: string | boolean | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = typeof text === 'string' && /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`--port takes a port from 0 to 65535, not "${text}"`);
  return port;
}
