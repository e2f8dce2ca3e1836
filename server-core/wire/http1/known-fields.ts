/** The few fields that the parser itself must understand, looked at as soon as their line is complete. */
import { equalsIgnoreCase } from '../bytes.ts';
import type { FaultCode } from '../faults.ts';
import { contentLength, noteConnectionOptions, transferCodings } from './framing.ts';
import { isAuthority } from './host.ts';
import { HEADER, type Machine } from './machine.ts';

/** Takes note of the field line whose value ends before `index`; a fault when it must be refused. */
export function checkField(m: Machine, chunk: Uint8Array, index: number): FaultCode | undefined {
  if (m.section !== HEADER) return checkTrailer(m, chunk, index);
  // Most fields have a name of another length, and cost no more than this.
  switch (m.nameEnd - m.nameStart) {
    case HOST.length:
      return named(m, chunk, index, HOST) ? checkHost(m) : undefined;
    case CONNECTION.length:
      if (named(m, chunk, index, CONNECTION)) noteConnection(m);
      return undefined;
    case CONTENT_LENGTH.length:
      return named(m, chunk, index, CONTENT_LENGTH) ? checkContentLength(m) : undefined;
    case TRANSFER_ENCODING.length:
      return named(m, chunk, index, TRANSFER_ENCODING) ? checkTransferEncoding(m) : undefined;
    default:
      return undefined;
  }
}

const HOST = 'host';
const CONNECTION = 'connection';
const CONTENT_LENGTH = 'content-length';
const TRANSFER_ENCODING = 'transfer-encoding';

function named(m: Machine, chunk: Uint8Array, index: number, name: string): boolean {
  const section = m.sectionBytes;
  section.look(chunk, m.base, index);
  return equalsIgnoreCase(section.bytes, m.nameStart - section.from, m.nameEnd - section.from, name);
}

/** RFC 9112 §3.2: one Host, and a valid one, or 400. Responses have none that means anything. */
function checkHost(m: Machine): FaultCode | undefined {
  m.hosts++;
  if (m.role === 'response' || m.options.allowAnyHost) return undefined;
  if (m.hosts > 1) return 'host-duplicate';
  const { bytes, from } = m.sectionBytes;
  return isAuthority(bytes, m.valueStart - from, m.valueEnd - from) ? undefined : 'host-invalid';
}

function noteConnection(m: Machine): void {
  const { bytes, from } = m.sectionBytes;
  noteConnectionOptions(bytes, m.valueStart - from, m.valueEnd - from, m.facts);
}

function checkContentLength(m: Machine): FaultCode | undefined {
  // Stricter than RFC 9110 §8.6, which lets a recipient take equal ones: no client sends two by intent.
  if (m.facts.contentLength !== undefined) return 'content-length-duplicate';
  const { bytes, from } = m.sectionBytes;
  m.facts.contentLength = contentLength(bytes, m.valueStart - from, m.valueEnd - from);
  return m.facts.contentLength === undefined ? 'content-length-invalid' : undefined;
}

function checkTransferEncoding(m: Machine): FaultCode | undefined {
  const { bytes, from } = m.sectionBytes;
  const before = m.facts.transferCodings;
  const codings = transferCodings(bytes, m.valueStart - from, m.valueEnd - from, m.role, before);
  if (codings !== 'absent' && codings !== 'chunked' && codings !== 'other') return codings;
  m.facts.transferCodings = codings;
  return undefined;
}

/**
 * RFC 9110 §6.5.1: what frames, routes or authorises a message comes too late in a trailer. Whoever merges
 * trailers into the head would act on it, so the message is refused. Fields that are only useless there pass:
 * trailers are kept apart.
 */
const FORBIDDEN_TRAILERS: readonly string[] = [
  TRANSFER_ENCODING,
  CONTENT_LENGTH,
  HOST,
  CONNECTION,
  'upgrade',
  'te',
  'trailer',
  'authorization',
  'proxy-authorization',
];

function checkTrailer(m: Machine, chunk: Uint8Array, index: number): FaultCode | undefined {
  const forbidden = FORBIDDEN_TRAILERS.some((name) => named(m, chunk, index, name));
  return forbidden ? 'trailer-forbidden' : undefined;
}
