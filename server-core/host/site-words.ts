/** What people are told of a site in a word or two. */
import { isLoopback } from './addresses.ts';
import type { SiteOptions } from './served-site.ts';
import type { Source } from './site-handler.ts';

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

export function tagsOf(options: SiteOptions): string[] {
  const { source } = options;
  const tags: string[] = [];
  if (!isLoopback(options.host)) tags.push('LAN');
  if (options.https) tags.push('TLS');
  if (source.kind === 'origin') tags.push('PROXY');
  if (source.kind === 'lab') tags.push('LAB');
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
