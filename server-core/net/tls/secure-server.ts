import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { CertifiedKey, Identity } from './identity.ts';

/** HTTP/2 is not served. RFC 7301 §3.2: a client that offers ALPN, but not this, gets no_application_protocol. */
const PROTOCOLS = ['http/1.1'];

/** The server's side of TLS for all connections of a listener: what it shows, and what sessions resume by. */
export class SecureServer {
  readonly #identity: Identity;
  readonly #contexts = new WeakMap<CertifiedKey, SecureContext>();

  constructor(identity: Identity) {
    this.#identity = identity;
    // Signed and checked before the first client waits for it.
    this.#contextFor(undefined);
  }

  /** Begins a handshake on a connected socket; bytes that were read from it and put back are the first of it. */
  handshake(socket: Socket): TLSSocket {
    return new TLSSocket(socket, {
      isServer: true,
      // Its ticket keys are those of every session, whichever host a client asks for.
      secureContext: this.#contextFor(undefined),
      ALPNProtocols: PROTOCOLS,
      SNICallback: (name, done) => {
        try {
          done(null, this.#contextFor(name));
        } catch (error) {
          done(error as Error);
        }
      },
    });
  }

  #contextFor(serverName: string | undefined): SecureContext {
    const pair = this.#identity.certifiedKey(serverName);
    const known = this.#contexts.get(pair);
    if (known) return known;
    // RFC 5246 §7.4.1.2: a session is resumed only where it was made; OpenSSL wants a word for that.
    const context = createSecureContext({ cert: pair.cert, key: pair.key, sessionIdContext: 'wirescope' });
    this.#contexts.set(pair, context);
    return context;
  }
}
