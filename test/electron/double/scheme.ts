/**
 * `protocol`: a custom scheme is served to Chromium over HTTP, `app://bundle/x` as `http://bundle.app.localhost/x`.
 * That host is a secure context and has an origin of its own, as the scheme has in Electron.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { appDouble } from './app.ts';
import { strict } from './strict.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

const schemes = new Set<string>();
const handlers = new Map<string, Handler>();

const protocolDouble = {
  registerSchemesAsPrivileged(list) {
    if (appDouble.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (schemes.size > 0) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
    for (const { scheme, privileges } of list) {
      if (!privileges?.standard || !privileges.secure) {
        throw new Error(`electron double: scheme ${scheme} must be standard and secure`);
      }
      schemes.add(scheme);
    }
  },
  handle(scheme, handler) {
    if (!appDouble.isReady()) throw new Error('protocol.handle was called before the app is ready');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>;

export const protocol = strict<Electron.Protocol>('protocol', protocolDouble);

/** The URL that Chromium is given for one of Electron's. */
export function toHttp(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  return schemes.has(name) ? `http://${host}.${name}.localhost${pathname}${search}${hash}` : url;
}

/** The URL that Electron's side sees for one of Chromium's. */
export function toScheme(url: string): string {
  const [, host, name, path = '/'] = /^http:\/\/([^/]+)\.([^./]+)\.localhost(\/.*)?$/.exec(url) ?? [];
  return name !== undefined && schemes.has(name) ? `${name}://${host}${path}` : url;
}

/** Starts the server behind the scheme. Resolves to the switch that makes it the only host Chromium can reach. */
export async function startSchemeServer(): Promise<string> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return `--host-resolver-rules=MAP *.localhost:80 127.0.0.1:${port},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = toScheme(`http://${request.headers.host}${request.url}`);
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (!handler) {
    response.destroy();
    return;
  }
  const { status, headers, body } = await handler(new Request(url, { method: request.method ?? 'GET' }));
  response.writeHead(status, Object.fromEntries(headers));
  if (body) Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]).pipe(response);
  else response.end();
}
