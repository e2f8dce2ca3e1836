/** Between the options that a site is made with and the settings that a person switches in the window. */
import type { ServerSettings } from '../capture/server-settings.ts';
import { type CachePolicy, forDevelopment, forProduction, parseCachePolicy } from '../files/cache-policy.ts';
import { isLoopback } from './addresses.ts';
import { credentials, fields, mediaTypes, pageBelow } from './cli-values.ts';
import type { SiteOptions } from './site-options.ts';

const LOCAL = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

/** `options` as settings; what they have no word for is left out. */
export function settingsOf(options: SiteOptions): ServerSettings {
  const { port, host, https, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model } =
    options;
  const { auth, workers, notFoundPage, limits } = options;
  return {
    ...{ port, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model },
    lan: !isLoopback(host),
    https: https !== undefined,
    cache: cacheText(options.cache),
    auth: auth === undefined ? '' : `${auth.user}:${auth.password}`,
    fields: options.fields.map(([name, value]) => `${name}: ${value}`).join('\n'),
    types: Object.entries(options.mediaTypes)
      .map(([extension, type]) => `${extension}=${type}`)
      .join('\n'),
    notFoundPage: notFoundPage ?? '',
    workers: workers ?? 0,
    headSeconds: limits.headMs / 1000,
    bodySeconds: limits.bodyMs / 1000,
    idleSeconds: limits.idleMs / 1000,
    writeSeconds: limits.writeMs / 1000,
    maxConnections: limits.maxConnections,
  };
}

/**
 * `options` with other settings. What stays as it was keeps what only a command line can say: a host, a certificate.
 * Throws UsageError, one sentence, for a text that says nothing.
 */
export function withSettings(options: SiteOptions, settings: ServerSettings): SiteOptions {
  const before = settingsOf(options);
  const { port, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model } = settings;
  const { lan, https, cache, notFoundPage, workers } = settings;
  return {
    ...options,
    ...{ port, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model },
    host: lan === before.lan ? options.host : lan ? EVERYWHERE : LOCAL,
    https: https === before.https ? options.https : https ? 'local' : undefined,
    cache: cache === before.cache ? options.cache : (parseCachePolicy(cache) ?? options.cache),
    auth: credentials('Password', settings.auth === '' ? undefined : settings.auth),
    fields: fields('A header', linesOf(settings.fields)),
    mediaTypes: mediaTypes('A type', linesOf(settings.types)),
    notFoundPage: notFoundPage === '' ? undefined : pageBelow('The page for 404', notFoundPage),
    workers: workers === 0 ? undefined : workers,
    limits: {
      headMs: settings.headSeconds * 1000,
      bodyMs: settings.bodySeconds * 1000,
      idleMs: settings.idleSeconds * 1000,
      writeMs: settings.writeSeconds * 1000,
      maxConnections: settings.maxConnections,
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** As it is typed behind `--cache`. */
function cacheText(policy: CachePolicy): string {
  if (policy === forDevelopment) return 'development';
  if (policy === forProduction) return 'production';
  const { value } = policy('', '');
  return /^max-age=(\d+)$/.exec(value)?.[1] ?? 'off';
}
