/** How a file is represented in a content coding. */
import type { Coding } from '../http/coding/content-coding.ts';
import { type Representation, representation } from './representation.ts';
import type { ServedFile } from './served-file.ts';
import type { Sibling } from './siblings.ts';
import { validatorsOf } from './validators.ts';

/** The file as the copy beside it has it; `content` when it was read. `now` in milliseconds. */
export function fromSibling(
  file: ServedFile,
  sibling: Sibling,
  content: Uint8Array | undefined,
  now: number,
): Representation {
  const { etag, lastModified } = validatorsOf(sibling.stats, now);
  return representation({
    ...file,
    // RFC 9110 §8.8.3.3: another coding is another representation, and has another tag.
    validators: {
      etag: codedTag(file.etag.startsWith('W/') ? weakened(etag) : etag, sibling.coding),
      lastModified,
    },
    coding: sibling.coding,
    real: sibling.real,
    stats: sibling.stats,
    length: Number(sibling.stats.size),
    content,
    ranged: true,
  });
}

/** The file coded here: `coded` is all of it, or undefined when it is coded while it is sent. */
export function fromEncoder(file: ServedFile, coding: Coding, coded: Uint8Array | undefined): Representation {
  return representation({
    ...file,
    // Another version of the coder may write other bytes for the same file, so the tag is weak, as nginx's is.
    validators: { etag: codedTag(weakened(file.etag), coding), lastModified: file.lastModified },
    coding,
    length: coded?.length,
    content: coded,
    ranged: false,
  });
}

function codedTag(tag: string, coding: Coding): string {
  return `${tag.slice(0, -1)}-${coding}"`;
}

function weakened(tag: string): string {
  return tag.startsWith('W/') ? tag : `W/${tag}`;
}
