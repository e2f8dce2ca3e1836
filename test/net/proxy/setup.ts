/** A raw origin, a proxy before it on a real listener, and raw clients; all gone after each test. */
import { afterEach } from 'vitest';
import { type ProxyHandler, type ProxyOptions, proxy } from '../../../server-core/net/proxy/proxy.ts';
import { RawClient } from '../raw-client.ts';
import { type Served, type ServeOptions, serve } from '../serve.ts';
import { RawOrigin } from './raw-origin.ts';

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function afterTest(cleanup: () => void | Promise<void>): void {
  cleanups.push(cleanup);
}

export interface Proxied {
  readonly served: Served;
  readonly handler: ProxyHandler;
  client(): Promise<RawClient>;
  marks(): string[];
}

export async function proxied(
  originUrl: string,
  options: ProxyOptions = {},
  serveOptions: ServeOptions = {},
): Promise<Proxied> {
  const handler = proxy(originUrl, { pseudonym: 'scope', ...options });
  const served = await serve(handler, serveOptions);
  afterTest(async () => {
    await served.stop();
    handler.close();
  });
  return {
    served,
    handler,
    client: async () => {
      const client = await RawClient.open(served.port);
      afterTest(() => client.close());
      return client;
    },
    marks: () => served.events().flatMap((event) => (event.kind === 'mark' ? [event.detail] : [])),
  };
}

export async function rawOrigin(): Promise<RawOrigin> {
  const origin = await RawOrigin.listen();
  afterTest(() => origin.close());
  return origin;
}

export const get = (target = '/', more = '', method = 'GET') =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost:8080\r\n${more}\r\n`;
