import { HEX_VALUE, NOT_HEX } from '../../wire/bytes.ts';
import { HttpError } from '../errors.ts';
import type { Request } from '../request.ts';
import { expectContent, refuseLonger } from './expect-content.ts';
import { FormFields } from './form-fields.ts';

export interface UrlencodedOptions {
  /** Bytes; 1 MiB by default. Express takes 100 KiB, nginx 1 MiB. */
  readonly limit?: number;
  /** Names with values; 1 000 by default, as PHP and qs: each costs more memory than its bytes. */
  readonly maxFields?: number;
}

export const URLENCODED_LIMITS = { limit: 1024 * 1024, maxFields: 1000 } as const;

const TYPE = 'application/x-www-form-urlencoded';

/**
 * The content as a browser sends a form without files. Throws HttpError 415 for another type and 413 past a limit.
 * As every reader of this format, it refuses nothing else: a percent sign that escapes nothing stands for itself.
 */
export async function readUrlencoded(request: Request, options: UrlencodedOptions = {}): Promise<FormFields> {
  const { limit, maxFields } = { ...URLENCODED_LIMITS, ...options };
  expectContent(request, TYPE, (essence) => essence === TYPE);
  refuseLonger(request, limit);
  return parseUrlencoded(await request.body.bytes(limit), maxFields);
}

const AMPERSAND = 0x26;
const PLUS = 0x2b;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const SP = 0x20;

/** WHATWG URL §5.1, which is also what a query is made of. Throws HttpError 413 when there are too many. */
export function parseUrlencoded(bytes: Uint8Array, maxFields: number): FormFields {
  const entries: [string, string][] = [];
  for (let from = 0; from <= bytes.length; ) {
    const found = bytes.indexOf(AMPERSAND, from);
    const to = found < 0 ? bytes.length : found;
    if (to > from) {
      if (entries.length === maxFields) {
        throw new HttpError(413, `The form has more than the ${maxFields} fields accepted here`, {
          section: 'RFC 9110 §15.5.14',
        });
      }
      const equals = bytes.subarray(from, to).indexOf(EQUALS);
      const nameEnd = equals < 0 ? to : from + equals;
      entries.push([decode(bytes, from, nameEnd), decode(bytes, Math.min(nameEnd + 1, to), to)]);
    }
    from = to + 1;
  }
  return new FormFields(entries);
}

// The mark is content here: a value may begin with it.
const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array, from: number, to: number): string {
  const decoded = new Uint8Array(to - from);
  let length = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    const escaped =
      byte === PERCENT && i + 2 < to ? hex(bytes[i + 1]!) * 16 + hex(bytes[i + 2]!) : Number.NaN;
    if (Number.isNaN(escaped)) {
      decoded[length++] = byte === PLUS ? SP : byte;
    } else {
      decoded[length++] = escaped;
      i += 2;
    }
  }
  return UTF_8.decode(decoded.subarray(0, length));
}

function hex(byte: number): number {
  const value = HEX_VALUE[byte]!;
  return value === NOT_HEX ? Number.NaN : value;
}
