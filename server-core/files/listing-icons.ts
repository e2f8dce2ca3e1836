/** Icons of a listing by kind. Each is drawn once in the page and referred to by the rows. */

const KINDS = {
  folder: 'M2 4.5h4.2l1.3 1.5H14v6.5H2z',
  page: 'M2 3h12v10H2zM2 6h12M4 4.5h.5M6 4.5h.5',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  text: 'M4 2h5.5L12 4.5V14H4zM6 7h4M6 9.5h4M6 12h2.5',
  data: 'M6 2.5c-2 0-1 5-3 5.5 2 .5 1 5.5 3 5.5M10 2.5c2 0 1 5 3 5.5-2 .5-1 5.5-3 5.5',
  image: 'M2 3h12v10H2zM2 11.5l3.5-4 3 3 2-2 3.5 3M10.5 5.5h.5',
  audio:
    'M5.5 12V4l7-1.5v8M5.5 12a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0zM12.5 10.5a1.7 1.7 0 1 1-3.4 0 1.7 1.7 0 0 1 3.4 0z',
  video: 'M2 3.5h12v9H2zM6.8 6v4L10 8z',
  font: 'M3.5 13L8 3l4.5 10M5.2 9.5h5.6',
  archive: 'M3 2.5h10v11H3zM8 2.5v1.5M8 5.5V7M8 8.5V10',
  binary: 'M4 2h5.5L12 4.5V14H4zM9.5 2v2.5H12',
} as const;

export type Kind = keyof typeof KINDS;

/** What a file is to people, by its media type (parameters are ignored). */
export function kindOf(type: string): Kind {
  const [family = '', rest = ''] = type.split(';', 1)[0]!.trim().toLowerCase().split('/');
  if (family === 'image' || family === 'audio' || family === 'video' || family === 'font') return family;
  if (rest === 'html' || rest === 'xhtml+xml') return 'page';
  if (/^(?:javascript|css|wasm|x-sh|x-httpd-php)$/.test(rest)) return 'code';
  if (/^(?:json|xml|yaml|toml|sql|csv|tab-separated-values)$|\+(?:json|xml)$/.test(rest)) return 'data';
  if (family === 'text' || rest === 'pdf' || rest === 'rtf') return 'text';
  if (/^(?:zip|gzip|x-tar|x-bzip2?|x-xz|zstd|x-7z-compressed|vnd\.rar|java-archive)$/.test(rest))
    return 'archive';
  return 'binary';
}

/** The drawings that rows with these kinds refer to, as one hidden element. */
export function iconSheet(kinds: Iterable<Kind>): string {
  const symbols = [...new Set(kinds)].map(
    (kind) => `<symbol id="k-${kind}" viewBox="0 0 16 16"><path d="${KINDS[kind]}"/></symbol>`,
  );
  return symbols.length === 0 ? '' : `<svg width="0" height="0" aria-hidden="true">${symbols.join('')}</svg>`;
}

/** An icon says nothing that the name beside it does not, so it is silent to those who listen. */
export function icon(kind: Kind): string {
  return `<svg class="k" aria-hidden="true"><use href="#k-${kind}"/></svg>`;
}
