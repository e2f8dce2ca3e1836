/** A certificate authority in use: what it may speak for, and certificates by it. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import type { CertifiedKey } from '../../net/tls/identity.ts';
import { allows, privateScope, type Scope } from './name-constraints.ts';
import { authorityCertificate, type Lifetime, scopeOf, serverCertificate } from './x509.ts';

const DAY = 24 * 60 * 60 * 1000;
/** As mkcert's. Nobody wants to trust anew each year what never leaves the machine. */
const AUTHORITY_LIFE = 10 * 365 * DAY;
/** As Let's Encrypt's; Apple takes up to 825 days from an authority of the user's own, and 398 from others. */
export const SERVER_LIFE = 90 * DAY;
/** The clock of a telephone may be behind that of this machine. */
const BACKDATED = 60 * 60 * 1000;

/** One sentence about why an authority cannot be used. */
export class AuthorityProblem extends Error {}

export interface Authority {
  /** PEM: what people trust. */
  readonly cert: string;
  allows(host: string): boolean;
  /** A certificate for these hosts, each of which must be allowed, good for SERVER_LIFE from now. */
  certify(key: KeyObject, hosts: readonly string[]): string;
}

export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/** @param machine the name of this machine, which tells one authority from that of another machine */
export function newAuthority(machine: string, now: number): CertifiedKey {
  const key = newKey();
  const scope = privateScope(machine.toLowerCase());
  const life = { notBefore: new Date(now - BACKDATED), notAfter: new Date(now + AUTHORITY_LIFE) };
  return { cert: authorityCertificate(key, `Wirescope of ${machine}`, life, scope), key: pemOf(key) };
}

/** Reads what was made by `newAuthority`. Throws AuthorityProblem when it cannot be used now. */
export function readAuthority(pair: CertifiedKey, now: () => number): Authority {
  const { certificate, key, scope } = parse(pair);
  if (!certificate.ca || !scope) throw new AuthorityProblem('Its certificate is not that of an authority');
  if (!certificate.checkPrivateKey(key)) throw new AuthorityProblem('Its key is not that of its certificate');
  const until = Date.parse(certificate.validTo);
  if (now() < Date.parse(certificate.validFrom)) {
    throw new AuthorityProblem(`It is not valid before ${day(certificate.validFrom)}: look at the clock`);
  }
  // What it signs must not outlive it.
  if (now() + SERVER_LIFE > until) throw new AuthorityProblem(`It ends on ${day(certificate.validTo)}`);
  return {
    cert: pair.cert,
    allows: (host) => allows(scope, host),
    certify(serverKey, hosts) {
      const life: Lifetime = {
        notBefore: new Date(now() - BACKDATED),
        notAfter: new Date(Math.min(now() + SERVER_LIFE, until)),
      };
      return serverCertificate({ cert: certificate.raw, key }, serverKey, hosts, life);
    },
  };
}

function parse(pair: CertifiedKey): {
  certificate: X509Certificate;
  key: KeyObject;
  scope: Scope | undefined;
} {
  let what = 'certificate';
  try {
    const certificate = new X509Certificate(pair.cert);
    const scope = scopeOf(certificate.raw);
    what = 'key';
    return { certificate, scope, key: createPrivateKey(pair.key) };
  } catch {
    throw new AuthorityProblem(`Its ${what} cannot be read`);
  }
}

function day(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
