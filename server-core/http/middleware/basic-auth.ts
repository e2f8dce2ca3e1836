/** The Basic scheme of RFC 7617. Over plain HTTP it keeps honest people out; the password is on the wire. */
import type { Middleware } from '../compose.ts';
import { errorResponse } from '../error-page.ts';
import type { Request } from '../request.ts';

export interface BasicAuthOptions {
  /** What is protected, as the browser shows it when it asks. */
  readonly realm?: string;
  /** Passwords by user. A user cannot have a colon in it (RFC 7617 §2). */
  readonly users: Readonly<Record<string, string>>;
}

/** Lets through who names a user with his password; everyone else gets 401. Throws when no user could ever log in. */
export function basicAuth(options: BasicAuthOptions): Middleware {
  const { realm = 'Wirescope', users } = options;
  const known = Object.entries(users).map(([user, password]) => {
    if (user.includes(':'))
      throw new Error(`The user ${user} has a colon, which Basic credentials cannot hold`);
    return encode(`${user}:${password}`);
  });
  if (known.length === 0) throw new Error('Basic authentication needs a user');
  // RFC 7617 §2.1: tells clients to send UTF-8, which most do since.
  const challenge = `Basic realm="${quotable(realm)}", charset="UTF-8"`;

  return (request, next) => {
    const given = credentials(request);
    if (given !== undefined && oneEquals(known, encode(given))) return next(request);
    if (request.tracing) {
      const what =
        given === undefined ? 'Authorization holds no Basic credentials' : 'The credentials are wrong';
      request.mark('decision', `${what}, so 401`);
    }
    return errorResponse(401, 'This needs a user and a password', {
      section: 'RFC 9110 §15.5.2',
      fields: [['WWW-Authenticate', challenge]],
      request,
    });
  };
}

// One space in the RFC's grammar is 1*SP; the scheme is case-insensitive (RFC 9110 §11.1, §11.4).
const CREDENTIALS = /^basic +([A-Za-z\d+/]+={0,2})$/i;

/** `user:password` as the client gave it; undefined when there is none that can be read. */
function credentials(request: Request): string | undefined {
  const { fields } = request.head;
  const match = CREDENTIALS.exec(fields.all('authorization') ?? '');
  if (!match) return undefined;
  try {
    const bytes = Uint8Array.from(atob(match[1]!), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** RFC 7617 §2.1 and RFC 8265: the same letters can be typed as different code points. */
function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text.normalize('NFC'));
}

/**
 * Looks at every byte of every known text whatever the first ones were: how long it takes tells nothing about how
 * much of a guess was right, nor whether the user exists.
 */
function oneEquals(known: readonly Uint8Array[], given: Uint8Array): boolean {
  let found = 0;
  for (const expected of known) {
    let difference = expected.length ^ given.length;
    for (let i = 0; i < expected.length; i++) difference |= expected[i]! ^ (given[i] ?? 0);
    found |= Number(difference === 0);
  }
  return found === 1;
}

function quotable(realm: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(realm)) throw new Error('A realm is plain ASCII');
  return realm.replace(/["\\]/g, '\\$&');
}
