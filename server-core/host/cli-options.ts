import { parseArgs } from 'node:util';
import { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../concurrency/model.ts';
import { parseCachePolicy } from '../files/cache-policy.ts';
import type { SiteSettings } from './site-handler.ts';

export const LOG_FORMATS = ['common', 'combined', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface CliOptions {
  readonly path: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly uiPort: number;
  readonly ui: boolean;
  readonly open: boolean;
  readonly capture: boolean;
  readonly model: ModelName;
  readonly settings: SiteSettings;
  readonly memoryMiB: number;
  readonly log: LogFormat | undefined;
  readonly json: boolean;
}

/** What to do: serve, or print a text and end. */
export type Command =
  | { readonly kind: 'serve'; readonly options: CliOptions }
  | { readonly kind: 'print'; readonly what: 'help' | 'version' };

/** A usage mistake; its message is the one line a person sees. */
export class UsageError extends Error {}

const SPEC = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string', short: 'H' },
  lan: { type: 'boolean' },
  'ui-port': { type: 'string' },
  'no-ui': { type: 'boolean' },
  'no-open': { type: 'boolean' },
  'no-capture': { type: 'boolean' },
  model: { type: 'string' },
  dotfiles: { type: 'boolean' },
  spa: { type: 'boolean' },
  'clean-urls': { type: 'boolean' },
  'no-compress': { type: 'boolean' },
  cache: { type: 'string' },
  cors: { type: 'boolean' },
  isolate: { type: 'boolean' },
  auth: { type: 'string' },
  log: { type: 'string' },
  json: { type: 'boolean' },
  memory: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export const DEFAULT_PORT = 8080;
export const DEFAULT_UI_PORT = 8090;

export const HELP = `wirescope [path|url] [options]

Serves a folder over HTTP and shows every connection, byte and request of it in a browser window.
Without a path it serves a short tour of itself. A file serves its folder and opens the file. A URL puts
Wirescope in front of that server: what it answers is passed on, and shown.

  -p, --port N       port to serve on (${DEFAULT_PORT}; when it is taken, the next free one, and it is said)
  -H, --host H       address to listen on (127.0.0.1, this machine only)
      --lan          listen on every address, so that other machines can reach it
      --ui-port N    port of the window (${DEFAULT_UI_PORT}; when it is taken, the next free one)
      --no-ui        serve only: no window
      --no-open      do not open the window in a browser
      --no-capture   keep nothing of the traffic
      --model NAME   how connections are shared out:
${MODEL_NAMES.map((name) => `                       ${name.padEnd(11)} ${MODEL_SENTENCES[name]}`).join('\n')}
      --dotfiles     serve names that begin with a dot as well
      --spa          answer visits to paths without a file with index.html
      --clean-urls   answer /about with about.html; never redirects
      --no-compress  send files as they are, never coded
      --cache HOW    development (browsers ask each time), production, off, or seconds
      --cors         let pages of other origins read (Access-Control-Allow-Origin: *)
      --isolate      COOP and COEP, for SharedArrayBuffer and threads of WebAssembly
      --auth U:P     ask for user U with password P
      --log FORMAT   an access log on standard output: ${LOG_FORMATS.join(', ')}
      --json         every captured event on standard output, one JSON object a line
      --memory MIB   captured traffic kept in memory (512)
  -h, --help         this text
  -v, --version      the version
`;

/** Reads the command line after the program's name. Throws UsageError. */
export function parseCommand(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError(firstSentence((error as Error).message));
  }
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'print', what: 'help' };
  if (values.version) return { kind: 'print', what: 'version' };
  if (positionals.length > 1) throw new UsageError(`One path is expected, not ${positionals.length}`);
  if (values.lan && values.host !== undefined) throw new UsageError('--lan and --host exclude each other');
  if (values.json && values.log !== undefined)
    throw new UsageError('--json and --log both write to standard output; choose one');
  if (values['no-capture'] && (values.json || values.log !== undefined)) {
    throw new UsageError(`--no-capture leaves ${values.json ? '--json' : '--log'} nothing to write`);
  }
  return {
    kind: 'serve',
    options: {
      path: positionals[0],
      host: values.lan ? '0.0.0.0' : (values.host ?? '127.0.0.1'),
      port: portNumber('--port', values.port, DEFAULT_PORT),
      uiPort: portNumber('--ui-port', values['ui-port'], DEFAULT_UI_PORT),
      ui: !values['no-ui'],
      open: !values['no-open'],
      capture: !values['no-capture'],
      model: oneOf('--model', values.model, MODEL_NAMES) ?? 'event-loop',
      settings: {
        dotfiles: values.dotfiles ?? false,
        spa: values.spa ?? false,
        cleanUrls: values['clean-urls'] ?? false,
        compress: !values['no-compress'],
        cache: cachePolicy(values.cache),
        cors: values.cors ?? false,
        isolate: values.isolate ?? false,
        auth: credentials(values.auth),
      },
      log: oneOf('--log', values.log, LOG_FORMATS),
      json: values.json ?? false,
      memoryMiB: mebibytes(values.memory),
    },
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: SPEC, allowPositionals: true, strict: true });
}

function portNumber(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`${option} takes a port from 0 to 65535, not "${text}"`);
  return port;
}

function cachePolicy(text: string | undefined): SiteSettings['cache'] {
  const policy = parseCachePolicy(text ?? 'development');
  if (policy) return policy;
  throw new UsageError(`--cache takes development, production, off or a number of seconds, not "${text}"`);
}

function credentials(text: string | undefined): SiteSettings['auth'] {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError('--auth takes a user and a password with a colon between them');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function mebibytes(text: string | undefined): number {
  if (text === undefined) return 512;
  const mib = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(mib >= 4))
    throw new UsageError(`--memory takes a whole number of mebibytes from 4 up, not "${text}"`);
  return mib;
}

function oneOf<T extends string>(
  option: string,
  text: string | undefined,
  names: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text);
  if (found === undefined) throw new UsageError(`${option} takes one of ${names.join(', ')}, not "${text}"`);
  return found;
}

function firstSentence(message: string): string {
  return message.split(/[.\n]/, 1)[0] as string;
}
