/** What client and server agree on of permessage-deflate, RFC 7692 §7.1. */
import type { Extension } from './extensions.ts';

/** What the server asks for beyond the offer. */
export interface DeflatePolicy {
  /** Our messages are compressed each on its own. */
  readonly serverNoContextTakeover: boolean;
  /** The client's messages are compressed each on its own. */
  readonly clientNoContextTakeover: boolean;
}

export interface DeflateAgreement extends DeflatePolicy {
  /** Our messages refer back 2ⁿ bytes at most; undefined where the client set no bound, which makes it 2¹⁵. */
  readonly serverMaxWindowBits: number | undefined;
}

const NAME = 'permessage-deflate';
/** zlib writes no raw deflate with the window of 256 bytes that RFC 7692 §7.1.2.1 allows for. */
const MIN_WRITABLE_WINDOW_BITS = 9;

/**
 * The first offer that can be met. RFC 7692 §7.1: one with an unknown parameter, a parameter given twice or a value
 * that cannot be is declined, and the next one looked at; without any the connection goes uncompressed.
 */
export function agreeOnDeflate(
  offers: readonly Extension[],
  policy: DeflatePolicy,
): DeflateAgreement | undefined {
  for (const offer of offers) {
    const agreement = offer.name === NAME ? meet(offer, policy) : undefined;
    if (agreement) return agreement;
  }
  return undefined;
}

function meet(offer: Extension, policy: DeflatePolicy): DeflateAgreement | undefined {
  const seen = new Set<string>();
  let { serverNoContextTakeover, clientNoContextTakeover } = policy;
  let serverMaxWindowBits: number | undefined;
  for (const [name, value] of offer.parameters) {
    if (seen.has(name)) return undefined;
    seen.add(name);
    switch (name) {
      case 'server_no_context_takeover':
        if (value !== undefined) return undefined;
        serverNoContextTakeover = true;
        break;
      case 'client_no_context_takeover':
        if (value !== undefined) return undefined;
        clientNoContextTakeover = true;
        break;
      case 'server_max_window_bits':
        serverMaxWindowBits = windowBits(value);
        if ((serverMaxWindowBits ?? 0) < MIN_WRITABLE_WINDOW_BITS) return undefined;
        break;
      case 'client_max_window_bits':
        // A hint, which may come without a value. We read any window, so the answer sets no bound.
        if (value !== undefined && windowBits(value) === undefined) return undefined;
        break;
      default:
        return undefined;
    }
  }
  return { serverNoContextTakeover, clientNoContextTakeover, serverMaxWindowBits };
}

/** 8 to 15 in decimal without leading zeros, RFC 7692 §7.1.2.1. */
function windowBits(value: string | undefined): number | undefined {
  return value !== undefined && /^(?:[89]|1[0-5])$/.test(value) ? Number(value) : undefined;
}

/** The value of Sec-WebSocket-Extensions in the answer. */
export function deflateAnswer({
  serverNoContextTakeover,
  clientNoContextTakeover,
  serverMaxWindowBits,
}: DeflateAgreement): string {
  let answer = NAME;
  if (serverNoContextTakeover) answer += '; server_no_context_takeover';
  if (clientNoContextTakeover) answer += '; client_no_context_takeover';
  if (serverMaxWindowBits !== undefined) answer += `; server_max_window_bits=${serverMaxWindowBits}`;
  return answer;
}
