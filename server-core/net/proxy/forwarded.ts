import type { Request } from '../../http/request.ts';
import type { FieldLine } from '../../wire/http1/writer.ts';

/**
 * How the origin learns who asked, for what host, and by which scheme. `x` is X-Forwarded-For, -Host and -Proto,
 * which frameworks read; `standard` is Forwarded (RFC 7239), which is specified and seldom read.
 */
export type ForwardedForm = 'x' | 'standard' | 'both' | 'none';

const X_NAMES = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'];
/** All that a client could pretend with. The underscore spellings are the same to CGI, WSGI and PHP. */
export const FORWARDED_NAMES: ReadonlySet<string> = new Set(
  [...X_NAMES, 'x-forwarded-port', 'x-forwarded-server', 'x-real-ip', 'forwarded'].flatMap((name) => [
    name,
    name.replaceAll('-', '_'),
  ]),
);

/** The fields that this hop writes. `trust` puts them behind those that the request brought. */
export function forwardedFields(request: Request, form: ForwardedForm, trust: boolean): FieldLine[] {
  const { fields } = request.head;
  const brought = (name: string) => (trust ? fields.all(name) : undefined);
  const address = clientAddress(request.peer.remoteAddress);
  const host = clientHost(request);
  const proto = request.peer.secure ? 'https' : 'http';
  const lines: FieldLine[] = [];
  if (form === 'x' || form === 'both') {
    const before = brought('x-forwarded-for');
    lines.push(['X-Forwarded-For', before === undefined ? address : `${before}, ${address}`]);
    // One value each, of the hop nearest to the client: nobody reads lists here.
    const itsHost = brought('x-forwarded-host') ?? host;
    if (itsHost !== undefined) lines.push(['X-Forwarded-Host', itsHost]);
    lines.push(['X-Forwarded-Proto', brought('x-forwarded-proto') ?? proto]);
  }
  if (form === 'standard' || form === 'both') {
    const before = brought('forwarded');
    const element = forwardedElement(address, host, proto);
    lines.push(['Forwarded', before === undefined ? element : `${before}, ${element}`]);
  }
  return lines;
}

/** The host that the client asked for, with port. RFC 9112 §3.2.2: an absolute target wins over Host. */
export function clientHost(request: Request): string | undefined {
  const { target, head } = request;
  return target.form === 'absolute' ? target.authority : head.fields.get('host');
}

/** IPv4 as it is written, where a socket for both families says `::ffff:127.0.0.1`. */
function clientAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

/** RFC 7239 §4 and §6: IPv6 stands in brackets, and what is no token in quotes. */
function forwardedElement(address: string, host: string | undefined, proto: string): string {
  const node = address.includes(':') ? `"[${address}]"` : address;
  // A host was checked by the parser: nothing in it could end the quotes.
  return `for=${node}${host === undefined ? '' : `;host="${host}"`};proto=${proto}`;
}
