/** What content is, by its media type, and what its first bytes say where that differs. */
export const BODY_KINDS = [
  'json',
  'html',
  'xml',
  'css',
  'js',
  'text',
  'image',
  'svg',
  'font',
  'audio',
  'video',
  'form',
  'multipart',
  'binary',
] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

export interface BodyType {
  readonly kind: BodyKind;
  /** A fixed type to hand to the browser for pictures, fonts, sound and film; never what the wire said. */
  readonly renderAs: string | undefined;
  /** One sentence when the bytes are not what the type says. */
  readonly mismatch: string | undefined;
}

const SIGNATURES: readonly (readonly [type: string, bytes: string, at: number])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n', 0],
  ['image/jpeg', '\xff\xd8\xff', 0],
  ['image/gif', 'GIF8', 0],
  ['image/webp', 'WEBP', 8],
  ['image/avif', 'ftypavif', 4],
  ['image/bmp', 'BM', 0],
  ['image/x-icon', '\x00\x00\x01\x00', 0],
  ['font/woff2', 'wOF2', 0],
  ['font/woff', 'wOFF', 0],
  ['font/otf', 'OTTO', 0],
  ['font/ttf', '\x00\x01\x00\x00\x00', 0],
  ['audio/wav', 'WAVE', 8],
  ['audio/mpeg', 'ID3', 0],
  ['audio/ogg', 'OggS', 0],
  ['audio/flac', 'fLaC', 0],
  ['video/webm', '\x1aE\xdf\xa3', 0],
  ['video/mp4', 'ftyp', 4],
  ['application/pdf', '%PDF-', 0],
  ['application/zip', 'PK\x03\x04', 0],
  ['application/gzip', '\x1f\x8b', 0],
];

/** @param contentType value of the field, '' when there is none; @param first some bytes of the decoded content */
export function bodyTypeOf(contentType: string, first: Uint8Array): BodyType {
  const declared = contentType.split(';')[0]!.trim().toLowerCase();
  const seen = sniffed(first);
  const kind = kindOf(declared === '' ? (seen ?? (looksLikeText(first) ? 'text/plain' : '')) : declared);
  const visible = kind === 'image' || kind === 'font' || kind === 'audio' || kind === 'video';
  const renderAs = kind === 'svg' ? 'image/svg+xml' : visible ? (seen ?? fixedType(declared)) : undefined;
  return { kind, renderAs, mismatch: mismatchOf(declared, kind, seen) };
}

function mismatchOf(declared: string, kind: BodyKind, seen: string | undefined): string | undefined {
  if (seen === undefined || declared === '' || kind === 'binary' || kind === 'multipart') return undefined;
  const group = seen.split('/')[0];
  const same = declared === seen || (group === 'font' && kind === 'font') || MEDIA.has(`${kind} ${group}`);
  return same ? undefined : `The type says ${declared}, but the bytes are ${seen}`;
}

/** Containers hold sound or film alike; pictures that differ are told apart. */
const MEDIA = new Set(['audio video', 'video audio', 'audio audio', 'video video']);

function kindOf(type: string): BodyKind {
  if (type === 'image/svg+xml') return 'svg';
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('font/') || /^application\/(?:x-)?font-/.test(type)) return 'font';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('video/')) return 'video';
  if (type.startsWith('multipart/')) return 'multipart';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type) || type === 'application/manifest+json') {
    return 'json';
  }
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (/[/+]xml$/.test(type)) return 'xml';
  if (type === 'text/css') return 'css';
  if (/^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(type)) return 'js';
  if (type.startsWith('text/') || /^application\/(?:x-ndjson|yaml|toml|sql|graphql|x-sh)$/.test(type)) {
    return 'text';
  }
  return 'binary';
}

function sniffed(first: Uint8Array): string | undefined {
  const holds = (bytes: string, at: number) => {
    for (let i = 0; i < bytes.length; i++) if (first[at + i] !== bytes.charCodeAt(i)) return false;
    return true;
  };
  const found = SIGNATURES.find(([, bytes, at]) => holds(bytes, at))?.[0];
  // Two letters are the start of many a word; the head of a bitmap has zeros in it.
  return found === 'image/bmp' && looksLikeText(first) ? undefined : found;
}

/** Only types that a browser shows as what they are and never runs. */
function fixedType(declared: string): string | undefined {
  return /^(?:image|font|audio|video)\/[\w.+-]+$/.test(declared) ? declared : undefined;
}

export function looksLikeText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return true;
  const some = bytes.subarray(0, 1024);
  return !some.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b));
}

/** The charset of a media type in lower case; undefined when it names none. */
export function charsetOf(contentType: string): string | undefined {
  return /;\s*charset=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase();
}

/** Enough to tell; a megabyte takes a millisecond. */
const CHECKED_BYTES = 1024 * 1024;
const TEXTUAL = new Set<BodyKind>(['json', 'html', 'xml', 'css', 'js', 'text', 'svg']);

/** One sentence when text is not in the charset that it is said to be in. @param whole false where it goes on */
export function charsetProblem(
  contentType: string,
  kind: BodyKind,
  bytes: Uint8Array,
  whole: boolean,
): string | undefined {
  if (!TEXTUAL.has(kind)) return undefined;
  const charset = charsetOf(contentType) ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return `No browser knows the charset ${charset}, so it is shown as UTF-8`;
  }
  const some = bytes.subarray(0, CHECKED_BYTES);
  try {
    decoder.decode(some, { stream: !whole || some.length < bytes.length });
    return undefined;
  } catch {
    return `Some bytes are not ${charset}`;
  }
}
