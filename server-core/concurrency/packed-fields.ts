import { FieldSection, type Fields } from '../wire/http1/fields.ts';

/** Field lines on their way to a thread: as FieldSection takes them. */
export interface PackedFields {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly marks: readonly number[];
}

export function packFields(fields: Fields): PackedFields {
  if (fields.count === 0) return { bytes: new Uint8Array(0), start: 0, marks: [] };
  const start = fields.position(0).nameStart;
  const bytes = new Uint8Array(fields.position(fields.count - 1).lineEnd - start);
  const buffer = Buffer.from(bytes.buffer);
  const marks: number[] = [];
  for (let i = 0; i < fields.count; i++) {
    const { nameStart, nameEnd, valueStart, valueEnd, lineEnd } = fields.position(i);
    buffer.write(fields.name(i), nameStart - start, 'latin1');
    buffer.write(fields.value(i), valueStart - start, 'latin1');
    for (const offset of [nameStart, nameEnd, valueStart, valueEnd, lineEnd]) marks.push(offset - start);
  }
  return { bytes, start, marks };
}

export function unpackFields({ bytes, start, marks }: PackedFields): Fields {
  return new FieldSection(bytes, 0, start, marks);
}
