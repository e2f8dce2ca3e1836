/**
 * Settings as a file: the one that `wirescope --config` reads, so that what was tried in the window can be typed once
 * and kept beside a project.
 */
import {
  checkServerSettings,
  DEFAULT_SERVER_SETTINGS,
  type ServerSettings,
} from '../../../server-core/capture/server-settings.ts';

/** Options of the command that are on when they are there. */
const ON = {
  lan: 'lan',
  https: 'https',
  live: 'live',
  spa: 'spa',
  'clean-urls': 'cleanUrls',
  dotfiles: 'dotfiles',
  cors: 'cors',
  isolate: 'isolate',
} as const satisfies Record<string, keyof ServerSettings>;
/** And those that switch something off. */
const OFF = { 'no-listing': 'listing', 'no-compress': 'compress' } as const satisfies Record<
  string,
  keyof ServerSettings
>;
const VALUES = {
  model: 'model',
  workers: 'workers',
  auth: 'auth',
  404: 'notFoundPage',
} as const satisfies Record<string, keyof ServerSettings>;
/** Options that may be repeated: a list in the file, lines in the window. */
const LINES = {
  field: { name: 'fields', between: ': ' },
  type: { name: 'types', between: '=' },
} as const satisfies Record<string, { readonly name: keyof ServerSettings; readonly between: string }>;
/** Behind `limit`. */
const LIMITS = {
  head: 'headSeconds',
  body: 'bodySeconds',
  idle: 'idleSeconds',
  write: 'writeSeconds',
  connections: 'maxConnections',
} as const satisfies Record<string, keyof ServerSettings>;

/** Only what differs from what the command does by itself is written, and the port and the cache always. */
export function configText(settings: ServerSettings, path: string): string {
  const differs = (name: keyof ServerSettings) => settings[name] !== DEFAULT_SERVER_SETTINGS[name];
  const config: Record<string, unknown> = { path, port: settings.port };
  for (const [option, name] of Object.entries({ ...ON, ...OFF })) if (differs(name)) config[option] = true;
  config.cache = settings.cache;
  for (const [option, name] of Object.entries(VALUES)) if (differs(name)) config[option] = settings[name];
  for (const [option, { name }] of Object.entries(LINES)) {
    if (differs(name)) config[option] = settings[name].split('\n').filter((line) => line.trim() !== '');
  }
  const limits = Object.entries(LIMITS).filter(([, name]) => differs(name));
  if (limits.length > 0)
    config.limit = Object.fromEntries(limits.map(([limit, name]) => [limit, settings[name]]));
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** `settings` with what a file says; a string says in one sentence what is wrong with it. */
export function settingsFrom(text: string, settings: ServerSettings): ServerSettings | string {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return 'That file is no JSON';
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    return 'That file holds no object with options';
  }
  // What the file is silent about is as the command has it, but for the port, which is found here already.
  const read: Record<string, unknown> = { ...DEFAULT_SERVER_SETTINGS, port: settings.port };
  for (const [option, value] of Object.entries(config)) {
    const problem = take(read, option, value);
    if (problem !== undefined) return problem;
  }
  return checkServerSettings(read);
}

/** One sentence where the window has no such setting. */
function take(read: Record<string, unknown>, option: string, value: unknown): string | undefined {
  const name = own({ ...ON, ...VALUES }, option);
  const negated = own(OFF, option);
  const lines = own(LINES, option);
  if (name !== undefined) read[name] = value;
  else if (negated !== undefined) read[negated] = typeof value === 'boolean' ? !value : value;
  else if (lines !== undefined) read[lines.name] = linesOf(value, lines.between);
  else if (option === 'cache') read.cache = String(value);
  else if (option === 'port') read.port = value;
  else if (option === 'limit') return takeLimits(read, value);
  else if (option !== 'path') return `The window has no setting for "${option}": use the file with --config`;
  return undefined;
}

/** A list of texts, or an object of them; what is neither is refused by the check that follows. */
function linesOf(value: unknown, between: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.join('\n');
  return Object.entries(value)
    .map(([name, text]) => `${name}${between}${text}`)
    .join('\n');
}

function takeLimits(read: Record<string, unknown>, value: unknown): string | undefined {
  const pairs: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((text) => {
        const [limit = '', count = ''] = String(text).split('=');
        return [limit, Number(count)];
      })
    : Object.entries(value ?? {});
  for (const [limit, count] of pairs) {
    const name = own(LIMITS, limit);
    if (name === undefined) return `"limit" takes ${Object.keys(LIMITS).join(', ')}, not "${limit}"`;
    read[name] = typeof count === 'string' ? Number(count) : count;
  }
  return undefined;
}

function own<T>(names: Readonly<Record<string, T>>, option: string): T | undefined {
  return Object.hasOwn(names, option) ? names[option] : undefined;
}
