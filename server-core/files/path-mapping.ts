/** From the path of a request-target to names of files, without touching a disk. */
import { windowsRefusal } from './windows-names.ts';

export interface MappingOptions {
  /** Let names that begin with a dot through. */
  readonly dotfiles: boolean;
  /** Refuse what Windows would take for another file than the one named. */
  readonly windows: boolean;
}

export type PathMapping =
  | {
      readonly kind: 'mapped';
      /** Decoded names below the root; none holds a separator, NUL, or is a dot segment. */
      readonly segments: readonly string[];
      /** The path ended in a slash, so only a folder fits. */
      readonly folder: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly status: 400 | 404;
      /** For whoever asked. */
      readonly publicText: string;
      /** For the decision trace. */
      readonly because: string;
    };

/**
 * Maps a path (one char per byte, query already cut off). Each segment is decoded exactly once, after the split:
 * `%2f` can so never become a separator, nor `%252e` a dot.
 */
export function mapPath(path: string, options: MappingOptions): PathMapping {
  const segments: string[] = [];
  const raw = path.split('/');
  for (const part of raw) {
    const name = decodeSegment(part);
    if (typeof name !== 'string') return name;
    // Empty ones are skipped, as most servers do: `/a//b` names the same file as `/a/b`.
    if (name === '' || name === '.') continue;
    if (name === '..') {
      // RFC 3986 §5.2.4 lets a climb above the root stop there; a sender that still has one means harm or is broken.
      if (segments.pop() === undefined) return malformed('The path climbs above the root');
      continue;
    }
    const refusal = refuseName(name, options);
    if (refusal) return refusal;
    segments.push(name);
  }
  const last = decodedDots(raw.at(-1) ?? '');
  return { kind: 'mapped', segments, folder: last === '' || last === '.' || last === '..' };
}

/** `/` and the names, percent-encoded: always one slash in front, so it can never be read as `//host`. */
export function encodePath(segments: readonly string[], folder: boolean): string {
  const path = `/${segments.map(encodeURIComponent).join('/')}`;
  return folder && segments.length > 0 ? `${path}/` : path;
}

function decodedDots(part: string): string {
  return part.replace(/%2e/gi, '.');
}

const PERCENT_PAIR = /%([0-9a-fA-F]{2})/g;
const BAD_PERCENT = /%(?![0-9a-fA-F]{2})/;
const NOT_ASCII = /[^\x00-\x7f]/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeSegment(part: string): string | PathMapping {
  if (BAD_PERCENT.test(part))
    return malformed('A percent sign in the path is not followed by two hex digits');
  const bytes = part.replace(PERCENT_PAIR, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (!NOT_ASCII.test(bytes)) return bytes;
  try {
    return utf8.decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  } catch {
    return missing('The path does not decode as UTF-8, and only such names are served');
  }
}

function refuseName(name: string, options: MappingOptions): PathMapping | undefined {
  if (name.includes('\0')) return malformed('The path holds a zero byte');
  if (name.includes('/')) return malformed('The path holds an encoded slash, which no name can');
  if (name.includes('\\'))
    return malformed('The path holds a backslash, which some systems take for a slash');
  // RFC 8615: what is below .well-known is there to be found.
  if (name.startsWith('.') && !options.dotfiles && name !== '.well-known') {
    return missing(`Names that begin with a dot are hidden, so ${name} is`);
  }
  const because = options.windows ? windowsRefusal(name) : undefined;
  return because === undefined ? undefined : missing(because);
}

function malformed(because: string): PathMapping {
  return { kind: 'refused', status: 400, publicText: because, because };
}

/** Looks to the client like any other name that is not there. */
function missing(because: string): PathMapping {
  return { kind: 'refused', status: 404, publicText: NOTHING_HERE, because };
}

export const NOTHING_HERE = 'There is nothing under this name';
