import { acceptsHtml } from '../http/error-page.ts';
import type { Request } from '../http/request.ts';
import type { FieldPair, Response } from '../http/response.ts';
import { withCustom } from './custom-fields.ts';
import type { Disk } from './disk.ts';
import { FileSource, lengthOnly } from './file-source.ts';
import { locate } from './locate.ts';
import { type MediaTypes, mediaType } from './media-types.ts';
import { takeFile } from './take-file.ts';

export interface NotFoundSettings {
  /** Names below the root. */
  readonly notFoundPage: readonly string[] | undefined;
  readonly mediaTypes: MediaTypes;
  readonly fields: readonly FieldPair[];
}

/** 404 with the site's own page; undefined when it has none, or when the request does not ask for HTML by name. */
export async function notFoundPage(
  request: Request,
  disk: Disk,
  root: string,
  settings: NotFoundSettings,
): Promise<Response | undefined> {
  const names = settings.notFoundPage;
  if (names === undefined || !acceptsHtml(request.head.fields.all('accept'))) return undefined;
  const found = await locate(disk, root, names);
  if (found.kind !== 'file') return undefined;
  const { stats, content, handle } = await takeFile(disk, found.real);
  const size = Number(stats.size);
  let claimed = false;
  try {
    if (!stats.isFile()) return undefined;
    if (request.tracing) request.mark('open', `${names.join('/')} goes with it, by the notFoundPage setting`);
    const fields = withCustom(
      [
        ['Content-Type', mediaType(names.at(-1) ?? '', settings.mediaTypes).value],
        // As with every error: the file made a second later would not be seen.
        ['Cache-Control', 'no-store'],
        ['Vary', 'Accept'],
        ['X-Content-Type-Options', 'nosniff'],
      ],
      settings.fields.filter(([name]) => name.toLowerCase() !== 'cache-control'),
    );
    if (content !== undefined) return { status: 404, fields, body: content };
    if (handle === undefined || request.method === 'HEAD')
      return { status: 404, fields, body: lengthOnly(size) };
    claimed = true;
    return { status: 404, fields, body: new FileSource(handle, 0, size) };
  } finally {
    if (!claimed) await handle?.close();
  }
}
