/**
 * Settings as a file: the one that `wirescope --config` reads, so that what was tried in the window can be typed once
 * and kept beside a project.
 */
import { MODEL_NAMES } from '../../../server-core/capture/model-names.ts';
import { checkServerSettings, type ServerSettings } from '../../../server-core/capture/server-settings.ts';

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

/** Only what differs from what the command does by itself is written, and the port and the cache always. */
export function configText(settings: ServerSettings, path: string): string {
  const config: Record<string, unknown> = { path, port: settings.port };
  for (const [option, name] of Object.entries(ON)) if (settings[name]) config[option] = true;
  for (const [option, name] of Object.entries(OFF)) if (!settings[name]) config[option] = true;
  config.cache = settings.cache;
  if (settings.model !== MODEL_NAMES[0]) config.model = settings.model;
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
  const read: Record<string, unknown> = { ...settings };
  // What the file is silent about is as the command has it.
  for (const name of Object.values(ON)) read[name] = false;
  for (const name of Object.values(OFF)) read[name] = true;
  read.cache = 'development';
  read.model = MODEL_NAMES[0];
  for (const [option, value] of Object.entries(config)) {
    const name = own(ON, option);
    const negated = own(OFF, option);
    if (name !== undefined) read[name] = value;
    else if (negated !== undefined) read[negated] = typeof value === 'boolean' ? !value : value;
    else if (option === 'cache') read.cache = String(value);
    else if (option === 'port' || option === 'model') read[option] = value;
    else if (option !== 'path')
      return `The window has no setting for "${option}": use the file with --config`;
  }
  return checkServerSettings(read);
}

function own(names: Readonly<Record<string, string>>, option: string): string | undefined {
  return Object.hasOwn(names, option) ? names[option] : undefined;
}
