/** Packets of other people's tools, as a log of connections, bytes and requests: `.pcap` and `.pcapng`. */
import type { Tap } from '../../capture/tap.ts';
import { readLatin1 } from '../../capture/text.ts';
import type { ImportClock } from '../import-clock.ts';
import { ObservedConnection } from '../observed-connection.ts';
import { ipOffset } from './link-layer.ts';
import type { Packet, PacketReader } from './packets.ts';
import { isPcap, PcapReader } from './pcap-reader.ts';
import { isPcapng, PcapngReader } from './pcapng-reader.ts';
import { TcpFlow } from './tcp-flow.ts';
import { TCP_FLAG, type TcpSegment, tcpSegment } from './tcp-segment.ts';

/** Connections that are followed at once; the oldest is let go for one more. Linux tracks as many by default. */
const MOST_FLOWS = 65_536;
/** Kinds of frames that are named where they cannot be read. */
const MOST_LINKS = 8;

export function isPacketFile(bytes: Uint8Array): boolean {
  return isPcap(bytes) || isPcapng(bytes);
}

export class PcapImport {
  readonly #tap: Tap;
  readonly #clock: ImportClock;
  readonly #reader: PacketReader;
  readonly #flows = new Map<string, TcpFlow>();
  readonly #servers = new Map<string, number>();
  readonly #unknownLinks = new Set<number>();
  #fragments = 0;
  #broken = 0;
  #cut = 0;
  #untimed = 0;
  #segments = 0;

  /** `first` is at least the first four bytes of the file. */
  constructor(tap: Tap, clock: ImportClock, first: Uint8Array) {
    this.#tap = tap;
    this.#clock = clock;
    const take = (packet: Packet) => this.#packet(packet);
    this.#reader = isPcapng(first) ? new PcapngReader(take) : new PcapReader(take);
  }

  /** The next piece of the file; borrows it for the call. */
  push(bytes: Uint8Array): void {
    this.#reader.push(bytes);
  }

  /** Returns what cannot be shown of the file, a sentence each. */
  end(): string[] {
    this.#reader.end();
    for (const flow of this.#flows.values()) if (!flow.isClosed) flow.flush();
    const notes: string[] = [];
    if (this.#reader.flaw !== undefined) notes.push(this.#reader.flaw);
    for (const type of this.#unknownLinks) notes.push(`Frames of link type ${type} are not read`);
    if (this.#segments === 0) notes.push('It holds no TCP');
    if (this.#fragments > 0) notes.push(`${packets(this.#fragments)} of fragmented IP left out`);
    if (this.#broken > 0) notes.push(`${packets(this.#broken)} left out that contradict themselves`);
    if (this.#cut > 0) notes.push(`${packets(this.#cut)} cut short by whoever captured`);
    if (this.#untimed > 0) notes.push(`${packets(this.#untimed)} without a time`);
    return notes;
  }

  #packet({ micros, bytes, wireLength, linkType }: Packet): void {
    if (micros === 0) this.#untimed++;
    const ipAt = ipOffset(linkType, bytes);
    if (ipAt === 'unknown' && this.#unknownLinks.size < MOST_LINKS) this.#unknownLinks.add(linkType);
    if (typeof ipAt !== 'number') return;
    const segment = tcpSegment(bytes, ipAt, wireLength);
    if (segment === 'fragment') this.#fragments++;
    if (segment === 'broken') this.#broken++;
    if (typeof segment !== 'object') return;
    this.#clock.at(micros);
    this.#segments++;
    if (segment.payload.length < segment.length) this.#cut++;
    this.#segment(segment);
  }

  #segment(segment: TcpSegment): void {
    const from = `${segment.source} ${segment.sourcePort}`;
    const to = `${segment.target} ${segment.targetPort}`;
    // One order for both directions.
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    let flow = this.#flows.get(key);
    if (flow?.isOther(segment)) {
      flow.close(
        'error',
        'A new connection of the same two ports began, and the end of this one is not in the file',
      );
      flow = undefined;
    }
    if (!flow) {
      const isEcho = segment.length === 0 && (segment.flags & TCP_FLAG.syn) === 0;
      if (isEcho) return;
      flow = this.#open(segment, from, to);
      this.#flows.delete(key);
      this.#flows.set(key, flow);
      this.#bound();
    }
    flow.push(flow.client === from ? 'in' : 'out', segment);
  }

  #open(segment: TcpSegment, from: string, to: string): TcpFlow {
    const isOurs = clientSent(segment);
    const { source, sourcePort, target, targetPort } = segment;
    const [address, port] = isOurs ? [target, targetPort] : [source, sourcePort];
    const connection = new ObservedConnection(this.#tap, {
      server: this.#server(address, port),
      remoteAddress: isOurs ? source : target,
      remotePort: isOurs ? sourcePort : targetPort,
      localPort: port,
    });
    return new TcpFlow(connection, isOurs ? from : to, segment);
  }

  #server(host: string, port: number): number {
    const name = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const known = this.#servers.get(name);
    if (known !== undefined) return known;
    const id = this.#servers.size + 1;
    this.#servers.set(name, id);
    this.#tap.server({
      ...{ id, name, root: '', host, port },
      ...{ url: `http://${name}/`, model: '', status: 'stopped' },
    });
    return id;
  }

  #bound(): void {
    if (this.#flows.size <= MOST_FLOWS) return;
    const [oldest] = this.#flows;
    if (!oldest) return;
    oldest[1].flush();
    this.#flows.delete(oldest[0]);
  }
}

const TEXT_START = /^(?:[A-Z]{3,10} [/*h]|HTTP\/1\.)/;

/** Whether the sender of the first segment that is seen opened the connection. */
function clientSent({ flags, payload, sourcePort, targetPort }: TcpSegment): boolean {
  if (flags & TCP_FLAG.syn) return (flags & TCP_FLAG.ack) === 0;
  const text = readLatin1(payload, 0, Math.min(16, payload.length));
  if (TEXT_START.test(text)) return !text.startsWith('HTTP/');
  // Servers are reached at low ports.
  return targetPort <= sourcePort;
}

function packets(count: number): string {
  return `${count} ${count === 1 ? 'packet' : 'packets'}`;
}
