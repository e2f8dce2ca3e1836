import { describe, expect, it } from 'vitest';
import { EventLoop } from '../../server-core/concurrency/event-loop.ts';
import { Iterative } from '../../server-core/concurrency/iterative.ts';
import type { Handler } from '../../server-core/http/response.ts';
import { RawClient } from '../net/raw-client.ts';
import { serve } from '../net/serve.ts';

function turns() {
  const log: string[] = [];
  const turn = (name: string) => ({
    begin: () => log.push(`${name} begins`),
    makeRoom: () => log.push(`${name} makes room`),
  });
  return { log, turn };
}

describe('event-loop', () => {
  it('begins every connection at once', () => {
    const model = new EventLoop();
    const { log, turn } = turns();
    model.admit(turn('a'));
    model.admit(turn('b'));
    expect(log).toEqual(['a begins', 'b begins']);
    expect(model.waiting).toBe(0);
  });
});

describe('iterative', () => {
  it('begins the next when the one before is gone, in order', () => {
    const model = new Iterative();
    const { log, turn } = turns();
    const aLeft = model.admit(turn('a'));
    const bLeft = model.admit(turn('b'));
    const cLeft = model.admit(turn('c'));
    expect(log).toEqual(['a begins', 'a makes room', 'a makes room']);
    expect(model.waiting).toBe(2);
    bLeft();
    aLeft();
    expect(log.slice(3)).toEqual(['c begins']);
    cLeft();
    expect(model.waiting).toBe(0);
  });

  it('serves clients one after the other, though all ask at once', async () => {
    let running = 0;
    let most = 0;
    const handler: Handler = async (request) => {
      running++;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { status: 200, fields: [], body: Buffer.from(request.head.target) };
    };
    const served = await serve(handler, { model: 'iterative' });
    const clients = await Promise.all(Array.from({ length: 8 }, () => RawClient.open(served.port)));
    await Promise.all(
      clients.map((client, i) => client.send(`GET /${i} HTTP/1.1\r\nHost: localhost\r\n\r\n`)),
    );
    const answers = await Promise.all(
      clients.map(async (client) => {
        const answer = await client.response();
        client.close();
        return answer.body;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 8 }, (_, i) => `/${i}`));
    expect(most).toBe(1);
    await served.stop();
  });

  it('does not let a silent client hold the others for ever', async () => {
    const served = await serve(() => ({ status: 200, fields: [] }), { model: 'iterative' });
    const silent = await RawClient.open(served.port);
    const eager = await RawClient.open(served.port);
    await eager.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await eager.response()).status).toBe(200);
    silent.close();
    eager.close();
    await served.stop();
  });
});
