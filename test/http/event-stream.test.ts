import { fetch } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { eventStream, eventText, type ServerSentEvent } from '../../server-core/http/event-stream.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { RawClient } from '../net/raw-client.ts';
import { type Served, serve } from '../net/serve.ts';

describe('an event is written', () => {
  it.each<[ServerSentEvent, string]>([
    [{ data: 'x' }, 'data: x\n\n'],
    [{ data: '' }, 'data: \n\n'],
    [{ data: 'a\nb' }, 'data: a\ndata: b\n\n'],
    [{ data: 'a\r\nb\rc\n' }, 'data: a\ndata: b\ndata: c\ndata: \n\n'],
    [{ data: 'a\n\ndata: forged' }, 'data: a\ndata: \ndata: data: forged\n\n'],
    [{ data: ' two spaces' }, 'data:  two spaces\n\n'],
    [{ data: 'line\u2028separator' }, 'data: line\u2028separator\n\n'],
    [{ event: 'tick', id: '7', retry: 0, data: 'x' }, 'event: tick\nid: 7\nretry: 0\ndata: x\n\n'],
    [{ id: '' }, 'id: \n\n'],
    [{ comment: 'hi\nthere' }, ': hi\n: there\n\n'],
    [{ comment: 'x\ndata: forged' }, ': x\n: data: forged\n\n'],
    [{}, '\n'],
  ])('%j', (event, text) => {
    expect(eventText(event)).toBe(text);
  });

  it.each<[ServerSentEvent]>([
    [{ event: 'a\nb' }],
    [{ event: 'a\rb' }],
    [{ id: '1\ndata: x' }],
    [{ id: 'a\0b' }],
    [{ retry: -1 }],
    [{ retry: 1.5 }],
    [{ retry: Number.NaN }],
  ])('only if it can be: %j', (event) => {
    expect(() => eventText(event)).toThrow(Error);
  });
});

let served: Served | undefined;
const clients: RawClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await served?.stop();
});

async function streaming(handler: Handler) {
  served = await serve(handler);
  const client = await RawClient.open(served.port);
  clients.push(client);
  return { served, client };
}

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: n\xc3\xb6\r\n\r\n';

describe('a stream', () => {
  it('sends its events and ends with them', async () => {
    const { served } = await streaming((request) =>
      eventStream(
        request,
        async function* () {
          yield { data: 'one', id: '1' };
          yield { data: 'zwei\nü' };
        },
        { fields: [['X-Own', '1']] },
      ),
    );
    const response = await fetch(`http://127.0.0.1:${served.port}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-own': '1',
    });
    expect(await response.text()).toBe('id: 1\ndata: one\n\ndata: zwei\ndata: ü\n\n');
  });

  it('knows what the client saw last', async () => {
    const { client } = await streaming((request) =>
      eventStream(request, async function* ({ lastEventId }) {
        yield { data: `behind ${lastEventId}` };
      }),
    );
    await client.send(`${GET.slice(0, -2)}Connection: close\r\n\r\n`);
    expect(Buffer.from(await client.rest(), 'latin1').toString()).toContain('data: behind nö\n\n');
  });

  it('says that it lives while there is nothing to say, and skips no event', async () => {
    let next = () => {};
    const { client } = await streaming((request) =>
      eventStream(
        request,
        async function* () {
          for (const data of ['a', 'b']) {
            await new Promise<void>((resolve) => {
              next = resolve;
            });
            yield { data };
          }
        },
        { heartbeatMs: 1 },
      ),
    );
    const seen = (text: string) =>
      new Promise<void>((resolve) => {
        let received = '';
        client.socket.on('data', (chunk: Buffer) => {
          received += chunk.toString('latin1');
          if (received.includes(text)) resolve();
        });
      });
    const [beat, a, b] = [seen(':\n\n\r\n3\r\n:\n\n'), seen('data: a\n\n'), seen('data: b\n\n')];
    await client.send(GET);
    await beat;
    next();
    await a;
    next();
    await b;
  });

  it('is aborted when the client goes, even while nothing comes', async () => {
    const ends: string[] = [];
    const ended = new Promise<void>((resolve) => {
      void streaming((request) =>
        eventStream(request, ({ signal }) => {
          signal.addEventListener('abort', () => ends.push('abort'));
          return {
            [Symbol.asyncIterator]: () => ({
              next: () => new Promise(() => {}),
              async return() {
                ends.push('return');
                resolve();
                return { done: true, value: undefined };
              },
            }),
          };
        }),
      ).then(async ({ client, served }) => {
        await client.send(GET);
        await served.until((event) => event.kind === 'response');
        client.reset();
      });
    });
    await ended;
    expect(ends).toEqual(['abort', 'return']);
    await served?.until((event) => event.kind === 'closed');
    expect(served?.counters.inFlight).toBe(0);
  });

  it('that is asked for by HEAD is not begun', async () => {
    let begun = false;
    const { client } = await streaming((request) =>
      eventStream(request, async function* () {
        begun = true;
        yield { data: 'x' };
      }),
    );
    await client.send(GET.replace('GET', 'HEAD'));
    expect((await client.response({ toHead: true })).status).toBe(200);
    expect(begun).toBe(false);
  });

  it('whose source fails breaks off, so that the browser comes back', async () => {
    const { client } = await streaming((request) =>
      eventStream(request, async function* () {
        yield { data: 'x' };
        throw new Error('own');
      }),
    );
    await client.send(GET);
    const text = await client.rest();
    expect(text).toContain('data: x\n\n');
    expect(text).not.toMatch(/0\r\n\r\n$/);
  });

  it('asks for events no faster than a slow client takes them', async () => {
    let asked = 0;
    const data = 'x'.repeat(64 * 1024);
    const { client, served } = await streaming((request) =>
      eventStream(request, async function* () {
        for (; asked < 1000; asked++) yield { data };
      }),
    );
    client.socket.pause();
    await client.send(GET);
    await served.until((event) => event.kind === 'mark' && event.mark === 'drain-wait');
    for (let last = -1; last !== asked; ) {
      last = asked;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(asked).toBeLessThan(500);
  });
});
