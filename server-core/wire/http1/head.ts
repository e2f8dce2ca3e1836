/** The end of a header or trailer section: what the message is, and how to read on. RFC 9112 §6.3, §9.3. */
import type { Framing, Head } from './events.ts';
import { FieldSection, type Fields } from './fields.ts';
import { isTunnel, messageFraming, persists } from './framing.ts';
import { HEADER, type Machine, NO_SECTION } from './machine.ts';
import { State } from './states.ts';

/** Called when the empty line of a section is complete before `index`. */
export function endSection(m: Machine, chunk: Uint8Array, index: number): number {
  return m.section === HEADER ? endHead(m, chunk, index) : endTrailers(m, chunk, index);
}

function endHead(m: Machine, chunk: Uint8Array, index: number): number {
  const { facts, options } = m;
  facts.method = m.role === 'request' ? m.method : m.answers;
  facts.status = m.status;
  // RFC 9112 §3.2: HTTP/1.0 had no Host.
  if (m.role === 'request' && m.hosts === 0 && !facts.old && !options.allowAnyHost) {
    return m.fault('host-missing', index);
  }
  const framing = messageFraming(facts);
  if (typeof framing === 'string') return m.fault(framing, index);
  const keepAlive = persists(facts, framing);
  const fields = takeFields(m, chunk, index);
  m.sectionEnd = NO_SECTION;
  m.offset = m.base + index;
  m.keepAlive = keepAlive;
  // The content's state stands before the sink is called: it may look at the parser.
  beginContent(m, framing);
  m.sink.head(newHead(m, index, fields, framing, keepAlive));
  if (framing.kind === 'none' || (framing.kind === 'length' && framing.length === 0)) finishMessage(m, index);
  return index;
}

function newHead(m: Machine, index: number, fields: Fields, framing: Framing, keepAlive: boolean): Head {
  const start = m.sectionStart;
  const end = m.base + index;
  const version = m.facts.old ? '1.0' : '1.1';
  return m.role === 'request'
    ? { role: 'request', start, end, version, method: m.method, target: m.target, fields, framing, keepAlive }
    : {
        role: 'response',
        start,
        end,
        version,
        status: m.status,
        reason: m.reason,
        fields,
        framing,
        keepAlive,
      };
}

function takeFields(m: Machine, chunk: Uint8Array, index: number): Fields {
  const { sectionBytes, sectionStart } = m;
  sectionBytes.look(chunk, m.base, index);
  const { bytes, at } = sectionBytes.copy(m.base + index - sectionStart);
  return new FieldSection(bytes, at, sectionStart, m.marks.slice(0, m.markCount));
}

function beginContent(m: Machine, framing: Framing): void {
  switch (framing.kind) {
    case 'length':
      m.remaining = framing.length;
      m.state = State.content;
      break;
    case 'chunked':
      m.state = State['chunk-size'];
      break;
    case 'until-close':
      m.state = State['content-until-close'];
      break;
    default:
      break;
  }
}

function endTrailers(m: Machine, chunk: Uint8Array, index: number): number {
  const fields = m.markCount > 0 ? takeFields(m, chunk, index) : undefined;
  m.sectionEnd = NO_SECTION;
  if (fields) m.sink.trailers(fields);
  finishMessage(m, index);
  return index;
}

/** The message is complete before `index`: says so and decides what may follow. */
export function finishMessage(m: Machine, index: number): void {
  m.endMessage(stateAfter(m), index);
}

function stateAfter(m: Machine): number {
  if (m.role === 'request') {
    // RFC 9110 §9.3.6: what follows a CONNECT may be a tunnel's; the answer tells, which is not known here.
    return m.keepAlive || m.method === 'CONNECT' ? State.idle : State['after-close'];
  }
  if (isTunnel(m.facts)) return State.switched;
  // RFC 9110 §15.2: an interim response is followed by another one to the same request.
  if (m.status < 200) return State.idle;
  m.answers = 'GET';
  return m.keepAlive ? State.idle : State['after-close'];
}
