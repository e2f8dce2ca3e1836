import { afterEach } from 'vitest';
import type { Handler } from '../../server-core/http/response.ts';
import { RawClient } from './raw-client.ts';
import { type Served, type ServeOptions, serve } from './serve.ts';

/** A server and raw clients for the tests of one file; all are gone after each test. */
export function setup() {
  const clients: RawClient[] = [];
  let served: Served | undefined;
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await served?.stop();
  });
  return {
    async start(handler: Handler, options?: ServeOptions): Promise<Served> {
      served = await serve(handler, options);
      return served;
    },
    async open(): Promise<RawClient> {
      const client = await RawClient.open(served?.port ?? 0);
      clients.push(client);
      return client;
    },
  };
}

export const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;

export const echoTarget: Handler = (request) => ({
  status: 200,
  fields: [],
  body: Buffer.from(request.head.target, 'latin1'),
});

export const echoBody: Handler = async (request) => ({
  status: 200,
  fields: [],
  body: await request.body.bytes(1_000_000),
});
