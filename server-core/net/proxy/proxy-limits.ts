/** Every limit and deadline towards an origin, with its default and who else uses it. */
export interface ProxyLimits {
  /** Open connections to the origin; past it requests wait their turn. nginx has no bound, browsers keep to 6. */
  readonly maxConnections: number;
  /** Connections kept open without a request. nginx `keepalive` 32, Go 2 for each host. */
  readonly maxIdle: number;
  /** How long one is kept. Less than the 5 s after which Node closes it, so that its FIN seldom meets a request. */
  readonly idleMs: number;
  /** Name lookup, TCP and TLS together. curl 300 s, nginx 60 s, Caddy 3 s; a person waits for this one. */
  readonly connectMs: number;
  /** From the request's last byte to the response's head. nginx proxy_read_timeout 60 s. */
  readonly answerMs: number;
  /** Between two reads of content. nginx has 60 s, which cuts event streams that have nothing to say. */
  readonly silenceMs: number;
  /** Without the origin taking any byte of a request. nginx proxy_send_timeout 60 s. */
  readonly writeMs: number;
  /** How long 100 (Continue) is waited for before content is sent all the same. curl and Go 1 s. */
  readonly continueMs: number;
  /** Content read from the origin that the client has not taken; past it the origin is not read. */
  readonly maxUnreadBytes: number;
  /** How long a connection that was switched is given to take its last bytes once the client is gone. */
  readonly lingerMs: number;
}

export const PROXY_DEFAULTS: ProxyLimits = {
  maxConnections: 256,
  maxIdle: 32,
  idleMs: 4_000,
  connectMs: 10_000,
  answerMs: 60_000,
  silenceMs: 300_000,
  writeMs: 60_000,
  continueMs: 1_000,
  maxUnreadBytes: 256 * 1024,
  lingerMs: 2_000,
};
