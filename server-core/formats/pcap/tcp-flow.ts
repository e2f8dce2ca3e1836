/** One TCP connection in a file of packets, told on as a connection that we had seen ourselves. */
import type { CloseReason, Direction } from '../../capture/events.ts';
import type { ObservedConnection } from '../observed-connection.ts';
import { TCP_FLAG, type TcpSegment } from './tcp-segment.ts';
import { TcpStream } from './tcp-stream.ts';

export class TcpFlow {
  /** Address and port of the client as one text. */
  readonly client: string;
  readonly #connection: ObservedConnection;
  readonly #streams: Readonly<Record<Direction, TcpStream>>;
  /** Initial sequence number of the client; undefined where its SYN was not seen. */
  readonly #initial: number | undefined;
  #firstFin: Direction | undefined;
  #isClosed = false;

  constructor(connection: ObservedConnection, client: string, first: TcpSegment) {
    this.client = client;
    this.#connection = connection;
    const isSyn = (first.flags & (TCP_FLAG.syn | TCP_FLAG.ack)) === TCP_FLAG.syn;
    this.#initial = isSyn ? first.seq : undefined;
    this.#streams = { in: this.#stream('in'), out: this.#stream('out') };
  }

  /** What comes later for these two ports is only an echo, or begins a new connection. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether a SYN begins another connection between the same two ports. */
  isOther({ seq, flags }: TcpSegment): boolean {
    const isSyn = (flags & (TCP_FLAG.syn | TCP_FLAG.ack)) === TCP_FLAG.syn;
    return isSyn && (this.#isClosed || seq !== this.#initial);
  }

  push(direction: Direction, segment: TcpSegment): void {
    if (this.#isClosed) return;
    const own = this.#streams[direction];
    const other = this.#streams[direction === 'in' ? 'out' : 'in'];
    if (segment.flags & TCP_FLAG.ack) other.acknowledged(segment.ack);
    if (segment.flags & TCP_FLAG.rst) {
      return this.close(direction === 'in' ? 'client-reset' : 'server-reset');
    }
    own.push(segment);
    if (own.isFinished && other.isFinished) {
      this.close(this.#firstFin === 'out' ? 'server-fin' : 'client-fin');
    }
  }

  close(reason: CloseReason, detail?: string): void {
    if (this.#isClosed) return;
    this.flush();
    this.#isClosed = true;
    this.#connection.close(reason, detail);
  }

  /** The file is at its end. */
  flush(): void {
    this.#streams.in.flush();
    this.#streams.out.flush();
  }

  #stream(direction: Direction): TcpStream {
    const connection = this.#connection;
    return new TcpStream({
      bytes: (data) => connection.bytes(direction, data),
      missing: (count) => connection.missing(direction, count),
      finish: () => {
        this.#firstFin ??= direction;
        connection.finish(direction);
      },
    });
  }
}
