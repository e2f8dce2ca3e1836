/** Loopback by its addresses: IPv4 (also in its IPv6 form), IPv6, and the name. */
export function isLoopback(address: string): boolean {
  return (
    address === 'localhost' ||
    address === '::1' ||
    address.startsWith('127.') ||
    address.startsWith('::ffff:127.')
  );
}
