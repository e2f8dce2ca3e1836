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

/**
 * Whether a URL is one that our servers have: plain HTTP on this machine. What the operating system is asked to
 * open must never be chosen by captured traffic.
 */
export function isServerUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return (
    url.protocol === 'http:' && url.hostname === '127.0.0.1' && url.username === '' && url.password === ''
  );
}
