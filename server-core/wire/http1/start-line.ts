/** Steps from the first byte of a message to the end of its start line. RFC 9112 §2.2, §3 and §4. */
import {
  CLASS,
  CR,
  DIGIT,
  DOT,
  FIELD_TEXT,
  LF,
  latin1,
  OBS_TEXT,
  SLASH,
  SP,
  TARGET,
  TOKEN,
} from '../bytes.ts';
import { HEADER, type Machine } from './machine.ts';
import { methodName } from './methods.ts';
import { State } from './states.ts';
import { parseTarget } from './target.ts';

const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR_VERSION = 0x03;

export function idle(m: Machine, chunk: Uint8Array, i: number): number {
  const byte = chunk[i]!;
  if (byte === CR || byte === LF) return emptyLine(m, byte, i);
  m.emptyLines = 0;
  const { facts } = m;
  facts.contentLength = undefined;
  facts.transferCodings = 'absent';
  facts.close = false;
  facts.keepAlive = false;
  m.hosts = 0;
  m.chunkExtensionBytes = 0;
  m.beginSection(HEADER, i, m.options.maxHeadBytes);
  m.sink.begin(m.sectionStart);
  if (m.role === 'response') {
    m.state = State.version;
    return i;
  }
  if (byte === TLS_HANDSHAKE && m.sectionStart === 0) {
    m.state = State['tls-record'];
    return i + 1;
  }
  m.state = State.method;
  return i;
}

/** RFC 9112 §2.2: some clients send an extra CRLF behind the content of the request before. */
function emptyLine(m: Machine, byte: number, i: number): number {
  if (m.emptyLines === m.options.maxLeadingEmptyLines) return m.fault('too-many-empty-lines', i);
  if (byte === CR) {
    m.state = State['empty-line'];
    return i + 1;
  }
  if (!m.options.allowBareLf) return m.fault('bare-lf', i);
  m.emptyLines++;
  m.emit('ignored', i + 1);
  return i + 1;
}

export function emptyLineLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (chunk[i] !== LF) return m.fault('bare-cr', i);
  m.emptyLines++;
  m.emit('ignored', i + 1);
  m.state = State.idle;
  return i + 1;
}

/** TLSPlaintext = type(22 for handshake) major(3) minor length fragment. */
export function tlsRecord(m: Machine, chunk: Uint8Array, i: number): number {
  return m.fault(chunk[i] === TLS_MAJOR_VERSION ? 'tls-on-plain-port' : 'method-invalid', i);
}

/** method = token */
export function method(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & TOKEN) !== 0) j++;
  const tooLong = m.tokenStart - m.base + m.options.maxMethodBytes;
  if (j > tooLong) return m.fault('method-too-long', tooLong);
  if (j === end) return j;
  if (chunk[j] !== SP || m.base + j === m.tokenStart) return m.fault('method-invalid', j);
  const bytes = m.sectionBytes;
  bytes.look(chunk, m.base, j);
  m.method = methodName(bytes.bytes, m.tokenStart - bytes.from, m.base + j - bytes.from);
  m.emit('method', j);
  m.emit('sp', j + 1);
  m.state = State.target;
  return j + 1;
}

export function target(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  const allowed = m.options.allowObsTextInTarget ? TARGET | OBS_TEXT : TARGET;
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & allowed) !== 0) j++;
  const tooLong = m.tokenStart - m.base + m.options.maxTargetBytes;
  if (j > tooLong) return m.fault('target-too-long', tooLong);
  if (j === end) return j;
  const empty = m.base + j === m.tokenStart;
  if (chunk[j] !== SP || empty) {
    return m.fault(!empty && (chunk[j] === CR || chunk[j] === LF) ? 'version-missing' : 'target-invalid', j);
  }
  const bytes = m.sectionBytes;
  bytes.look(chunk, m.base, j);
  const start = m.tokenStart - bytes.from;
  m.target = latin1(bytes.bytes, start, m.base + j - bytes.from);
  if (!hasKnownForm(m, bytes.bytes[start]!)) return m.fault('target-form-invalid', j);
  m.emit('target', j);
  m.emit('sp', j + 1);
  m.state = State.version;
  return j + 1;
}

function hasKnownForm(m: Machine, first: number): boolean {
  if (first === SLASH && m.method !== 'CONNECT') return true;
  // RFC 9113 §3.4: the preface of HTTP/2 is let through to its version, where it is told from a mistake.
  if (m.method === 'PRI' && m.target === '*') return true;
  return parseTarget(m.method, m.target) !== undefined;
}

const VERSION_LENGTH = 8;
const PREFIX = [0x48, 0x54, 0x54, 0x50, SLASH];
const DOT_INDEX = 6;

/**
 *     HTTP-version = HTTP-name "/" DIGIT "." DIGIT
 *     HTTP-name    = %s"HTTP"
 */
export function version(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  for (let k = m.base + j - m.tokenStart; k < VERSION_LENGTH; k++, j++) {
    if (j === end) return j;
    const byte = chunk[j]!;
    const fits =
      k < PREFIX.length ? byte === PREFIX[k] : k === DOT_INDEX ? byte === DOT : (CLASS[byte]! & DIGIT) !== 0;
    if (!fits) return m.fault('version-invalid', j);
    if (k === DOT_INDEX - 1) m.major = byte - 0x30;
    // RFC 9110 §2.5: a higher minor version is understood as the highest one known.
    if (k === DOT_INDEX + 1) m.facts.old = byte === 0x30;
  }
  if (m.major !== 1) return m.fault(m.method === 'PRI' ? 'http2-preface' : 'version-unsupported', j);
  if (m.method === 'PRI' && m.target === '*') return m.fault('target-form-invalid', j);
  m.emit('version', j);
  m.state = m.role === 'request' ? State['request-line-end'] : State['status-space'];
  return j;
}

export function requestLineEnd(m: Machine, chunk: Uint8Array, i: number): number {
  const byte = chunk[i]!;
  if (byte === CR || byte === LF) return startLineEnd(m, byte, i);
  return m.fault('version-invalid', i);
}

/** status-line = HTTP-version SP status-code SP [ reason-phrase ] */
export function statusSpace(m: Machine, chunk: Uint8Array, i: number): number {
  if (chunk[i] !== SP) return m.fault('version-invalid', i);
  m.emit('sp', i + 1);
  m.status = 0;
  m.state = State.status;
  return i + 1;
}

/** status-code = 3DIGIT, of which RFC 9110 §15 knows none below 100. */
export function status(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  for (let k = m.base + j - m.tokenStart; k < 3; k++, j++) {
    if (j === end) return j;
    const byte = chunk[j]!;
    if ((CLASS[byte]! & DIGIT) === 0 || (k === 0 && byte === 0x30)) return m.fault('status-invalid', j);
    m.status = m.status * 10 + (byte - 0x30);
  }
  m.emit('status', j);
  m.reason = '';
  m.state = State['reason-space'];
  return j;
}

/** The space is not optional, but servers leave it out with the reason, and every client takes that. */
export function reasonSpace(m: Machine, chunk: Uint8Array, i: number): number {
  const byte = chunk[i]!;
  if (byte === CR || byte === LF) return startLineEnd(m, byte, i);
  if (byte !== SP) return m.fault('status-invalid', i);
  m.emit('sp', i + 1);
  m.state = State.reason;
  return i + 1;
}

/** reason-phrase = 1*( HTAB / SP / VCHAR / obs-text ) */
export function reason(m: Machine, chunk: Uint8Array, i: number, end: number): number {
  let j = i;
  while (j < end && (CLASS[chunk[j]!]! & FIELD_TEXT) !== 0) j++;
  if (j === end) return j;
  const byte = chunk[j]!;
  if (byte !== CR && byte !== LF) return m.fault('reason-invalid', j);
  const bytes = m.sectionBytes;
  bytes.look(chunk, m.base, j);
  m.reason = latin1(bytes.bytes, m.tokenStart - bytes.from, m.base + j - bytes.from);
  if (byte === LF && !m.options.allowBareLf) return m.fault('bare-lf', j);
  m.emit('reason', j);
  return startLineEnd(m, byte, j);
}

/** All of the start line but its end has its span, and this byte is CR or LF. */
function startLineEnd(m: Machine, byte: number, i: number): number {
  if (byte === CR) {
    m.state = State['start-line-lf'];
    return i + 1;
  }
  if (!m.options.allowBareLf) return m.fault('bare-lf', i);
  m.emit('crlf', i + 1);
  m.state = State['field-line'];
  return i + 1;
}

export function startLineLf(m: Machine, chunk: Uint8Array, i: number): number {
  if (!m.lineFeed(chunk, i)) return i;
  m.state = State['field-line'];
  return i + 1;
}
