/** Every limit and deadline of a connection, with its default and who else uses it. */
export interface ConnectionLimits {
  /** Accept to the end of the TLS handshake. nginx 60 s, Node 120 s, Go's client 10 s. */
  readonly handshakeMs: number;
  /** First byte of a request to the end of its head. nginx client_header_timeout 60 s, Apache 20–40 s. */
  readonly headMs: number;
  /** Between two reads of a request's content, if they bring enough. nginx client_body_timeout 60 s. */
  readonly bodyMs: number;
  /** Between two requests on one connection. nginx keepalive_timeout 75 s, Node 5 s, Caddy 5 min. */
  readonly idleMs: number;
  /** Without the peer taking any byte of a response. nginx send_timeout 60 s. */
  readonly writeMs: number;
  /**
   * Less than this of content, in or out, and the deadlines above are not put off: against clients that trickle.
   * Kestrel's MinRequestBodyDataRate and MinResponseDataRate are 240, Apache's MinRate is 500.
   */
  readonly minBytesPerSecond: number;
  /** How long unread bytes are drained after the last response. nginx lingering_timeout 5 s. */
  readonly lingerMs: number;
  /** Written but not yet taken by the kernel, per connection: past it the source waits. Node's own mark is 64 KiB. */
  readonly maxWaitingBytes: number;
  /** Request content kept for a handler that has not read it yet; past it the socket is paused. */
  readonly maxUnreadBodyBytes: number;
  /** Pipelined bytes kept while a response is being sent; past it the socket is paused. */
  readonly maxPipelinedBytes: number;
  /** Content that nobody wants and is read only to keep the connection. Node and Go drop 256 KiB. */
  readonly maxDroppedBodyBytes: number;
  /** Connections open at once. nginx worker_connections 512, Node unlimited; 10 000 idle ones take some 70 MiB. */
  readonly maxConnections: number;
}

/** Those that a person sets for a server. */
export type SiteLimits = Pick<
  ConnectionLimits,
  'headMs' | 'bodyMs' | 'idleMs' | 'writeMs' | 'maxConnections'
>;

export const DEFAULT_LIMITS: ConnectionLimits = {
  handshakeMs: 30_000,
  headMs: 30_000,
  bodyMs: 60_000,
  idleMs: 75_000,
  writeMs: 60_000,
  minBytesPerSecond: 240,
  lingerMs: 2_000,
  maxWaitingBytes: 128 * 1024,
  maxUnreadBodyBytes: 256 * 1024,
  maxPipelinedBytes: 64 * 1024,
  maxDroppedBodyBytes: 256 * 1024,
  maxConnections: 16_384,
};

const { headMs, bodyMs, idleMs, writeMs, maxConnections } = DEFAULT_LIMITS;
export const SITE_LIMITS: SiteLimits = { headMs, bodyMs, idleMs, writeMs, maxConnections };
