import type { FaultRule } from '../capture/fault-plan.ts';
import { type CachePolicy, forDevelopment } from '../files/cache-policy.ts';
import { lentFiles } from '../files/lent-files.ts';
import type { LentFolder } from '../files/lent-folder.ts';
import type { MediaTypes } from '../files/media-types.ts';
import { type StaticOptions, staticFiles } from '../files/static.ts';
import { compose, type Middleware } from '../http/compose.ts';
import { basicAuth } from '../http/middleware/basic-auth.ts';
import { compression } from '../http/middleware/compression.ts';
import { cors } from '../http/middleware/cors.ts';
import { faults } from '../http/middleware/faults.ts';
import { hostGuard } from '../http/middleware/host-guard.ts';
import { isolation } from '../http/middleware/isolation.ts';
import type { FieldPair, Handler } from '../http/response.ts';
import { proxy } from '../net/proxy/proxy.ts';
import { ownNames } from './addresses.ts';
import { labHandler } from './lab/lab-handler.ts';
import { injectInto, injectIntoFiles } from './live/injection.ts';
import { LiveReload } from './live/live-reload.ts';
import { RoutesModule } from './routes/routes-module.ts';

/** Where a site's answers come from: a folder of this machine, another server, a folder that is lent, or the lab. */
export type Source =
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'origin'; readonly url: string }
  /** Somebody's folder, as long as he lends it. */
  | { readonly kind: 'lent'; readonly folder: LentFolder }
  | { readonly kind: 'lab' };

/** What a person can switch for one site. */
export interface SiteSettings {
  /** Reload pages when files change. Of folders only. */
  readonly live: boolean;
  /** The absolute path of a module that answers first. */
  readonly routes: string | undefined;
  /** Serve and list names that begin with a dot. */
  readonly dotfiles: boolean;
  /** Answer visits to paths without a file with index.html: for applications with routes of their own. */
  readonly spa: boolean;
  /** Answer /about with about.html. */
  readonly cleanUrls: boolean;
  /** The page below the folder that goes with 404, when not 404.html. */
  readonly notFoundPage: string | undefined;
  /** List folders without an index. */
  readonly listing: boolean;
  /** By extension. */
  readonly mediaTypes: MediaTypes;
  /** Sent with every file. */
  readonly fields: readonly FieldPair[];
  /** Send codings of files: the copies beside them, and made on the fly. */
  readonly compress: boolean;
  /** Of those, the copies. */
  readonly precompressed: boolean;
  /** How long browsers may keep files. */
  readonly cache: CachePolicy;
  /** Let pages of other origins read. */
  readonly cors: boolean;
  /** COOP and COEP, for SharedArrayBuffer and threads of WebAssembly. */
  readonly isolate: boolean;
  /** Ask for this user and password. */
  readonly auth: { readonly user: string; readonly password: string } | undefined;
  /** What it does wrong on purpose. */
  readonly faults: readonly FaultRule[];
}

export const SITE_DEFAULTS: SiteSettings = {
  live: false,
  routes: undefined,
  dotfiles: false,
  spa: false,
  cleanUrls: false,
  notFoundPage: undefined,
  listing: true,
  mediaTypes: {},
  fields: [],
  compress: true,
  precompressed: true,
  cache: forDevelopment,
  cors: false,
  isolate: false,
  auth: undefined,
  faults: [],
};

/** Where a site says what its owner should know. */
export interface SiteReports {
  /** One sentence on what needs attention while the site runs; undefined once it does not. */
  problem(sentence: string | undefined): void;
  /** Lines for whoever runs the program. */
  say(text: string): void;
}

export interface SiteHandler {
  readonly handler: Handler;
  /** Ends what would go on for ever, so that requests in flight can be finished. */
  finish(): void;
  /** Frees what the handler holds open. */
  close(): void;
}

/** `host` is the address listened on: it says under which names the site may be asked for. */
export function siteHandler(
  source: Source,
  settings: SiteSettings,
  host: string,
  reports: SiteReports = { problem: () => {}, say: () => {} },
): SiteHandler {
  const { auth, compress, routes } = settings;
  const live =
    settings.live && source.kind === 'folder' ? new LiveReload(source.root, reports.say) : undefined;
  const relay = source.kind === 'origin' ? proxy(source.url) : undefined;

  const layers: Middleware[] = [hostGuard(ownNames(host))];
  if (settings.faults.length > 0) layers.push(faults(settings.faults));
  if (settings.isolate) layers.push(isolation());
  if (settings.cors) layers.push(cors());
  // Behind CORS: a preflight carries no credentials (Fetch §4.8), and would be refused for that.
  if (auth) layers.push(basicAuth({ users: { [auth.user]: auth.password } }));
  // What another server answers is passed on as it is.
  if (compress && !relay) layers.push(compression());

  let handler = relay ?? folderHandler(source, settings);
  if (live) handler = compose([injectIntoFiles], handler);
  const module =
    routes === undefined
      ? undefined
      : new RoutesModule(routes, handler, {
          loaded: () => live?.reload(),
          problem: reports.problem,
          say: reports.say,
        });
  if (module) handler = module.handler;
  if (live) layers.push(live.paths, injectInto);
  return {
    handler: compose(layers, handler),
    finish: () => live?.end(),
    close() {
      live?.end();
      module?.close();
      relay?.close();
    },
  };
}

function folderHandler(source: Source, settings: SiteSettings): Handler {
  if (source.kind === 'lab') return labHandler();
  if (source.kind === 'origin') throw new TypeError('Only a folder has files');
  const options: StaticOptions = {
    dotfiles: settings.dotfiles,
    cleanUrls: settings.cleanUrls,
    listing: settings.listing,
    mediaTypes: settings.mediaTypes,
    fields: settings.fields,
    compress: settings.compress,
    precompressed: settings.compress && settings.precompressed,
    cacheControl: settings.cache,
    hidden: settings.routes === undefined ? [] : [settings.routes],
    ...(settings.spa ? { fallback: 'index.html' } : {}),
    ...(settings.notFoundPage === undefined ? {} : { notFoundPage: settings.notFoundPage }),
  };
  return source.kind === 'lent' ? lentFiles(source.folder, options) : staticFiles(source.root, options);
}
