/**
 * For which hosts an authority may speak: those that no public certificate authority speaks for. It is written into
 * its certificate (RFC 5280 §4.2.1.10), so that whoever stole the key could not pretend to be anybody's bank.
 */
import { BlockList, isIP } from 'node:net';

export interface Scope {
  /** Each allows itself and every name below it. */
  readonly domains: readonly string[];
  /** CIDR. */
  readonly networks: readonly string[];
}

/** RFC 6761 §6, RFC 6762 §3, RFC 8375, and `internal`, which ICANN reserved for private use in 2024. */
const PRIVATE_DOMAINS = ['localhost', 'local', 'test', 'internal', 'home.arpa'];

const PRIVATE_NETWORKS = [
  '127.0.0.0/8',
  '::1/128',
  // RFC 1918
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  // RFC 6598, which private overlay networks use
  '100.64.0.0/10',
  // RFC 3927, RFC 4291 §2.5.6
  '169.254.0.0/16',
  'fe80::/10',
  // RFC 4193
  'fc00::/7',
];

/** @param machine this machine's own name, when it is one that DNS can carry */
export function privateScope(machine: string): Scope {
  const own = isHostName(machine) ? [machine] : [];
  return { domains: [...new Set([...PRIVATE_DOMAINS, ...own])], networks: PRIVATE_NETWORKS };
}

/** Whether a name or address (without brackets) lies within. */
export function allows(scope: Scope, host: string): boolean {
  const family = isIP(host);
  if (family === 0) {
    return isHostName(host) && scope.domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  }
  const networks = new BlockList();
  for (const network of scope.networks) {
    const [address = '', prefix] = network.split('/');
    networks.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return networks.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

const LABEL = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/;

/** RFC 1123 §2.1, in lower case: what a dNSName can hold. */
function isHostName(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => LABEL.test(label));
}
