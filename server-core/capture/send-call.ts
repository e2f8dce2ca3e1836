/**
 * What a viewer may have sent to a server of this engine: bytes as they are, however malformed, cut into writes as
 * it says. The engine sends them, since a browser cannot.
 */
export interface SendCall {
  readonly op: 'send';
  /** A server of this engine by its number; any other address only where the engine was told to allow it. */
  readonly server: number | OtherHost;
  /** In base64: what goes over each connection, `times` times. */
  readonly bytes: string;
  /** Offsets at which another write begins, ascending; none sends all of it at once. */
  readonly cuts: readonly number[];
  /** Milliseconds between two writes. */
  readonly pauseMs: number;
  /** Connections, all opened at once. */
  readonly connections: number;
  readonly times: number;
  /** Each time waits for the answers to the one before; otherwise requests are pipelined (RFC 9112 §9.3.2). */
  readonly inTurn: boolean;
  /** FIN follows the last byte at once; otherwise this end stays open until nothing more comes. */
  readonly halfClose: boolean;
  /** How long nothing may come before this end leaves, in milliseconds. */
  readonly patienceMs: number;
  /** As it is even where the server speaks TLS, to see what that makes of it. */
  readonly plain: boolean;
}

/** An address that this engine does not serve. */
export interface OtherHost {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** TLS, with a certificate that has to be trusted by the system's authorities. */
  readonly secure: boolean;
}

/** Every one of them has to do with the memory of the reply, or with how long one call can keep the engine busy. */
export const SEND_LIMITS = {
  /** 64 KiB in all writes of one time: twice the largest head that is accepted. */
  bytes: 65_536,
  /** One for each byte of a long head. */
  cuts: 8192,
  pauseMs: 10_000,
  patienceMs: 75_000,
  /** What a browser opens to two hosts and a half; enough to see them share a server. */
  connections: 16,
  times: 100,
  /** Of one call, whatever it asks for: the server's own deadline for a head is 60 s, which is worth seeing. */
  seconds: 90,
  /** Kept of each connection's answer; the rest is counted. */
  answerBytes: 262_144,
  /** Reads and writes told one by one. */
  events: 4096,
} as const;

/** One thing that the client's end did or met. `time` is in microseconds since the log's epoch. */
export interface SentEvent {
  readonly time: number;
  /** `end` is the server's FIN, `finish` our own, `quit` our closing because nothing more came. */
  readonly kind: 'open' | 'secure' | 'write' | 'read' | 'finish' | 'end' | 'reset' | 'quit' | 'failed';
  /** Of a read or a write, in bytes. */
  readonly length: number;
}

export interface SentConnection {
  /** Our end's port: the server's log has it as the remote one. 0 where no connection came about. */
  readonly localPort: number;
  readonly events: readonly SentEvent[];
  /** In base64, up to `SEND_LIMITS.answerBytes`. */
  readonly answer: string;
  readonly answerBytes: number;
  /** One sentence when the connection failed. */
  readonly problem?: string;
}

export interface SendReply {
  readonly connections: readonly SentConnection[];
}

/** Checks a call that came over a transport; a string says in one sentence why it is none. */
export function checkSend(call: Record<string, unknown>): SendCall | string {
  const { bytes, cuts, pauseMs, connections, times, inTurn, halfClose, patienceMs, plain } = call;
  const server = checkTarget(call.server);
  if (typeof server === 'string') return server;
  if (
    typeof bytes !== 'string' ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(bytes)
  ) {
    return 'A `send` call needs bytes in base64';
  }
  const length = lengthOf(bytes);
  if (length === 0 || length > SEND_LIMITS.bytes)
    return `A \`send\` call takes 1 to ${SEND_LIMITS.bytes} bytes`;
  if (!Array.isArray(cuts) || cuts.length > SEND_LIMITS.cuts || !isAscendingWithin(cuts, length)) {
    return `A \`send\` call takes at most ${SEND_LIMITS.cuts} cuts, ascending and within its bytes`;
  }
  if (!isWithin(pauseMs, 0, SEND_LIMITS.pauseMs)) return `A pause is 0 to ${SEND_LIMITS.pauseMs} ms`;
  if (!isWithin(connections, 1, SEND_LIMITS.connections)) {
    return `A \`send\` call opens 1 to ${SEND_LIMITS.connections} connections`;
  }
  if (!isWithin(times, 1, SEND_LIMITS.times))
    return `A \`send\` call repeats 1 to ${SEND_LIMITS.times} times`;
  if (!isWithin(patienceMs, 1, SEND_LIMITS.patienceMs)) {
    return `A client's patience is 1 to ${SEND_LIMITS.patienceMs} ms`;
  }
  if (typeof inTurn !== 'boolean' || typeof halfClose !== 'boolean' || typeof plain !== 'boolean') {
    return 'A `send` call says whether requests go in turn, whether it half-closes, and whether it is plain';
  }
  const waits = (cuts.length * times + times - 1) * pauseMs;
  if (waits > SEND_LIMITS.seconds * 1000) {
    return `Its pauses come to ${Math.round(waits / 1000)} s; at most ${SEND_LIMITS.seconds} s are taken`;
  }
  return {
    op: 'send',
    server,
    bytes,
    cuts,
    pauseMs,
    connections,
    times,
    inTurn,
    halfClose,
    patienceMs,
    plain,
  };
}

/** RFC 1035 §2.3.4: a name has at most 255 octets. */
const HOST = /^[A-Za-z\d.:_-]{1,255}$/;

function checkTarget(value: unknown): SendCall['server'] | string {
  if (isWithin(value, 0, Number.MAX_SAFE_INTEGER)) return value;
  if (typeof value !== 'object' || value === null)
    return "A `send` call needs a server's number, or an address";
  const { host, port, secure } = value as Record<string, unknown>;
  if (typeof host !== 'string' || !HOST.test(host)) return 'An address to send to needs a host name';
  if (!isWithin(port, 1, 65_535)) return 'An address to send to needs a port from 1 to 65535';
  return { host, port, secure: secure === true };
}

function lengthOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isAscendingWithin(cuts: readonly unknown[], length: number): cuts is readonly number[] {
  let before = 0;
  for (const cut of cuts) {
    if (!isWithin(cut, before + 1, length - 1)) return false;
    before = cut;
  }
  return true;
}
