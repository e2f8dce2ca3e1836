/** Reads what was typed behind an option. Every function throws UsageError with the one line that a person sees. */
import { realpathSync, statSync } from 'node:fs';
import { type NumberSetting, SETTING_BOUNDS } from '../capture/server-settings.ts';
import { type CachePolicy, parseCachePolicy } from '../files/cache-policy.ts';
import { checkedFields } from '../files/custom-fields.ts';
import { type MediaTypes, mediaTypesByExtension } from '../files/media-types.ts';
import type { FieldPair } from '../http/response.ts';
import { SITE_LIMITS, type SiteLimits } from '../net/limits.ts';

/** A usage mistake; its message is the one line a person sees. */
export class UsageError extends Error {}

export function portNumber(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`${option} takes a port from 0 to 65535, not "${text}"`);
  return port;
}

export function cachePolicy(text: string | undefined): CachePolicy {
  const policy = parseCachePolicy(text ?? 'development');
  if (policy) return policy;
  throw new UsageError(`--cache takes development, production, off or a number of seconds, not "${text}"`);
}

export function credentials(
  option: string,
  text: string | undefined,
): { user: string; password: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`${option} takes a user and a password with a colon between them`);
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function mebibytes(option: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  const mib = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(mib >= least))
    throw new UsageError(`${option} takes a whole number of mebibytes from ${least} up, not "${text}"`);
  return mib;
}

export function workerCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, most] = SETTING_BOUNDS.workers;
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new UsageError(`--workers takes a whole number from 1 to ${most}, not "${text}"`);
}

export function mediaTypes(option: string, texts: readonly string[] = []): MediaTypes {
  const types = texts.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1)
      throw new UsageError(`${option} takes EXT=TYPE, such as glb=model/gltf-binary, not "${text}"`);
    return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const;
  });
  return checked(option, () => mediaTypesByExtension(Object.fromEntries(types)));
}

export function fields(option: string, texts: readonly string[] = []): readonly FieldPair[] {
  const pairs = texts.map((text): FieldPair => {
    const colon = text.indexOf(':');
    if (colon < 1) throw new UsageError(`${option} takes "Name: value", not "${text}"`);
    return [text.slice(0, colon), text.slice(colon + 1).trim()];
  });
  return checked(option, () => checkedFields(pairs));
}

/** A path below the folder that is served. */
export function pageBelow(option: string, text: string | undefined): string | undefined {
  if (text?.split(/[/\\]/).includes('..'))
    throw new UsageError(`${option} takes a path below the folder, not "${text}"`);
  return text;
}

/** The absolute path of a module. */
export function moduleFile(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!statSync(text, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${option}: there is no file ${text}`);
  if (!/\.[cm]?[jt]s$/.test(text))
    throw new UsageError(`${option} takes a module (.mjs, .js or .ts), not "${text}"`);
  return realpathSync(text);
}

/** Of connections, as `--limit` names them. Seconds but for `connections`. */
export function siteLimits(option: string, texts: readonly string[] = []): SiteLimits {
  const limits: { -readonly [Name in keyof SiteLimits]: number } = { ...SITE_LIMITS };
  for (const text of texts) {
    const [name = '', value = ''] = text.split('=', 2).map((part) => part.trim());
    const limit = Object.hasOwn(LIMIT_NAMES, name) ? LIMIT_NAMES[name as LimitName] : undefined;
    if (limit === undefined)
      throw new UsageError(
        `${option} takes ${Object.keys(LIMIT_NAMES).join(', ')} and a number, not "${text}"`,
      );
    const [least, most] = SETTING_BOUNDS[limit.setting];
    const count = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (!(count >= least && count <= most))
      throw new UsageError(`${option} ${name} takes a whole number from ${least} to ${most}, not "${value}"`);
    limits[limit.name] = count * limit.unit;
  }
  return limits;
}

const LIMIT_NAMES = {
  head: { name: 'headMs', setting: 'headSeconds', unit: 1000 },
  body: { name: 'bodyMs', setting: 'bodySeconds', unit: 1000 },
  idle: { name: 'idleMs', setting: 'idleSeconds', unit: 1000 },
  write: { name: 'writeMs', setting: 'writeSeconds', unit: 1000 },
  connections: { name: 'maxConnections', setting: 'maxConnections', unit: 1 },
} as const satisfies Record<
  string,
  { readonly name: keyof SiteLimits; readonly setting: NumberSetting; readonly unit: number }
>;
type LimitName = keyof typeof LIMIT_NAMES;

export function oneOf<T extends string>(
  option: string,
  text: string | undefined,
  names: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = names.find((name) => name === text);
  if (found === undefined) throw new UsageError(`${option} takes one of ${names.join(', ')}, not "${text}"`);
  return found;
}

function checked<T>(option: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new UsageError(`${option}: ${(error as Error).message}`);
  }
}
