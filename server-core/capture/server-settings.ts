/** What a person may switch of a server while it is there, in the form in which viewers and files hold it. */
import { MODEL_NAMES, type ModelName } from './model-names.ts';

/** Flat, so that it can be kept and compared as it is. */
export interface ServerSettings {
  /** 0 takes any free one. */
  readonly port: number;
  /** Other machines can reach it, and not this one alone. */
  readonly lan: boolean;
  readonly https: boolean;
  readonly live: boolean;
  readonly spa: boolean;
  readonly cleanUrls: boolean;
  readonly listing: boolean;
  readonly dotfiles: boolean;
  readonly compress: boolean;
  readonly cors: boolean;
  readonly isolate: boolean;
  /** `development`, `production`, `off`, or seconds. */
  readonly cache: string;
  /** `user:password`; empty lets everyone in. */
  readonly auth: string;
  /** Sent with every file, a line each: `Name: value`. */
  readonly fields: string;
  /** Media types by extension, a line each: `glb=model/gltf-binary`. */
  readonly types: string;
  /** The page below the folder that goes with 404; empty: 404.html. */
  readonly notFoundPage: string;
  readonly model: ModelName;
  /** Processes of `prefork`, threads of `threads`, the most of `process`; 0: as the model sees fit. */
  readonly workers: number;
  /** From the first byte of a request to the end of its head. */
  readonly headSeconds: number;
  /** Between two reads of a request's content. */
  readonly bodySeconds: number;
  /** Between two requests on one connection. */
  readonly idleSeconds: number;
  /** Without the peer taking any byte of a response. */
  readonly writeSeconds: number;
  /** Connections open at once. */
  readonly maxConnections: number;
}

/** As the command has them by itself. The deadlines are those of net/limits.ts, which says who else uses them. */
export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  ...{ port: 8080, lan: false, https: false, live: false, spa: false, cleanUrls: false, listing: true },
  ...{ dotfiles: false, compress: true, cors: false, isolate: false, cache: 'development' },
  ...{ auth: '', fields: '', types: '', notFoundPage: '', model: MODEL_NAMES[0], workers: 0 },
  ...{ headSeconds: 30, bodySeconds: 60, idleSeconds: 75, writeSeconds: 60, maxConnections: 16_384 },
};

const SWITCHES = [
  'lan',
  'https',
  'live',
  'spa',
  'cleanUrls',
  'listing',
  'dotfiles',
  'compress',
  'cors',
  'isolate',
] as const satisfies readonly (keyof ServerSettings)[];

const TEXTS = [
  'auth',
  'fields',
  'types',
  'notFoundPage',
] as const satisfies readonly (keyof ServerSettings)[];
/** Far more than a head may have. */
const MOST_CHARS = 16_384;

/**
 * An hour for whatever waits, and a day between requests: longer than that a person takes for "never". For more workers
 * no machine at hand has cores, and each takes some 50 MB.
 */
export const SETTING_BOUNDS = {
  port: [0, 65_535],
  workers: [0, 256],
  headSeconds: [1, 3600],
  bodySeconds: [1, 3600],
  idleSeconds: [1, 86_400],
  writeSeconds: [1, 3600],
  maxConnections: [1, 65_536],
} as const satisfies Partial<Record<keyof ServerSettings, readonly [number, number]>>;

export type NumberSetting = keyof typeof SETTING_BOUNDS;

const NUMBERS = Object.keys(SETTING_BOUNDS) as readonly NumberSetting[];

/** Whether a text says how long browsers may keep files. */
function isCacheText(text: unknown): text is string {
  return typeof text === 'string' && /^(development|production|off|\d{1,9})$/.test(text);
}

/** Checks settings that came over a transport or out of a file; a string says in one sentence why they are none. */
export function checkServerSettings(value: unknown): ServerSettings | string {
  if (typeof value !== 'object' || value === null) return 'Settings are a JSON object';
  const given = value as Record<string, unknown>;
  const number = NUMBERS.find((name) => !isWithin(given[name], SETTING_BOUNDS[name]));
  if (number !== undefined) return numberSentence(number);
  const wrong = SWITCHES.find((name) => typeof given[name] !== 'boolean');
  if (wrong !== undefined) return `The setting \`${wrong}\` is true or false`;
  const text = TEXTS.find((name) => !isText(given[name]));
  if (text !== undefined) return `The setting \`${text}\` is a text of at most ${MOST_CHARS} letters`;
  if (!isCacheText(given.cache))
    return 'The setting `cache` is development, production, off or a number of seconds';
  if (!MODEL_NAMES.some((name) => name === given.model))
    return `The setting \`model\` is one of ${MODEL_NAMES.join(', ')}`;
  const names = Object.keys(DEFAULT_SERVER_SETTINGS);
  // Each was looked at above; what else was given is left behind.
  return Object.fromEntries(names.map((name) => [name, given[name]])) as unknown as ServerSettings;
}

function numberSentence(name: NumberSetting): string {
  const [least, most] = SETTING_BOUNDS[name];
  const what = name === 'port' ? 'A port' : `The setting \`${name}\``;
  return `${what} is a whole number from ${least} to ${most}`;
}

function isWithin(value: unknown, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MOST_CHARS;
}
