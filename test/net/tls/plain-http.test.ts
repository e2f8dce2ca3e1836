import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tlsIdentity } from '../../support/tls-identity.ts';
import { RawClient } from '../raw-client.ts';
import { hello, type Served, serve } from '../serve.ts';

const { identity } = tlsIdentity();
let served: Served;

beforeEach(async () => {
  served = await serve(hello, { identity });
});
afterEach(() => served.stop());

async function answerTo(request: string): Promise<string> {
  const client = await RawClient.open(served.port);
  await client.send(request);
  const answer = await client.rest();
  client.finish();
  return answer;
}

describe('plain HTTP on a TLS port', () => {
  it.each(['GET', 'HEAD'])('%s is sent on to https, for now', async (method) => {
    const answer = await answerTo(`${method} /a/b?c=d HTTP/1.1\r\nHost: localhost:4433\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 307 /);
    expect(answer).toMatch(/^Location: https:\/\/localhost:4433\/a\/b\?c=d\r$/m);
    expect(answer).toMatch(/^Cache-Control: no-store\r$/m);
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect(answer).not.toMatch(/Strict-Transport-Security/i);
  });

  it('bytes that no URI holds are percent-encoded on the way', async () => {
    await served.stop();
    served = await serve(hello, { identity, leniencies: { allowObsTextInTarget: true } });
    const answer = await answerTo('GET /\xc3\xbc?\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^Location: https:\/\/localhost\/%C3%BC\?%E9\r$/m);
  });

  it('a client that has sent FIN behind its request is answered all the same', async () => {
    const client = await RawClient.open(served.port);
    void client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    client.finish();
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 307 /);
  });

  it('a browser gets a page that says so', async () => {
    const answer = await answerTo('GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n');
    expect(answer).toMatch(/<p>This port speaks HTTPS/);
  });

  it('content is not asked for again: 400', async () => {
    const answer = await answerTo('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/This port speaks HTTPS/);
    expect(answer).not.toMatch(/^Location/m);
  });

  it('without a Host there is nowhere to send it: 400', async () => {
    expect(await answerTo('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('never reaches the handler, and is captured as what it is', async () => {
    await answerTo('GET /secret HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await served.until((event) => event.kind === 'closed');
    const events = served.events();
    expect(events.find((event) => event.kind === 'request')).toMatchObject({ target: '/secret' });
    expect(events.find((event) => event.kind === 'response')).toMatchObject({ status: 307 });
    expect(events.find((event) => event.kind === 'mark')).toMatchObject({
      detail: 'This port speaks HTTPS and the request came in the clear, so 307 to https',
    });
    expect(events.some((event) => event.kind === 'tls')).toBe(false);
    expect(events.filter((event) => event.kind === 'opened')).toHaveLength(1);
  });

  it('what is neither TLS nor HTTP is a fault', async () => {
    expect(await answerTo('\x80\x2e\x01\x00')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await served.until((event) => event.kind === 'fault')).toMatchObject({ code: 'method-invalid' });
  });
});
