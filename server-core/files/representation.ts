import { CodedSource } from '../http/coding/coded-source.ts';
import type { Coding } from '../http/coding/content-coding.ts';
import { formatHttpDate } from '../http/date.ts';
import type { ByteSource, FieldPair, Response } from '../http/response.ts';
import { withCustom } from './custom-fields.ts';
import { FileSource, lengthOnly, type OpenBytes } from './file-source.ts';
import type { FileBlocks } from './shared-blocks.ts';
import type { FileState, Validators } from './validators.ts';

/**
 * One representation of a file (RFC 9110 §3.2), as it is or in a content coding, with the answers that never vary.
 * Frozen: the connection keeps their encoding.
 */
export interface Representation extends Validators {
  readonly coding: Coding | undefined;
  /** What is opened to read it: a path without links, and the state in which this describes it. */
  readonly real: string;
  readonly stats: FileState;
  /** In bytes; undefined when it is coded while it is sent. */
  readonly length: number | undefined;
  /** All of it, when it is small enough to be kept. Not to be changed. */
  readonly content: Uint8Array | undefined;
  /** Whether parts of it can be asked for: not when it is coded here, since another time the bytes may differ. */
  readonly ranged: boolean;
  /** For HEAD, and for GET when the content is kept. */
  readonly whole: Response;
  readonly notModified: Response;
}

export interface RepresentationFacts {
  readonly validators: Validators;
  readonly coding: Coding | undefined;
  readonly real: string;
  readonly stats: FileState;
  readonly length: number | undefined;
  readonly content: Uint8Array | undefined;
  readonly ranged: boolean;
  readonly type: string;
  readonly cacheControl: string;
  /** What the choice of the answer depends on, as Vary lists it; empty when on nothing. */
  readonly vary: string;
  readonly custom: readonly FieldPair[];
}

export function representation(facts: RepresentationFacts): Representation {
  const { validators, coding, real, stats, length, content, ranged, custom } = facts;
  // RFC 9110 §15.4.5: a 304 repeats what a cache needs to update its copy, and nothing that describes content.
  const kept: FieldPair[] = [
    ['Cache-Control', facts.cacheControl],
    ['ETag', validators.etag],
  ];
  if (facts.vary !== '') kept.push(['Vary', facts.vary]);
  const fields: FieldPair[] = [
    ['Content-Type', facts.type],
    ['Last-Modified', formatHttpDate(validators.lastModified)],
  ];
  if (coding !== undefined) fields.push(['Content-Encoding', coding]);
  if (ranged) fields.push(['Accept-Ranges', 'bytes']);
  // The type is ours to say: without this a text with a tag in it may be run as a page.
  fields.push(['X-Content-Type-Options', 'nosniff'], ...kept);
  const aboutCopies = custom.filter(([name]) => !/^content-/i.test(name));
  return Object.freeze({
    ...validators,
    coding,
    real,
    stats,
    length,
    content,
    ranged,
    whole: Object.freeze({
      status: 200,
      fields: Object.freeze(withCustom(fields, custom)),
      body: content ?? lengthOnly(length),
    }),
    notModified: Object.freeze({ status: 304, fields: Object.freeze(withCustom(kept, aboutCopies)) }),
  });
}

/** All of the content, read while it is sent. Takes over the handle, which is of `shown.real`. */
export function wholeSource(shown: Representation, handle: OpenBytes, blocks?: FileBlocks): ByteSource {
  const content = new FileSource(handle, 0, Number(shown.stats.size), blocks);
  return shown.coding === undefined || shown.length !== undefined
    ? content
    : new CodedSource(content, shown.coding);
}
