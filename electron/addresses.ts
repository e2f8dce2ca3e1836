/** Which addresses are ours. Pure, so that every refusal here can be tested by itself. */
import { join, sep } from 'node:path';

export const APP_SCHEME = 'app';
const HOST = 'bundle';
export const PAGE_URL = `${APP_SCHEME}://${HOST}/`;

/** Whether a URL is of the page's own origin. A prefix test would let `app://bundle.evil/` pass. */
export function isOwnUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === `${APP_SCHEME}:` && url.host === HOST;
}

/** The file below `root` that a URL of the page names; undefined when it is not ours, or would lie outside. */
export function fileOf(root: string, text: string): string | undefined {
  if (!isOwnUrl(text)) return undefined;
  const { pathname } = new URL(text);
  let path: string;
  try {
    path = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
  } catch {
    return undefined;
  }
  // Only decoding shows the `../` in `%2e%2e%2f`, after the URL was normalised; join resolves it.
  const file = join(root, path);
  return file.startsWith(root + sep) && !file.includes('\0') ? file : undefined;
}

/** Under which every server of this machine can be asked for. */
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a URL is one that our servers have: HTTP or HTTPS at this machine, by one of its `addresses`. What the
 * operating system is asked to open must never be chosen by captured traffic.
 */
export function isServerUrl(text: string, addresses: readonly string[]): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  if (url.username !== '' || url.password !== '') return false;
  return LOOPBACK.includes(url.hostname) || addresses.some((address) => url.hostname === bracketed(address));
}

/** As it stands in a URL. */
function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
