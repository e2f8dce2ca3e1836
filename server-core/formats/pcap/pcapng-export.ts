/**
 * What servers read and wrote as packets that Wireshark opens. Each read and write becomes a segment with its own time;
 * the TCP around them is made up, since a server never sees it.
 */
import type { CaptureEvent, CloseReason, Direction, OpenedEvent, ServerState } from '../../capture/events.ts';
import { addressBytes, isAny, placeholderClient, placeholderServer } from './addresses.ts';
import { linkBlock, packetBlock, sectionBlock } from './pcapng-writer.ts';
import { type Endpoint, tcpPacket } from './tcp-packet.ts';
import { TCP_FLAG } from './tcp-segment.ts';

const { ack: ACK, fin: FIN, psh: PSH, rst: RST, syn: SYN } = TCP_FLAG;
/** An IP packet has 65 535 bytes at the most. */
const MOST_PAYLOAD = 65_000;
/** Sequence numbers begin here, so that they read like offsets. */
const FIRST_SEQ = 0;

const SYNTHETIC =
  'Made of what a server read from its sockets and wrote to them. Times and cuts are those of its reads and writes; handshakes, sequence numbers, acknowledgements and windows are made up.';
const REDACTED = 'Cookies, credentials and addresses were removed; targets and content were not.';

const NOTHING = new Uint8Array(0);

interface Flow {
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** Next sequence numbers. */
  in: number;
  out: number;
  /** To be said with the next packet. */
  comment: string | undefined;
}

export interface PcapngOptions {
  readonly epochMs: number;
  readonly version: string;
  readonly isRedacted: boolean;
  /** Which connections are written. */
  wants(conn: number): boolean;
}

export class PcapngExport {
  readonly #options: PcapngOptions;
  readonly #servers = new Map<number, ServerState>();
  readonly #flows = new Map<number, Flow>();

  constructor(options: PcapngOptions) {
    this.#options = options;
  }

  start(): Uint8Array[] {
    const { version, isRedacted } = this.#options;
    const comment = isRedacted ? `${SYNTHETIC} ${REDACTED}` : SYNTHETIC;
    return [sectionBlock(`Wirescope ${version}`, comment), linkBlock('server')];
  }

  /** The packets that an event is; it comes with its payload. */
  take(event: CaptureEvent): Uint8Array[] {
    if (event.kind === 'server') this.#servers.set(event.state.id, event.state);
    if (!('conn' in event) || !this.#options.wants(event.conn)) return [];
    if (event.kind === 'opened') return this.#opened(event);
    const flow = this.#flows.get(event.conn);
    if (!flow) return [];
    switch (event.kind) {
      case 'tls':
        flow.comment = `From here on these are the bytes inside ${event.version.replace('TLSv', 'TLS ')} (${event.cipher}), decrypted`;
        return [];
      case 'bytes':
        return this.#bytes(
          flow,
          event.direction,
          event.time,
          event.offset,
          event.data ?? new Uint8Array(event.length),
        );
      case 'closed':
        this.#flows.delete(event.conn);
        return this.#closed(flow, event.reason, event.time);
      default:
        return [];
    }
  }

  #opened({ conn, server, remoteAddress, remotePort, localPort, time, carried }: OpenedEvent): Uint8Array[] {
    const remote = addressBytes(remoteAddress);
    const local = addressBytes(this.#servers.get(server)?.host ?? '');
    const flow: Flow = {
      client: { address: remote ?? placeholderClient(conn), port: remotePort },
      server: { address: localAddress(remote, local), port: localPort },
      ...{ in: FIRST_SEQ, out: FIRST_SEQ },
      comment: undefined,
    };
    this.#flows.set(conn, flow);
    // It was open before what is written here.
    if (carried) return [];
    const packets = [this.#packet(flow, 'in', time, SYN), this.#packet(flow, 'out', time, SYN | ACK)];
    flow.in++;
    flow.out++;
    return [...packets, this.#packet(flow, 'in', time, ACK)];
  }

  #bytes(flow: Flow, direction: Direction, time: number, offset: number, data: Uint8Array): Uint8Array[] {
    const packets: Uint8Array[] = [];
    flow[direction] = (FIRST_SEQ + 1 + offset) >>> 0;
    for (let from = 0; from < data.length; from += MOST_PAYLOAD) {
      const payload = data.subarray(from, from + MOST_PAYLOAD);
      packets.push(this.#packet(flow, direction, time, ACK | PSH, payload));
      flow[direction] = (flow[direction] + payload.length) >>> 0;
    }
    return packets;
  }

  #closed(flow: Flow, reason: CloseReason, time: number): Uint8Array[] {
    const first: Direction = reason === 'client-fin' || reason === 'client-reset' ? 'in' : 'out';
    if (
      reason.endsWith('-reset') ||
      reason === 'error' ||
      reason === 'tls-error' ||
      reason === 'worker-died'
    ) {
      return [this.#packet(flow, first, time, RST | ACK)];
    }
    const second = first === 'in' ? 'out' : 'in';
    const packets = [this.#packet(flow, first, time, FIN | ACK)];
    flow[first]++;
    packets.push(this.#packet(flow, second, time, FIN | ACK));
    flow[second]++;
    return [...packets, this.#packet(flow, first, time, ACK)];
  }

  #packet(
    flow: Flow,
    direction: Direction,
    time: number,
    flags: number,
    payload: Uint8Array = NOTHING,
  ): Uint8Array {
    const [from, to] = direction === 'in' ? [flow.client, flow.server] : [flow.server, flow.client];
    const seq = flow[direction];
    const ack = flags & ACK ? flow[direction === 'in' ? 'out' : 'in'] : 0;
    const { comment } = flow;
    if (payload.length > 0) flow.comment = undefined;
    const packet = tcpPacket({ from, to, seq, ack, flags, payload });
    return packetBlock(this.#options.epochMs * 1000 + time, packet, payload.length > 0 ? comment : undefined);
  }
}

/** An address of the server of the same kind as the client's. One that listens on all of them has none of its own. */
function localAddress(remote: Uint8Array | undefined, local: Uint8Array | undefined): Uint8Array {
  if (!remote) return placeholderServer();
  if (local?.length === remote.length && !isAny(local)) return local;
  const isLoopback =
    remote.length === 4 ? remote[0] === 127 : isAny(remote.subarray(0, 15)) && remote[15] === 1;
  if (isLoopback) return remote.length === 4 ? Uint8Array.from([127, 0, 0, 1]) : remote;
  if (remote.length === 4) return placeholderServer();
  // 2001:db8::1, RFC 3849.
  return Uint8Array.from([0x20, 1, 0x0d, 0xb8, ...Array<number>(11).fill(0), 1]);
}
