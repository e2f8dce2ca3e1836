/** All that a log tells of one exchange, together. */
import type {
  Direction,
  FaultEvent,
  MarkEvent,
  OpenedEvent,
  RequestEvent,
  ResponseEvent,
  ServerState,
  TlsEvent,
} from '../../capture/events.ts';

export interface AssembledMessage {
  /** From its first byte on, as far as it was kept. */
  readonly bytes: Uint8Array;
  /** How long it was on the wire. */
  readonly length: number;
}

/** One read or write. */
export interface AssembledPiece {
  readonly direction: Direction;
  readonly time: number;
  /** Undefined where it was not kept. */
  readonly data: Uint8Array | undefined;
}

/** Times are microseconds since the log's epoch; undefined for what did not happen. */
export interface AssembledExchange {
  readonly exchange: number;
  readonly conn: number;
  readonly server: ServerState | undefined;
  readonly opened: OpenedEvent | undefined;
  readonly tls: TlsEvent | undefined;
  readonly beginTime: number;
  readonly request: RequestEvent | undefined;
  readonly requestEndTime: number | undefined;
  readonly response: ResponseEvent | undefined;
  /** When its first byte was written. */
  readonly firstByteTime: number | undefined;
  readonly endTime: number | undefined;
  /** The answer left whole. */
  readonly complete: boolean;
  readonly sent: AssembledMessage;
  /** Interim answers included. */
  readonly received: AssembledMessage;
  /** What both sides said behind a 101, in the order of its times: it is of another protocol. */
  readonly switched: readonly AssembledPiece[];
  readonly marks: readonly MarkEvent[];
  readonly faults: readonly FaultEvent[];
}
