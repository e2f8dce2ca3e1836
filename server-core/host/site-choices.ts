/** Between the options that a site is made with and the settings that a person switches in the window. */
import type { ServerSettings } from '../capture/server-settings.ts';
import { type CachePolicy, forDevelopment, forProduction, parseCachePolicy } from '../files/cache-policy.ts';
import { isLoopback } from './addresses.ts';
import type { SiteOptions } from './served-site.ts';

const LOCAL = '127.0.0.1';
const EVERYWHERE = '0.0.0.0';

/** `options` as settings; what they have no word for is left out. */
export function settingsOf(options: SiteOptions): ServerSettings {
  const { port, host, https, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model } =
    options;
  return {
    ...{ port, live, spa, cleanUrls, listing, dotfiles, compress, cors, isolate, model },
    lan: !isLoopback(host),
    https: https !== undefined,
    cache: cacheText(options.cache),
  };
}

/** `options` with other settings. What stays as it was keeps what only a command line can say: a host, a certificate. */
export function withSettings(options: SiteOptions, settings: ServerSettings): SiteOptions {
  const before = settingsOf(options);
  const { lan, https, cache, ...same } = settings;
  return {
    ...options,
    ...same,
    host: lan === before.lan ? options.host : lan ? EVERYWHERE : LOCAL,
    https: https === before.https ? options.https : https ? 'local' : undefined,
    cache: cache === before.cache ? options.cache : (parseCachePolicy(cache) ?? options.cache),
  };
}

/** As it is typed behind `--cache`. */
function cacheText(policy: CachePolicy): string {
  if (policy === forDevelopment) return 'development';
  if (policy === forProduction) return 'production';
  const { value } = policy('', '');
  return /^max-age=(\d+)$/.exec(value)?.[1] ?? 'off';
}
