import type { CachePolicy } from '../files/cache-policy.ts';
import { staticFiles } from '../files/static.ts';
import { compose, type Middleware } from '../http/compose.ts';
import { basicAuth } from '../http/middleware/basic-auth.ts';
import { cors } from '../http/middleware/cors.ts';
import { hostGuard } from '../http/middleware/host-guard.ts';
import { isolation } from '../http/middleware/isolation.ts';
import type { Handler } from '../http/response.ts';
import { proxy } from '../net/proxy/proxy.ts';
import { ownNames } from './addresses.ts';

/** Where a site's answers come from: a folder of this machine, or another server. */
export type Source =
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'origin'; readonly url: string };

/** What a person can switch for one site. */
export interface SiteSettings {
  /** Serve and list names that begin with a dot. */
  readonly dotfiles: boolean;
  /** Answer visits to paths without a file with index.html: for applications with routes of their own. */
  readonly spa: boolean;
  /** Answer /about with about.html. */
  readonly cleanUrls: boolean;
  /** Send codings of files: the copies beside them, and made on the fly. */
  readonly compress: boolean;
  /** How long browsers may keep files. */
  readonly cache: CachePolicy;
  /** Let pages of other origins read. */
  readonly cors: boolean;
  /** COOP and COEP, for SharedArrayBuffer and threads of WebAssembly. */
  readonly isolate: boolean;
  /** Ask for this user and password. */
  readonly auth: { readonly user: string; readonly password: string } | undefined;
}

export interface SiteHandler {
  readonly handler: Handler;
  /** Frees what the handler holds open. */
  close(): void;
}

/** `host` is the address listened on: it says under which names the site may be asked for. */
export function siteHandler(source: Source, settings: SiteSettings, host: string): SiteHandler {
  const layers: Middleware[] = [hostGuard(ownNames(host))];
  if (settings.isolate) layers.push(isolation());
  if (settings.cors) layers.push(cors());
  // Behind CORS: a preflight carries no credentials (Fetch §4.8), and would be refused for that.
  if (settings.auth) layers.push(basicAuth({ users: { [settings.auth.user]: settings.auth.password } }));
  if (source.kind === 'origin') {
    const relay = proxy(source.url);
    return { handler: compose(layers, relay), close: () => relay.close() };
  }
  const files = staticFiles(source.root, {
    dotfiles: settings.dotfiles,
    cleanUrls: settings.cleanUrls,
    compress: settings.compress,
    precompressed: settings.compress,
    cacheControl: settings.cache,
    ...(settings.spa ? { fallback: 'index.html' } : {}),
  });
  return { handler: compose(layers, files), close: () => {} };
}
