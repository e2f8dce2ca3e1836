/**
 * Steps over field lines, of a header section and of a trailer section alike. RFC 9112 §5, §7.1.2.
 *
 * Within a line each step goes straight on to the next while there are bytes: most of every head is field lines.
 */
import { CLASS, COLON, CR, FIELD_TEXT, LF, TOKEN, WS } from '../bytes.ts';
import { MARKS_PER_LINE } from './fields.ts';
import { endSection } from './head.ts';
import { checkField } from './known-fields.ts';
import { HEADER, type Machine } from './machine.ts';

/** field-line = field-name ":" OWS field-value OWS */
export function fieldLine(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  const byte = chunk[i]!;
  if (byte === CR) {
    m.state = m.section.endLf;
    return i + 1;
  }
  if (byte === LF) {
    if (!mayEndInLf(m)) return m.fault('bare-lf', i);
    m.emit('crlf', i + 1);
    return endSection(m, chunk, i + 1);
  }
  if ((CLASS[byte]! & WS) !== 0) {
    // RFC 9112 §2.2: such a line is neither a field nor a continuation, and readers disagree which.
    const first = m.section === HEADER && m.markCount === 0;
    return m.fault(first ? 'space-before-first-field' : 'obs-fold', i);
  }
  if (m.markCount === m.options.maxFields * MARKS_PER_LINE) return m.fault('too-many-fields', i);
  m.nameStart = m.base + i;
  m.state = m.section.name;
  return fieldName(m, chunk, i, end);
}

/** field-name = token, and nothing between it and the colon (RFC 9112 §5.1). */
export function fieldName(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & TOKEN) !== 0) j++;
  if (j === end) return j;
  const byte = chunk[j]!;
  const empty = m.base + j === m.nameStart;
  if (byte !== COLON || empty) {
    if (empty) return m.fault('field-name-invalid', j);
    if (byte === CR || byte === LF) return m.fault('colon-missing', j);
    return m.fault((CLASS[byte]! & WS) !== 0 ? 'space-before-colon' : 'field-name-invalid', j);
  }
  m.nameEnd = m.base + j;
  m.emit(m.section.nameSpan, j);
  m.emit('colon', j + 1);
  m.state = m.section.ows;
  return j + 1 < end ? fieldOws(m, chunk, j + 1, end) : j + 1;
}

export function fieldOws(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & WS) !== 0) j++;
  if (j === end) return j;
  m.emit('ows', j);
  m.valueStart = m.base + j;
  m.valueEnd = m.valueStart;
  m.state = m.section.value;
  return fieldValue(m, chunk, j, end);
}

/** field-value = *field-content; whitespace at the end of the line is OWS. */
export function fieldValue(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & FIELD_TEXT) !== 0) j++;
  let last = j;
  while (last > i && (CLASS[chunk[last - 1]!]! & WS) !== 0) last--;
  if (last > i) m.valueEnd = m.base + last;
  if (j === end) return j;

  const byte = chunk[j]!;
  if (byte !== CR) {
    if (byte !== LF) return m.fault('field-value-invalid', j);
    if (!mayEndInLf(m)) return m.fault('bare-lf', j);
  }
  const refused = checkField(m, chunk, j);
  if (refused) return m.fault(refused, j);
  m.emit(m.section.valueSpan, m.valueEnd - m.base);
  m.emit('ows', j);
  m.state = m.section.lf;
  if (byte === CR) j++;
  return j < end ? fieldLf(m, chunk, j) : j;
}

export function fieldLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (!m.lineFeed(chunk, i)) return i;
  const { marks, markCount, sectionStart } = m;
  marks[markCount] = m.nameStart - sectionStart;
  marks[markCount + 1] = m.nameEnd - sectionStart;
  marks[markCount + 2] = m.valueStart - sectionStart;
  marks[markCount + 3] = m.valueEnd - sectionStart;
  marks[markCount + 4] = m.base + i + 1 - sectionStart;
  m.markCount = markCount + MARKS_PER_LINE;
  m.state = m.section.line;
  return i + 1;
}

export function sectionLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (!m.lineFeed(chunk, i)) return i;
  return endSection(m, chunk, i + 1);
}

function mayEndInLf(m: Machine): boolean {
  return m.options.allowBareLf && m.section === HEADER;
}
