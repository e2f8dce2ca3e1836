/** What a response holds, from its media type; where it has none (304, HEAD on errors), from the target's ending. */
import type { Chip } from './queries/filter.ts';
import type { ContentKind } from './queries/list.ts';

/** The index is what the `kind` column stores. */
export const CONTENT_KINDS = [
  'other',
  'html',
  'css',
  'js',
  'img',
  'font',
  'media',
  'data',
] as const satisfies readonly ContentKind[];

const BY_TYPE: readonly (readonly [RegExp, ContentKind])[] = [
  [/^(?:text\/html|application\/xhtml\+xml)$/, 'html'],
  [/^text\/css$/, 'css'],
  [/^(?:text|application)\/(?:x-)?(?:javascript|ecmascript)$|^application\/wasm$/, 'js'],
  [/^image\//, 'img'],
  [/^font\/|^application\/(?:x-)?font-|^application\/vnd\.ms-fontobject$/, 'font'],
  [/^(?:audio|video)\/|^application\/(?:vnd\.apple\.mpegurl|dash\+xml)$/, 'media'],
  [/^application\/(?:json|xml|x-ndjson|graphql|cbor|msgpack|protobuf|x-www-form-urlencoded)$/, 'data'],
  [/\+(?:json|xml|cbor)$|^text\/(?:xml|csv|event-stream|tab-separated-values)$/, 'data'],
];

const BY_ENDING: ReadonlyMap<string, ContentKind> = new Map(
  Object.entries({
    html: 'html',
    htm: 'html',
    xhtml: 'html',
    css: 'css',
    js: 'js',
    mjs: 'js',
    cjs: 'js',
    wasm: 'js',
    png: 'img',
    jpg: 'img',
    jpeg: 'img',
    gif: 'img',
    svg: 'img',
    webp: 'img',
    avif: 'img',
    ico: 'img',
    woff: 'font',
    woff2: 'font',
    ttf: 'font',
    otf: 'font',
    mp3: 'media',
    mp4: 'media',
    m4a: 'media',
    ogg: 'media',
    wav: 'media',
    webm: 'media',
    json: 'data',
    xml: 'data',
    csv: 'data',
    ndjson: 'data',
  } satisfies Record<string, ContentKind>),
);

/** @param mediaType a Content-Type value, parameters allowed; '' when there is none */
export function contentKind(mediaType: string, target: string): ContentKind {
  if (mediaType === '') return kindByEnding(target);
  const known = knownTypes.get(mediaType);
  if (known !== undefined) return known;
  const type = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const kind = BY_TYPE.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
  if (knownTypes.size < MAX_KNOWN_TYPES) knownTypes.set(mediaType, kind);
  return kind;
}

/** A site uses a few dozen types; the bound is against one that invents them. */
const MAX_KNOWN_TYPES = 1024;
const knownTypes = new Map<string, ContentKind>();

function kindByEnding(target: string): ContentKind {
  const query = target.indexOf('?');
  const end = query < 0 ? target.length : query;
  if (end === 0) return 'other';
  const slash = target.lastIndexOf('/', end - 1);
  const dot = target.lastIndexOf('.', end - 1);
  if (dot > slash) return BY_ENDING.get(target.slice(dot + 1, end).toLowerCase()) ?? 'other';
  return slash === end - 1 ? 'html' : 'other';
}

/** The kind that a chip stands for; undefined for those that are no kind of content. */
export function kindOfChip(chip: Chip): ContentKind | undefined {
  if (chip === 'errors' || chip === 'ws') return undefined;
  return chip === 'doc' ? 'html' : chip;
}

/** It goes on for as long as both sides like: how long it took says nothing about the server. */
export function isStream(status: number, mediaType: string): boolean {
  return status === 101 || mediaType === 'text/event-stream';
}
