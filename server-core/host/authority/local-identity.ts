import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { CertifiedKey, Identity } from '../../net/tls/identity.ts';
import { type Authority, newKey, pemOf, SERVER_LIFE } from './authority.ts';

/** Names beside the server's own that clients ask for: one that makes them up gets no further. */
const KEPT_NAMES = 256;

interface Issued extends CertifiedKey {
  readonly renewAt: number;
}

/**
 * Certificates by a local authority, made when they are asked for and kept in memory only. The server's own hosts
 * share one; any other name that the authority may speak for gets one of its own.
 */
export class LocalIdentity implements Identity {
  /** Hosts that the authority may not speak for. */
  readonly refused: readonly string[];
  readonly #authority: Authority;
  readonly #now: () => number;
  readonly #own: readonly string[];
  readonly #key = newKey();
  readonly #keyPem = pemOf(this.#key);
  /** In the order of use, the one used last at the end. */
  readonly #issued = new Map<string, Issued>();

  /** @param hosts names and addresses of the server, without brackets */
  constructor(authority: Authority, hosts: readonly string[], now: () => number = Date.now) {
    this.#authority = authority;
    this.#now = now;
    const all = [...new Set(hosts.map((host) => host.toLowerCase()))];
    this.#own = all.filter((host) => authority.allows(host));
    this.refused = all.filter((host) => !authority.allows(host));
  }

  certifiedKey(serverName: string | undefined): CertifiedKey {
    const name = serverName?.toLowerCase().replace(/\.$/, '');
    // RFC 6066 §3: an unknown name may be answered as if none was given; the client sees for itself.
    const other = name !== undefined && isIP(name) === 0 && !this.#own.includes(name);
    return other && this.#authority.allows(name) ? this.#issue(name, [name]) : this.#issue('', this.#own);
  }

  #issue(slot: string, hosts: readonly string[]): Issued {
    const kept = this.#issued.get(slot);
    this.#issued.delete(slot);
    const issued = kept && kept.renewAt > this.#now() ? kept : this.#certify(hosts);
    this.#issued.set(slot, issued);
    if (this.#issued.size > KEPT_NAMES) this.#issued.delete(this.#issued.keys().next().value!);
    return issued;
  }

  #certify(hosts: readonly string[]): Issued {
    const cert = this.#authority.certify(this.#key, hosts);
    const until = Date.parse(new X509Certificate(cert).validTo);
    // With a third of its life left, as ACME clients do.
    return { cert, key: this.#keyPem, renewAt: until - SERVER_LIFE / 3 };
  }
}
