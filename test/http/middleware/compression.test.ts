import { fetch } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { byteSource } from '../../../server-core/http/byte-source.ts';
import { compose } from '../../../server-core/http/compose.ts';
import { eventStream, type ServerSentEvent } from '../../../server-core/http/event-stream.ts';
import { compression } from '../../../server-core/http/middleware/compression.ts';
import type { FieldPair, Handler, ResponseBody } from '../../../server-core/http/response.ts';
import { type Served, serve } from '../../net/serve.ts';
import { decoded } from '../../support/decoded.ts';
import { contentOf, fieldOf, handlerRequest } from '../../support/handler-request.ts';

const TEXT = Buffer.from('All work and no play makes a dull boy.\n'.repeat(100));
const TYPE: FieldPair = ['Content-Type', 'text/plain; charset=utf-8'];

let served: Served | undefined;
afterEach(async () => {
  await served?.stop();
  served = undefined;
});

const giving = (
  body: ResponseBody | undefined,
  fields: readonly FieldPair[] = [TYPE],
  status = 200,
): Handler =>
  compose([compression()], () => (body === undefined ? { status, fields } : { status, fields, body }));

async function ask(handler: Handler, fields: Record<string, string> = {}, method = 'GET') {
  return handler(handlerRequest('/', { 'Accept-Encoding': 'gzip', ...fields }, method));
}

describe('what is coded', () => {
  it.each(['gzip', 'br', 'zstd'])('text, with %s, under its own length', async (coding) => {
    const response = await ask(giving(TEXT), { 'Accept-Encoding': coding });
    expect(fieldOf(response, 'Content-Encoding')).toBe(coding);
    expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
    const content = await contentOf(response);
    expect(content.length).toBeLessThan(TEXT.length);
    expect(response.body?.length).toBe(content.length);
    expect(decoded(coding, content).equals(TEXT)).toBe(true);
  });

  it('error pages and other statuses too', async () => {
    expect(fieldOf(await ask(giving(TEXT, [TYPE], 404)), 'Content-Encoding')).toBe('gzip');
  });

  it('in what the client weighs highest', async () => {
    const response = await ask(giving(TEXT), { 'Accept-Encoding': 'gzip;q=0.5, br;q=0.9, zstd;q=0.1' });
    expect(fieldOf(response, 'Content-Encoding')).toBe('br');
  });

  it('the head of it says the same without the content, and no length', async () => {
    const response = await ask(giving(TEXT), {}, 'HEAD');
    expect(fieldOf(response, 'Content-Encoding')).toBe('gzip');
    expect(response.body?.length).toBeUndefined();
  });

  it('a strong tag becomes weak, and parts are no longer offered', async () => {
    const response = await ask(giving(TEXT, [TYPE, ['ETag', '"a"'], ['Accept-Ranges', 'bytes']]));
    expect(fieldOf(response, 'ETag')).toBe('W/"a"');
    expect(fieldOf(response, 'Accept-Ranges')).toBeUndefined();
  });
});

describe('what goes out as it is', () => {
  it.each<[string, FieldPair[], number]>([
    ['what is coded already', [TYPE, ['Content-Encoding', 'br']], 200],
    ['what cannot shrink', [['Content-Type', 'image/png']], 200],
    ['what has no type', [], 200],
    ['what must not be changed', [TYPE, ['Cache-Control', 'public, no-transform']], 200],
    ['what chose by the field itself', [TYPE, ['Vary', 'Accept, Accept-Encoding']], 200],
    ['what has a digest', [TYPE, ['Content-Digest', 'sha-256=:AA==:']], 200],
    ['a part', [TYPE], 206],
  ])('%s', async (_, fields, status) => {
    const response = await ask(giving(TEXT, fields, status));
    expect(response.fields).toEqual(fields);
    expect(response.body).toBe(TEXT);
  });

  it('what has fields behind it', async () => {
    const body: ResponseBody = {
      ...byteSource((async function* () {})()),
      trailers: () => [['Digest', 'x']],
    };
    expect((await ask(giving(body))).body).toBe(body);
  });

  it('what is small, and what has no content', async () => {
    const small = Buffer.alloc(1023, 'a');
    expect((await ask(giving(small))).body).toBe(small);
    expect((await ask(giving(undefined, [TYPE], 304))).fields).toEqual([TYPE]);
  });

  it.each([
    { 'Accept-Encoding': '' },
    { 'Accept-Encoding': 'gzip;q=0' },
    { 'Cache-Control': 'no-transform' },
  ])('for a client that says %j', async (fields) => {
    const response = await ask(giving(TEXT), fields);
    expect(response.body).toBe(TEXT);
    expect(fieldOf(response, 'Content-Encoding')).toBeUndefined();
  });
});

describe('over a connection', () => {
  const open = async (handler: Handler, coding: string) => {
    served = await serve(compose([compression()], handler));
    return fetch(`http://127.0.0.1:${served.port}/`, { headers: { 'accept-encoding': coding } });
  };

  it('fetch undoes it, for content that is made while it is sent', async () => {
    async function* pieces() {
      for (let i = 0; i < 50; i++) yield Buffer.alloc(10_000, `${i % 10}`);
    }
    const response = await open(() => ({ status: 200, fields: [TYPE], body: byteSource(pieces()) }), 'br');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(await response.text()).toMatch(/^0{10000}1{10000}.*9{10000}$/);
  });

  it.each(['gzip', 'br'])('an event in %s can be read before the next one is made', async (coding) => {
    let next: () => void = () => {};
    async function* events(): AsyncGenerator<ServerSentEvent> {
      yield { data: 'first' };
      await new Promise<void>((resolve) => {
        next = resolve;
      });
      yield { data: 'second' };
    }
    const response = await open((request) => eventStream(request, events), coding);
    expect(response.headers.get('content-encoding')).toBe(coding);
    const reader = response.body!.getReader();
    const read = async () => Buffer.from((await reader.read()).value as Uint8Array).toString();
    expect(await read()).toBe('data: first\n\n');
    next();
    expect(await read()).toBe('data: second\n\n');
    await reader.cancel();
  });
});
