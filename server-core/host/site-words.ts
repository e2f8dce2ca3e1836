/** What people are told of a site in a word or two. */
import { isLoopback } from './addresses.ts';
import type { Source } from './site-handler.ts';
import type { SiteOptions } from './site-options.ts';

/** Where its answers come from. */
export function sourceName(source: Source): string {
  switch (source.kind) {
    case 'folder':
      return source.root;
    case 'origin':
      return source.url;
    case 'lent':
      return `${source.folder.name}, lent by a page of this window`;
    case 'lab':
      return 'what the lab asks for';
  }
}

/** What only a command line can say of it; `ownRoutes` are those that its folder brings along. */
export function onlyGiven({ routes, https }: SiteOptions, ownRoutes: string | undefined): string[] {
  const given: string[] = [];
  if (routes !== undefined && routes !== ownRoutes) given.push('module of routes');
  if (typeof https === 'object') given.push('certificate');
  return given;
}

export function tagsOf(options: SiteOptions): string[] {
  const { source } = options;
  const tags: string[] = [];
  if (!isLoopback(options.host)) tags.push('LAN');
  if (options.https) tags.push('TLS');
  if (source.kind === 'origin') tags.push('PROXY');
  if (source.kind === 'lab') tags.push('LOAD');
  if (source.kind === 'lent') tags.push('LENT');
  if (options.auth) tags.push('AUTH');
  if (options.routes !== undefined) tags.push('ROUTES');
  if (options.live) tags.push('LIVE');
  if (options.spa) tags.push('SPA');
  if (options.cors) tags.push('CORS');
  if (options.isolate) tags.push('ISOLATED');
  if (options.dotfiles) tags.push('DOTFILES');
  if (options.faults.length > 0) tags.push('FAULTS');
  return tags;
}
