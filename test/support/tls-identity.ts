/** A server's identity by an authority that lives as long as the test. */
import { newAuthority, readAuthority } from '../../server-core/host/authority/authority.ts';
import { LocalIdentity } from '../../server-core/host/authority/local-identity.ts';

export function tlsIdentity(hosts = ['localhost', '127.0.0.1', '::1']) {
  const pair = newAuthority('bench', Date.now());
  const identity = new LocalIdentity(readAuthority(pair, Date.now), hosts);
  return { ca: pair.cert, identity };
}
