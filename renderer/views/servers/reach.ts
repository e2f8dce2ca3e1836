import type { ServerView } from '../../store/queries.ts';

/** Whether new servers can be reached from elsewhere: the host gives all of them the address it was started with. */
export function servesLan(servers: readonly Pick<ServerView, 'host'>[]): boolean {
  return servers.some(({ host }) => !isLoopback(host));
}

/** Loopback by its addresses: IPv4 (also in its IPv6 form), IPv6, and the name. */
export function isLoopback(address: string): boolean {
  return (
    address === 'localhost' ||
    address === '::1' ||
    address.startsWith('127.') ||
    address.startsWith('::ffff:127.')
  );
}
