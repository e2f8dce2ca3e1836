/** The server's side of the opening handshake, RFC 6455 §4.2. */
import { CLASS, TOKEN } from '../bytes.ts';
import type { Fault, FaultCode } from '../faults.ts';
import { FAULTS } from '../faults.ts';
import type { RequestHead } from '../http1/events.ts';
import { acceptSteps } from './accept.ts';
import { agreeOnDeflate, type DeflateAgreement, type DeflatePolicy, deflateAnswer } from './deflate-offer.ts';
import { parseExtensions } from './extensions.ts';

type FieldPairs = readonly (readonly [name: string, value: string])[];

export type HandshakeDecision =
  | {
      readonly accepted: true;
      /** The first protocol that the client offered and we speak. */
      readonly protocol: string | undefined;
      /** What was agreed of permessage-deflate; undefined where messages go as they are. */
      readonly deflate: DeflateAgreement | undefined;
      /** The fields of the 101 response. */
      readonly fields: FieldPairs;
    }
  | {
      readonly accepted: false;
      /** Where the request has the field at fault, else the request's first byte. */
      readonly fault: Fault;
      readonly status: number;
      /** What must go with that status. */
      readonly fields: FieldPairs;
    };

export interface HandshakePolicy {
  /** Subprotocols spoken here. */
  readonly protocols?: readonly string[];
  /** Agrees to permessage-deflate where the client offers it; without, every extension is declined. */
  readonly deflate?: DeflatePolicy | undefined;
}

/**
 * Decides on a request that came to a WebSocket endpoint. Extensions are declined by not naming them. An answer
 * without a protocol is sent even where the client offered some: whether it can live with that is for it to say.
 */
export function decideHandshake(
  head: RequestHead,
  { protocols = [], deflate }: HandshakePolicy = {},
): HandshakeDecision {
  const { fields } = head;
  if (head.method !== 'GET') return refusal('ws-method', head.start, [['Allow', 'GET']]);
  // RFC 9110 §7.8: Upgrade in a request of HTTP/1.0 must be ignored.
  const upgrades = head.version === '1.1' && hasToken(fields.all('upgrade'), 'websocket');
  if (!upgrades) return refusal('ws-upgrade-missing', placeOf(head, 'upgrade'));
  if (!hasToken(fields.all('connection'), 'upgrade')) {
    return refusal('ws-upgrade-missing', placeOf(head, 'connection'));
  }
  if (fields.all('sec-websocket-version') !== '13') {
    return refusal('ws-version-unsupported', placeOf(head, 'sec-websocket-version'), [
      // RFC 9110 §15.5.22: a 426 names what to upgrade to.
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Version', '13'],
    ]);
  }
  const key = fields.all('sec-websocket-key') ?? '';
  // 22 digits and "==" are 16 bytes. The bits over are not looked at: the key of RFC 6455 §4.1 itself has some.
  if (!/^[A-Za-z0-9+/]{22}==$/.test(key))
    return refusal('ws-key-invalid', placeOf(head, 'sec-websocket-key'));
  const offered = list(fields.all('sec-websocket-protocol'));
  if (!offered.every(isToken) || new Set(offered).size < offered.length) {
    return refusal('ws-protocol-invalid', placeOf(head, 'sec-websocket-protocol'));
  }
  const extensions = parseExtensions(fields.all('sec-websocket-extensions'));
  if (!extensions) return refusal('ws-extensions-invalid', placeOf(head, 'sec-websocket-extensions'));
  // RFC 9110 §7.8: the content would have to be read before the switch. No client sends any; whoever does may
  // count on another reader to take it for frames.
  if (head.framing.kind !== 'none' && !(head.framing.kind === 'length' && head.framing.length === 0)) {
    return refusal('ws-handshake-content', head.end);
  }

  const protocol = offered.find((name) => protocols.includes(name));
  const agreed = deflate && agreeOnDeflate(extensions, deflate);
  const accept: (readonly [string, string])[] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptSteps(key).accept],
  ];
  if (protocol !== undefined) accept.push(['Sec-WebSocket-Protocol', protocol]);
  if (agreed) accept.push(['Sec-WebSocket-Extensions', deflateAnswer(agreed)]);
  return { accepted: true, protocol, deflate: agreed, fields: accept };
}

function refusal(code: FaultCode & `ws-${string}`, at: number, fields: FieldPairs = []): HandshakeDecision {
  const info = FAULTS[code];
  return { accepted: false, fault: { code, at }, status: 'status' in info ? info.status : 400, fields };
}

function placeOf(head: RequestHead, name: string): number {
  for (let i = 0; i < head.fields.count; i++) {
    if (head.fields.name(i).toLowerCase() === name) return head.fields.position(i).valueStart;
  }
  return head.start;
}

/** Elements of a comma list of tokens; empty ones are skipped (RFC 9110 §5.6.1.2). */
function list(value: string | undefined): string[] {
  if (value === undefined) return [];
  return value
    .split(',')
    .map((element) => element.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((element) => element !== '');
}

function hasToken(value: string | undefined, lower: string): boolean {
  return list(value).some((element) => element.toLowerCase() === lower);
}

function isToken(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!(CLASS[text.charCodeAt(i)]! & TOKEN)) return false;
  return text !== '';
}
