import type { BigIntStats } from 'node:fs';
import { formatHttpDate } from '../http/date.ts';
import type { FieldPair, Response } from '../http/response.ts';
import { groupDigits } from './digits.ts';
import { lengthOnly } from './file-source.ts';
import { type MediaTypes, mediaType } from './media-types.ts';
import { type Validators, validatorsOf } from './validators.ts';

/** One state of one file, with the answers to it that never vary. Frozen: the connection keeps their encoding. */
export interface ServedFile extends Validators {
  /** Names below the root, joined by slashes, for people. */
  readonly name: string;
  /** Where it is opened: the path without links. */
  readonly real: string;
  readonly size: number;
  /** The state that all of this describes. */
  readonly stats: BigIntStats;
  /** All of it, when it is small enough to be kept. */
  readonly content: Uint8Array | undefined;
  /** For HEAD, and for GET when the content is kept. */
  readonly whole: Response;
  readonly notModified: Response;
  /** Lines of the decision trace that are the same for every request. */
  readonly found: string;
  readonly typed: string;
}

export interface Presentation {
  readonly cacheControl: string;
  readonly mediaTypes: MediaTypes;
  /** Sent with every file. */
  readonly fields: readonly FieldPair[];
}

/** `content` is owned by the result and must not be changed afterwards. `now` in milliseconds. */
export function servedFile(
  segments: readonly string[],
  real: string,
  stats: BigIntStats,
  content: Uint8Array | undefined,
  presentation: Presentation,
  now: number,
): ServedFile {
  const name = segments.join('/');
  const size = Number(stats.size);
  const validators = validatorsOf(stats, now);
  const type = mediaType(segments.at(-1) ?? '', presentation.mediaTypes);
  // RFC 9110 §15.4.5: a 304 repeats what a cache needs to update its copy, and nothing else.
  const kept: readonly FieldPair[] = [
    ['Cache-Control', presentation.cacheControl],
    ['ETag', validators.etag],
    ...presentation.fields,
  ];
  const fields: readonly FieldPair[] = [
    ['Content-Type', type.value],
    ['Last-Modified', formatHttpDate(validators.lastModified)],
    ['Accept-Ranges', 'bytes'],
    // The type is ours to say: without this a text with a tag in it may be run as a page.
    ['X-Content-Type-Options', 'nosniff'],
    ...kept,
  ];
  return Object.freeze({
    ...validators,
    name,
    real,
    size,
    stats,
    content,
    whole: Object.freeze({ status: 200, fields: Object.freeze(fields), body: content ?? lengthOnly(size) }),
    notModified: Object.freeze({ status: 304, fields: Object.freeze(kept) }),
    found: `File ${name} inside the root, ${groupDigits(size)} B`,
    typed: `Type ${type.value} from ${type.from}`,
  });
}
