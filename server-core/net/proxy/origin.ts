/** The server behind a proxy. */
export interface Origin {
  readonly secure: boolean;
  /** A name or an address, IPv6 without brackets: what a socket connects to. */
  readonly host: string;
  readonly port: number;
  /** As the Host field has it: brackets around IPv6, no port where it is the scheme's own. */
  readonly authority: string;
  /** Stands before the path of every request; '' or `/app`, never with a slash at its end. */
  readonly basePath: string;
}

/** Reads `http://localhost:3000` or `https://example.org/app`. Throws Error saying what is wrong with it. */
export function parseOrigin(url: string): Origin {
  if (!URL.canParse(url)) throw new Error(`${url} is no URL`);
  const { protocol, hostname, host, port, pathname, search, hash, username, password } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new Error(`${url} is neither an http nor an https URL, and nothing else is spoken to an origin`);
  }
  // RFC 9110 §4.2.4: whoever sees the address would see the password.
  if (username !== '' || password !== '') throw new Error('The URL of an origin cannot hold a password');
  if (search !== '' || hash !== '') throw new Error(`${url} has a query or fragment, which an origin cannot`);
  const secure = protocol === 'https:';
  return {
    secure,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    authority: host,
    basePath: pathname.replace(/\/+$/, ''),
  };
}

/** `https://example.org/app` */
export function originUrl(origin: Origin): string {
  return `${origin.secure ? 'https' : 'http'}://${origin.authority}${origin.basePath}`;
}
