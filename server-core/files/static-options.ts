import type { FieldPair } from '../http/response.ts';
import { always, type CachePolicy, forDevelopment } from './cache-policy.ts';
import { checkedFields } from './custom-fields.ts';
import { DEFAULT_CACHE_BYTES } from './file-cache.ts';
import { type MediaTypes, mediaTypesByExtension } from './media-types.ts';
import type { Presentation } from './served-file.ts';

export interface StaticOptions {
  /** Serve and list names that begin with a dot. Default false; `.well-known` always is (RFC 8615). */
  readonly dotfiles?: boolean;
  /** The file that answers for its folder. Default `index.html`. */
  readonly index?: string;
  /** List folders that have no index. Default true. */
  readonly listing?: boolean;
  /**
   * For applications with routes of their own: the file below the root, such as `index.html`, that answers where
   * no file does. Only to requests that ask for HTML by name, as visits in a browser do: a script or a picture
   * that is missing stays a 404. Default none.
   */
  readonly fallback?: string;
  /** Let `/about` answer with `about.html`. Never redirects. Default false. */
  readonly cleanUrls?: boolean;
  /** The file below the root that goes with 404, to requests that ask for HTML. Default `404.html`; '' for none. */
  readonly notFoundPage?: string;
  /** Send the copies `.br`, `.zst` and `.gz` beside a file, where they are not older than it is. Default true. */
  readonly precompressed?: boolean;
  /** Code content that gains by it on the fly. Default true. */
  readonly compress?: boolean;
  /** A policy, or one value of Cache-Control for every file. Default `no-cache`: keep a copy, but ask each time. */
  readonly cacheControl?: string | CachePolicy;
  /** By extension, with or without its dot; sent as given. */
  readonly mediaTypes?: MediaTypes;
  /** Sent with every file, in place of the server's own of that name. */
  readonly fields?: readonly FieldPair[];
  /** Paths of files that are answered as if they were not there: what a server is made of may lie in its root. */
  readonly hidden?: readonly string[];
  /** Bytes of small files kept in memory, coded forms included. Default 32 MiB; 0 keeps none. */
  readonly cacheBytes?: number;
}

/** The options with their defaults, checked. */
export interface Settings extends Presentation {
  readonly dotfiles: boolean;
  readonly index: string;
  readonly listing: boolean;
  /** Names below the root. */
  readonly fallback: readonly string[] | undefined;
  readonly cleanUrls: boolean;
  readonly notFoundPage: readonly string[] | undefined;
  readonly precompressed: boolean;
  readonly hidden: readonly string[];
  readonly cacheBytes: number;
}

/** Throws a TypeError that says which option cannot be. */
export function settingsOf(options: StaticOptions): Settings {
  const { cacheControl = forDevelopment } = options;
  return {
    dotfiles: options.dotfiles ?? false,
    index: options.index ?? 'index.html',
    listing: options.listing ?? true,
    fallback: namesOf(options.fallback ?? ''),
    cleanUrls: options.cleanUrls ?? false,
    notFoundPage: namesOf(options.notFoundPage ?? '404.html'),
    precompressed: options.precompressed ?? true,
    hidden: options.hidden ?? [],
    compress: options.compress ?? true,
    cachePolicy:
      typeof cacheControl === 'string'
        ? always(checkedFields([['Cache-Control', cacheControl]])[0]![1])
        : cacheControl,
    mediaTypes: mediaTypesByExtension(options.mediaTypes ?? {}),
    fields: checkedFields(options.fields ?? []),
    cacheBytes: options.cacheBytes ?? DEFAULT_CACHE_BYTES,
  };
}

function namesOf(path: string): readonly string[] | undefined {
  const names = path.split(/[/\\]/).filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) throw new TypeError(`${path} is not below the root`);
  return names.length === 0 ? undefined : names;
}
