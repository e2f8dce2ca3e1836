/** What a person may switch of a server while it is there, in the form in which viewers and files hold it. */
import { MODEL_NAMES, type ModelName } from './model-names.ts';

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
  readonly model: ModelName;
}

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

/** Whether a text says how long browsers may keep files. */
export function isCacheText(text: unknown): text is string {
  return typeof text === 'string' && /^(development|production|off|\d{1,9})$/.test(text);
}

/** Checks settings that came over a transport or out of a file; a string says in one sentence why they are none. */
export function checkServerSettings(value: unknown): ServerSettings | string {
  if (typeof value !== 'object' || value === null) return 'Settings are a JSON object';
  const given = value as Record<string, unknown>;
  const { port, cache } = given;
  if (!Number.isInteger(port) || (port as number) < 0 || (port as number) > 65_535) {
    return 'A port is a whole number from 0 to 65535';
  }
  const wrong = SWITCHES.find((name) => typeof given[name] !== 'boolean');
  if (wrong !== undefined) return `The setting \`${wrong}\` is true or false`;
  if (!isCacheText(cache))
    return 'The setting `cache` is development, production, off or a number of seconds';
  const model = MODEL_NAMES.find((name) => name === given.model);
  if (model === undefined) return `The setting \`model\` is one of ${MODEL_NAMES.join(', ')}`;
  const { lan, https, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate } =
    given as unknown as ServerSettings;
  return {
    ...{ port: port as number, lan, https, live, spa, cleanUrls, listing, dotfiles },
    ...{ compress, cors, isolate, cache, model },
  };
}
