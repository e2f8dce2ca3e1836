/** IPv4 (also in its IPv6 form), IPv6, and the name. `127.example.com` is a name of whoever owns it. */
const LOOPBACK = /^(?:localhost|::1|(?:::ffff:)?127(?:\.\d{1,3}){1,3})$/;

/** True for addresses that only this machine can reach. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}
