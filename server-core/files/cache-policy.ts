/** What Cache-Control says of a file (RFC 9111 §5.2.2), by its name and type. */

export interface CacheRule {
  /** The field's value. */
  readonly value: string;
  /** For the decision trace: why this one. */
  readonly because: string;
}

/** `name` is the last one of the path, `type` the value of Content-Type. */
export type CachePolicy = (name: string, type: string) => CacheRule;

/** The same for every file. */
export function always(value: string): CachePolicy {
  const rule: CacheRule = { value, because: 'set by the cacheControl setting' };
  return () => rule;
}

const ASK_EACH_TIME: CacheRule = {
  value: 'no-cache',
  because: 'an edit shows on the next load, and an unchanged file costs a 304',
};

/** Keep a copy, but ask each time. */
export const forDevelopment: CachePolicy = () => ASK_EACH_TIME;

const FINGERPRINTED: CacheRule = {
  value: 'public, max-age=31536000, immutable',
  because: 'its name has a hash of its content, so this name never means other bytes',
};
const PAGE: CacheRule = { value: 'no-cache', because: 'a page is the way to everything newer' };
const OTHER: CacheRule = { value: 'public, max-age=3600', because: 'it has no hash in its name' };

/** What a deployed site wants: files with a hash in their name for good, pages never unasked, the rest for an hour. */
export const forProduction: CachePolicy = (name, type) => {
  if (type.startsWith('text/html')) return PAGE;
  return hasFingerprint(name) ? FINGERPRINTED : OTHER;
};

/** Hex as webpack and Parcel write it, 8 digits or more. */
const HEX = /^(?=.*\d)(?=.*[a-f])[\da-f]{8,64}$/;
/** Eight letters of base64url as Vite writes them, or of upper-case base32 as esbuild does. */
const BASE64 = /^(?=.*\d.)(?=.*[a-z])(?=.*[A-Z])[\w-]{8}$/;
const BASE32 = /^(?=.*\d)(?=.*[A-Z])[A-Z2-7]{8}$/;

/**
 * Whether a name such as `app.3f2a1b8c.js` or `app-BkQ3x7Zp.js` holds a hash. When in doubt it does not: a wrong yes
 * shows old bytes for a year, a wrong no costs one request.
 */
export function hasFingerprint(name: string): boolean {
  const stem = name.slice(0, name.includes('.') ? name.indexOf('.', 1) : undefined);
  const parts = name.split('.').slice(1, -1);
  const dash = Math.max(stem.lastIndexOf('-', stem.length - 8), stem.lastIndexOf('_', stem.length - 8));
  if (dash > 0) parts.push(stem.slice(dash + 1));
  return parts.some((part) => HEX.test(part) || BASE64.test(part) || BASE32.test(part));
}

/**
 * Reads the setting as it is typed: `development`, `production`, `off`, or seconds to keep every file for. Undefined
 * for anything else: a slip that went unnoticed would leave old files in browsers.
 */
export function parseCachePolicy(text: string): CachePolicy | undefined {
  if (text === 'development') return forDevelopment;
  if (text === 'production') return forProduction;
  if (text === 'off') return always('no-store');
  // RFC 9111 §1.2.2: no recipient need read more than 2^31.
  return /^\d{1,9}$/.test(text) ? always(`max-age=${Number(text)}`) : undefined;
}
