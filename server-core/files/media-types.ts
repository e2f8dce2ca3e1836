import mime from 'mime';

/** Extension (lower case, without dot) to media type. */
export type MediaTypes = Readonly<Record<string, string>>;

/** Where the registry's answer is not what a folder of web sources means by the extension. */
const SOURCES: MediaTypes = {
  cjs: 'text/javascript',
  // Registered for MPEG transport streams, which a browser would try to play.
  ts: 'text/plain',
  mts: 'text/plain',
  cts: 'text/plain',
  tsx: 'text/plain',
  jsx: 'text/plain',
  vue: 'text/plain',
  svelte: 'text/plain',
};

/** Files that everyone reads as text and nobody gives an extension. */
const PLAIN_NAMES =
  /^(?:readme|license|licence|copying|notice|authors|contributors|changelog|makefile|dockerfile)$/i;

const UNKNOWN = 'application/octet-stream';

/** Keys as `mediaType` looks for them: lower case, no dot. Throws a TypeError for a type that no field can carry. */
export function mediaTypesByExtension(types: MediaTypes): MediaTypes {
  return Object.fromEntries(
    Object.entries(types).map(([extension, type]) => {
      if (!TYPE.test(type)) throw new TypeError(`${JSON.stringify(type)} is not a media type`);
      return [extension.replace(/^\./, '').toLowerCase(), type];
    }),
  );
}

/** RFC 9110 §8.3.1, with parameters left as they are. */
const TYPE = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+\/[!#$%&'*+\-.^_`|~\dA-Za-z]+(?:[\t ]*;[\t\x20-\x7e]*)?$/;

export interface MediaType {
  /** The value of Content-Type. */
  readonly value: string;
  /** What it was told by, for the decision trace: `.html`, or `its name`. */
  readonly from: string;
}

/** The type of a file by its name alone. `overrides` win and are sent as they are. */
export function mediaType(name: string, overrides: MediaTypes = {}): MediaType {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) {
    const value = PLAIN_NAMES.test(name) ? withCharset('text/plain') : UNKNOWN;
    return { value, from: 'its name' };
  }
  const extension = name.slice(dot + 1).toLowerCase();
  const from = `.${extension}`;
  const override = Object.hasOwn(overrides, extension) ? overrides[extension] : undefined;
  if (override !== undefined) return { value: override, from };
  const source = Object.hasOwn(SOURCES, extension) ? SOURCES[extension] : undefined;
  return { value: withCharset(source ?? mime.getType(extension) ?? UNKNOWN), from };
}

/** Text without a charset is guessed at; JSON and XML say their own (RFC 8259 §8.1, RFC 7303 §3). */
function withCharset(type: string): string {
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}
