import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { Origin } from './origin.ts';
import { OriginProblem, systemProblem } from './origin-problem.ts';

export interface TlsTrust {
  /** PEM certificates to trust instead of the system's, such as that of a development server. */
  readonly ca?: string;
  /** Takes any certificate: then anyone on the way can be the origin. */
  readonly insecure?: boolean;
}

/** A connection to the origin with TLS done, nothing read from it. Rejects with an OriginProblem. */
export function connectTo(origin: Origin, trust: TlsTrust, ms: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { secure, host, port } = origin;
    const socket = secure
      ? connectSecure({
          host,
          port,
          // RFC 6066 §3: an address is not a server name.
          ...(isIP(host) === 0 ? { servername: host } : {}),
          ...(trust.ca === undefined ? {} : { ca: trust.ca }),
          rejectUnauthorized: !trust.insecure,
          // RFC 7301: some origins speak HTTP/2 to whoever does not say what it speaks.
          ALPNProtocols: ['http/1.1'],
        })
      : connectPlain({ host, port });
    let connected = false;
    socket.once('connect', () => {
      connected = true;
    });
    socket.setNoDelay(true);
    const timer = setTimeout(() => fail(new OriginProblem('connect-timeout')), ms);
    const onError = (error: NodeJS.ErrnoException) => fail(systemProblem(error, secure && connected));
    const onClose = () => fail(new OriginProblem(secure ? 'tls-failed' : 'closed'));
    const settle = () => {
      clearTimeout(timer);
      socket.off('close', onClose);
    };
    const fail = (problem: OriginProblem) => {
      settle();
      reject(problem);
      socket.destroy();
    };
    socket.on('error', onError);
    socket.once('close', onClose);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      settle();
      socket.off('error', onError);
      resolve(socket);
    });
  });
}
