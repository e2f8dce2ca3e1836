import { isCompressible, MIN_CODED_BYTES } from '../http/coding/content-coding.ts';
import type { FieldPair } from '../http/response.ts';
import type { CachePolicy } from './cache-policy.ts';
import { CodedForms } from './coded-forms.ts';
import { type Form, MADE_FORMS } from './coding-choice.ts';
import { groupDigits } from './digits.ts';
import { type MediaTypes, mediaType } from './media-types.ts';
import { type Representation, representation } from './representation.ts';
import type { Siblings } from './siblings.ts';
import { type FileState, validatorsOf } from './validators.ts';

/** Up to this size a file is read whole and kept; above, it is streamed. The most that one read takes on a pipe. */
export const KEEP_BYTES = 65_536;

/** How files are shown, whichever they are. */
export interface Presentation {
  readonly cachePolicy: CachePolicy;
  readonly mediaTypes: MediaTypes;
  /** Sent with every file. */
  readonly fields: readonly FieldPair[];
  /** Whether content that gains by it is coded on the fly. */
  readonly compress: boolean;
  /** A field of the request that had a say in which file it is; undefined when the target alone decided. */
  readonly chosenBy?: string | undefined;
}

/** What was found on the disk. `content` is owned by the served file and must not be changed afterwards. */
export interface FileFacts {
  /** Names below the root. */
  readonly segments: readonly string[];
  /** The path without links. */
  readonly real: string;
  readonly stats: FileState;
  readonly content: Uint8Array | undefined;
  /** Undefined when they were not looked for. */
  readonly siblings?: Siblings | undefined;
  /** How the target led to it, for the decision trace; undefined where another target may as well. */
  readonly decoded?: string | undefined;
  /** Why it answers, where it is not the very file that was named. */
  readonly because?: string | undefined;
}

/** One state of one file: its representation without coding, and what others can be had. */
export interface ServedFile extends Representation {
  readonly length: number;
  /** Names below the root, joined by slashes, for people. */
  readonly name: string;
  /** The value of Content-Type. */
  readonly type: string;
  readonly cacheControl: string;
  /** What Vary lists, in every coding. */
  readonly vary: string;
  readonly custom: readonly FieldPair[];
  readonly siblings: Siblings | undefined;
  /** Codings that it can be sent in, in the order of preference. Empty when coding would gain nothing. */
  readonly forms: readonly Form[];
  /** Those of them that were made, or read, and kept. */
  readonly coded: CodedForms;
  /** Lines of the decision trace that are the same for every request, as answer-trace.ts puts them in order. */
  readonly decoded: string | undefined;
  readonly found: readonly string[];
  readonly typed: string;
  readonly described: readonly string[];
}

/** `now` in milliseconds. */
export function servedFile(facts: FileFacts, presentation: Presentation, now: number): ServedFile {
  const { segments, real, stats, content, siblings, decoded, because } = facts;
  const last = segments.at(-1) ?? '';
  const name = segments.join('/');
  const length = Number(stats.size);
  const { value: type, from } = mediaType(last, presentation.mediaTypes);
  const made = presentation.compress && length >= MIN_CODED_BYTES && isCompressible(type);
  const forms: readonly Form[] = [
    ...(siblings?.fresh ?? []).map((sibling) => ({ coding: sibling.coding, sibling })),
    ...(made ? MADE_FORMS : []),
  ];
  // RFC 9110 §12.5.5: also on what goes out as it is, or a cache would give that to all.
  const vary = [presentation.chosenBy, forms.length > 0 ? 'Accept-Encoding' : undefined]
    .filter((field) => field !== undefined)
    .join(', ');
  const rule = presentation.cachePolicy(last, type);
  const custom = presentation.fields;
  const shown = representation({
    validators: validatorsOf(stats, now),
    coding: undefined,
    real,
    stats,
    length,
    content,
    ranged: true,
    type,
    cacheControl: rule.value,
    vary,
    custom,
  });
  const found = `File ${name} inside the root, ${groupDigits(length)} B`;
  const described = [`Cache-Control ${rule.value}: ${rule.because}`];
  if (custom.length > 0) {
    described.push(
      `Added by the fields setting: ${custom.map(([field, value]) => `${field}: ${value}`).join(', ')}`,
    );
  }
  return Object.freeze({
    ...shown,
    length,
    name,
    type,
    cacheControl: rule.value,
    vary,
    custom,
    siblings,
    forms,
    coded: new CodedForms(now),
    decoded,
    found: because === undefined ? [found] : [found, because],
    typed: `Type ${type} from ${from}`,
    described,
  });
}
