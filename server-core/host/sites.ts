/** The servers of an engine, by their numbers: what is served, and what is asked about one of them. */
import type { ServerState } from '../capture/events.ts';
import { isFaultless } from '../capture/fault-plan.ts';
import type { BenchReply, Call, ServeReply, SettingsReply, WarnReply } from '../capture/feed-messages.ts';
import type { TreeReply } from '../capture/served-tree.ts';
import type { ServerSettings } from '../capture/server-settings.ts';
import { readTree } from '../files/tree.ts';
import { reachableUrls } from './addresses.ts';
import { folderAt, isUrl, sameSource, servedOrigin, servedPath } from './served-path.ts';
import { ServedSite, type Surroundings } from './served-site.ts';
import { withSettings } from './site-choices.ts';
import type { ServeDefaults, SiteOptions } from './site-options.ts';
import { onlyGiven } from './site-words.ts';
import { tourRoutes } from './tour.ts';

export interface SitesOptions {
  readonly defaults: ServeDefaults;
  /** The folder offered when none is chosen. */
  readonly tour: string;
  readonly around: Surroundings;
  /** There is one more. */
  added(): void;
  /** Opens one of the servers' own URLs in a browser. */
  openUrl(url: string): void;
}

/** The calls that are about a server. */
export type SiteCall = Extract<
  Call,
  {
    readonly op:
      | ('serve' | 'start' | 'stop' | 'remove' | 'follow' | 'model')
      | ('settings' | 'configure' | 'bench' | 'tree' | 'open');
  }
>;

export class Sites {
  readonly #options: SitesOptions;
  readonly #byId = new Map<number, ServedSite>();
  #last = 0;

  constructor(options: SitesOptions) {
    this.#options = options;
  }

  [Symbol.iterator](): Iterator<ServedSite> {
    return this.#byId.values();
  }

  /** Throws when it was removed. */
  get(id: number): ServedSite {
    const site = this.#byId.get(id);
    if (!site) throw new Error('That server is no longer here');
    return site;
  }

  /** See Engine. */
  async serve(what: string, overrides: Partial<ServeDefaults> = {}): Promise<ServeReply> {
    const found = isUrl(what) ? servedOrigin(what) : await servedPath(what);
    const site =
      this.#find((source) => sameSource(source, found.source)) ??
      this.add({ ...this.#options.defaults, ...overrides, source: found.source, name: found.name });
    const notes = await site.start();
    return { server: site.state, notes: [...found.notes, ...notes], open: found.open };
  }

  /** See Engine. */
  async serveUnlessWarned(what: string, overrides: Partial<ServeDefaults>): Promise<ServeReply | WarnReply> {
    const { warning } = isUrl(what) ? servedOrigin(what) : await servedPath(what);
    return warning === undefined ? this.serve(what, overrides) : { warning };
  }

  /** See Engine. */
  async restore(
    what: string,
    settings: ServerSettings,
    serves: boolean,
    base: ServeDefaults = this.#options.defaults,
  ): Promise<ServerState> {
    const { source, name } = isUrl(what) ? servedOrigin(what) : folderAt(what);
    const known = this.#find((each) => sameSource(each, source));
    if (known) return known.state;
    const site = this.add(withSettings({ ...base, source, name }, settings));
    if (serves) await site.start();
    else this.#options.around.tap.server(site.state);
    return site.state;
  }

  /** It is not started. */
  add(given: SiteOptions): ServedSite {
    const { tour, around, added } = this.#options;
    const options = { ...given, routes: given.routes ?? tourRoutes(given.source, tour) };
    const site = new ServedSite(++this.#last, options, around);
    this.#byId.set(site.id, site);
    added();
    around.changed();
    return site;
  }

  async answer(call: SiteCall): Promise<unknown> {
    if (call.op === 'serve') {
      const overrides = call.port === undefined ? {} : { port: call.port };
      return call.sure ? this.serve(call.path, overrides) : this.serveUnlessWarned(call.path, overrides);
    }
    const site = this.get(call.server);
    switch (call.op) {
      case 'start':
        return { notes: await site.start() };
      case 'stop':
        return site.stop();
      case 'remove':
        return this.#remove(site);
      case 'follow':
        return site.follow();
      case 'model':
        return site.switchModel(call.model);
      case 'settings':
        return this.#settings(site);
      case 'configure':
        return { notes: await site.configure(call.settings) };
      case 'bench':
        return bench(site, call);
      case 'tree':
        return treeOf(site);
      case 'open':
        return this.#open(site, call.path);
    }
  }

  /** Finishes what is in flight. */
  async stop(): Promise<void> {
    await Promise.all([...this.#byId.values()].map((site) => site.stop()));
  }

  #settings({ settings, options }: ServedSite): SettingsReply {
    const given = onlyGiven(options, tourRoutes(options.source, this.#options.tour));
    return { settings, reach: reachableUrls(settings.port, settings.https), onlyGiven: given };
  }

  #find(fits: (source: SiteOptions['source']) => boolean): ServedSite | undefined {
    return [...this.#byId.values()].find(({ options }) => fits(options.source));
  }

  async #remove(site: ServedSite): Promise<void> {
    const { tap, changed } = this.#options.around;
    await site.stop();
    this.#byId.delete(site.id);
    tap.server({ ...site.state, status: 'removed' });
    changed();
  }

  #open({ state }: ServedSite, path: string): void {
    const target = new URL(path, state.url);
    // `//elsewhere/` is a path that names another host.
    if (target.origin !== new URL(state.url).origin) throw new Error('That path is not below the server');
    this.#options.openUrl(target.href);
  }
}

async function bench(
  site: ServedSite,
  { rules }: Extract<Call, { readonly op: 'bench' }>,
): Promise<BenchReply> {
  if (rules) await site.bench(rules.filter((rule) => !isFaultless(rule)));
  return { rules: site.options.faults };
}

async function treeOf({ options: { source, dotfiles, routes } }: ServedSite): Promise<TreeReply> {
  if (source.kind === 'origin') throw new Error('It passes requests on, and has no files of its own');
  if (source.kind !== 'folder') throw new Error('It has no folder on a disk of this machine');
  return readTree({ root: source.root, dotfiles, hidden: routes === undefined ? [] : [routes] });
}
