/** What a process or thread of a site makes its handler from, in a form that can be sent to it. */
import { always, type CachePolicy, forDevelopment, forProduction } from '../files/cache-policy.ts';
import type { ConnectionLimits } from '../net/limits.ts';
import type { CertificateFiles } from './authority/own-certificate.ts';
import type { SiteSettings, Source } from './site-handler.ts';

export interface WorkerSetup {
  readonly source: Source;
  readonly settings: Omit<SiteSettings, 'cache'>;
  /** `development`, `production`, or what Cache-Control says of every file. */
  readonly cache: string;
  readonly host: string;
  readonly https: 'local' | CertificateFiles | undefined;
  /** Folder of the certificate authority. */
  readonly home: string;
  readonly limits: ConnectionLimits;
}

export function workerSetup(
  source: Source,
  { cache, ...settings }: SiteSettings,
  place: Pick<WorkerSetup, 'host' | 'https' | 'home' | 'limits'>,
): WorkerSetup {
  // Options may hold more than settings, and functions among it.
  const {
    live,
    routes,
    dotfiles,
    spa,
    cleanUrls,
    notFoundPage,
    listing,
    mediaTypes,
    fields,
    compress,
    precompressed,
    cors,
    isolate,
    auth,
    faults,
  } = settings;
  return {
    source,
    settings: {
      ...{ live, routes, dotfiles, spa, cleanUrls, notFoundPage, listing, mediaTypes, fields },
      ...{ compress, precompressed, cors, isolate, auth, faults },
    },
    cache: policyName(cache),
    ...place,
  };
}

export function settingsOf({ settings, cache }: WorkerSetup): SiteSettings {
  return { ...settings, cache: NAMED[cache] ?? always(cache) };
}

const NAMED: Readonly<Record<string, CachePolicy>> = {
  development: forDevelopment,
  production: forProduction,
};

/** All policies but the named ones say the same of every file. */
function policyName(policy: CachePolicy): string {
  const named = Object.entries(NAMED).find(([, known]) => known === policy);
  return named?.[0] ?? policy('', '').value;
}
