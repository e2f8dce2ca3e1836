import { hostname, networkInterfaces } from 'node:os';
import { isLoopback } from '../capture/loopback.ts';

export { isLoopback };

/** IPv4 addresses under which other machines may reach this one. */
function lanAddresses(): string[] {
  const found: string[] = [];
  for (const addresses of Object.values(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (address.family === 'IPv4' && !address.internal) found.push(address.address);
    }
  }
  return found;
}

/** URLs under which other machines on the network reach a server that listens everywhere. */
export function reachableUrls(port: number, secure: boolean): string[] {
  const name = hostname().toLowerCase();
  // By multicast DNS, where the machine's name is not one of a domain.
  const names = name.includes('.') ? [name] : [`${name}.local`];
  const scheme = secure ? 'https' : 'http';
  return [...lanAddresses(), ...names].map((host) => `${scheme}://${host}:${port}/`);
}

/** Host names a server bound to `host` answers for, beside the loopback ones. */
export function ownNames(host: string): string[] {
  if (isLoopback(host)) return [host];
  const name = hostname().toLowerCase();
  return [bracketed(host), name, `${name}.local`, ...lanAddresses()];
}

/** The URL to show for a bound address. A wildcard is shown as an address that can be typed elsewhere. */
export function serverUrl(host: string, port: number, secure: boolean): string {
  const wildcard = host === '0.0.0.0' || host === '::';
  const shown = wildcard ? (lanAddresses()[0] ?? '127.0.0.1') : host === 'localhost' ? '127.0.0.1' : host;
  return `${secure ? 'https' : 'http'}://${bracketed(shown)}:${port}/`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
