import type { Identity } from '../../net/tls/identity.ts';
import { ownNames } from '../addresses.ts';
import { keptAuthority } from './authority-store.ts';
import { LocalIdentity } from './local-identity.ts';
import { type CertificateFiles, ownCertificate } from './own-certificate.ts';
import { trustAdvice } from './trust-advice.ts';

/** How a site is served over TLS: with the files of its user, or by an authority made for this machine. */
export type Https = 'local' | CertificateFiles;

export interface SiteIdentity {
  readonly identity: Identity;
  /** Sentences for the person who started the site. */
  readonly notes: readonly string[];
}

/**
 * What a site that listens on `host` shows of itself. `home` is the folder of the authority. Rejects with
 * PathProblem.
 */
export async function siteIdentity(https: Https, host: string, home: string): Promise<SiteIdentity> {
  if (https !== 'local') {
    const { pair, notes } = await ownCertificate(https);
    return { identity: { certifiedKey: () => pair }, notes };
  }
  const kept = await keptAuthority(home);
  const identity = new LocalIdentity(kept.authority, ['localhost', '127.0.0.1', '::1', ...namesOf(host)]);
  const notes = [...kept.notes, ...(kept.isNew ? trustAdvice(kept.path) : [])];
  if (identity.refused.length > 0) {
    const hosts = identity.refused.join(', ');
    notes.push(
      `The authority speaks for private names and addresses only, not for ${hosts}: browsers warn there`,
    );
  }
  return { identity, notes };
}

/** Names and addresses as a certificate has them: without brackets, and none that stand for all. */
function namesOf(host: string): string[] {
  return ownNames(host)
    .map((name) => name.replace(/^\[|\]$/g, ''))
    .filter((name) => name !== '0.0.0.0' && name !== '::');
}
