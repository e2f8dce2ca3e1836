/** Reads what was typed behind an option. Every function throws UsageError with the one line that a person sees. */
import { realpathSync, statSync } from 'node:fs';
import { type CachePolicy, parseCachePolicy } from '../files/cache-policy.ts';
import { checkedFields } from '../files/custom-fields.ts';
import { type MediaTypes, mediaTypesByExtension } from '../files/media-types.ts';
import type { FieldPair } from '../http/response.ts';

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

export function credentials(text: string | undefined): { user: string; password: string } | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError('--auth takes a user and a password with a colon between them');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

export function mebibytes(option: string, text: string | undefined, fallback: number, least: number): number {
  if (text === undefined) return fallback;
  const mib = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(mib >= least))
    throw new UsageError(`${option} takes a whole number of mebibytes from ${least} up, not "${text}"`);
  return mib;
}

/** More than this no machine at hand has cores for, and each takes some 50 MB. */
const MOST_WORKERS = 256;

export function workerCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_WORKERS) return count;
  throw new UsageError(`--workers takes a whole number from 1 to ${MOST_WORKERS}, not "${text}"`);
}

export function mediaTypes(texts: readonly string[] = []): MediaTypes {
  const types = texts.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1)
      throw new UsageError(`--type takes EXT=TYPE, such as glb=model/gltf-binary, not "${text}"`);
    return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const;
  });
  return checked('--type', () => mediaTypesByExtension(Object.fromEntries(types)));
}

export function fields(texts: readonly string[] = []): readonly FieldPair[] {
  const pairs = texts.map((text): FieldPair => {
    const colon = text.indexOf(':');
    if (colon < 1) throw new UsageError(`--field takes "Name: value", not "${text}"`);
    return [text.slice(0, colon), text.slice(colon + 1).trim()];
  });
  return checked('--field', () => checkedFields(pairs));
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
