/** How a site is made: what it serves, where, and by what. */
import type { ModelName } from '../concurrency/model.ts';
import { SITE_LIMITS, type SiteLimits } from '../net/limits.ts';
import type { Https } from './authority/site-identity.ts';
import { SITE_DEFAULTS, type SiteSettings, type Source } from './site-handler.ts';

/** How new servers are made, where a viewer's `serve` call does not say. */
export interface ServeDefaults extends SiteSettings {
  readonly host: string;
  readonly port: number;
  readonly model: ModelName;
  /** Processes of `prefork`, threads of `threads`, the most of `process`; undefined: as the model sees fit. */
  readonly workers: number | undefined;
  /** `local` makes certificates by an authority of this machine; undefined serves plain HTTP. */
  readonly https: Https | undefined;
  readonly limits: SiteLimits;
}

export const SERVE_DEFAULTS: ServeDefaults = {
  host: '127.0.0.1',
  port: 8080,
  model: 'event-loop',
  workers: undefined,
  https: undefined,
  limits: SITE_LIMITS,
  ...SITE_DEFAULTS,
};

export interface SiteOptions extends ServeDefaults {
  readonly source: Source;
  readonly name: string;
}
