import { once } from 'node:events';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { tlsIdentity } from '../../support/tls-identity.ts';
import { RawClient } from '../raw-client.ts';
import { hello, type Served, type ServeOptions, serve } from '../serve.ts';
import { SecureClient } from './secure-client.ts';

const { ca, identity } = tlsIdentity();
const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

let served: Served;
const start = async (options: ServeOptions = {}) => {
  served = await serve(hello, { identity, ...options });
};
afterEach(() => served.stop());

const closed = () => served.until((event) => event.kind === 'closed');

describe('ALPN', () => {
  it('agrees on http/1.1 where it is among others', async () => {
    await start();
    const client = await SecureClient.open(served.port, { ca, ALPNProtocols: ['h2', 'http/1.1'] });
    expect(client.socket.alpnProtocol).toBe('http/1.1');
    client.close();
  });

  it('ends with an alert where it is not', async () => {
    await start();
    const opened = SecureClient.open(served.port, { ca, ALPNProtocols: ['h2'] });
    await expect(opened).rejects.toThrow(/no application protocol/);
    expect(await closed()).toMatchObject({
      reason: 'tls-error',
      detail: 'The client offers other protocols than http/1.1 (ALPN)',
    });
  });

  it('is not needed', async () => {
    await start();
    const client = await SecureClient.open(served.port, { ca });
    client.send(GET);
    expect(await client.until(/hello$/)).toMatch(/^HTTP\/1\.1 200 /);
    client.close();
    expect(await served.until((event) => event.kind === 'tls')).toMatchObject({ alpn: '' });
  });
});

describe('sessions', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('resume under %s', async (version) => {
    await start();
    const only = { ca, minVersion: version, maxVersion: version };
    const first = await SecureClient.open(served.port, only);
    first.send(GET);
    await first.until(/hello$/);
    const session = await first.session;
    first.close();
    const second = await SecureClient.open(served.port, { ...only, session });
    expect(second.socket.isSessionReused()).toBe(true);
    second.send(GET);
    await second.until(/hello$/);
    second.close();
    const seen = served.events().filter((event) => event.kind === 'tls');
    expect(seen.map(({ resumed, version }) => [version, resumed])).toEqual([
      [version, false],
      [version, true],
    ]);
  });
});

describe('names', () => {
  it('a host below localhost gets a certificate of its own', async () => {
    await start();
    const client = await SecureClient.open(served.port, { ca, servername: 'app.localhost' });
    expect(client.socket.getPeerCertificate().subjectaltname).toBe('DNS:app.localhost');
    client.close();
  });

  it('a stranger sees the certificate of the server, and turns away', async () => {
    await start();
    const opened = SecureClient.open(served.port, { ca, servername: 'bank.example' });
    await expect(opened).rejects.toThrow(/not in the cert's altnames/);
  });
});

describe('a client that is slow or wrong', () => {
  /** The client's side of TLS over a pipe that passes its bytes one by one. */
  it('may send its hello byte by byte', async () => {
    await start();
    const socket = new Socket().connect(served.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.setNoDelay(true);
    const pipe = new Duplex({
      read() {},
      async write(chunk: Buffer, _encoding, done) {
        for (const byte of chunk) await new Promise((sent) => socket.write(Buffer.of(byte), sent));
        done();
      },
    });
    socket.on('data', (data) => pipe.push(data));
    const secure = connect({ socket: pipe, ca, servername: 'localhost' });
    await once(secure, 'secureConnect');
    secure.write(GET);
    const [answer] = await once(secure, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('is dropped when it says nothing', async () => {
    await start({ limits: { handshakeMs: 10 } });
    const client = await RawClient.open(served.port);
    expect(await client.rest()).toBe('');
    expect(await closed()).toMatchObject({ reason: 'tls-error', detail: 'The client said nothing' });
  });

  it('is dropped when it stops in the middle of its hello', async () => {
    await start({ limits: { handshakeMs: 10 } });
    const client = await RawClient.open(served.port);
    await client.send(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00));
    expect(await client.rest()).toBe('');
    expect(await closed()).toMatchObject({ reason: 'tls-error', detail: 'The handshake took too long' });
  });

  it('gets an alert for a record that makes no sense', async () => {
    await start();
    const client = await RawClient.open(served.port);
    await client.send(Buffer.concat([Buffer.of(0x16, 0x03, 0x01, 0x00, 0x40), Buffer.alloc(64, 0xff)]));
    // RFC 8446 §6: an alert is a record of type 21.
    expect((await client.rest()).charCodeAt(0)).toBe(21);
    expect(await closed()).toMatchObject({
      reason: 'tls-error',
      detail: expect.stringMatching(/^The client /),
    });
  });

  it('may leave before it says anything', async () => {
    await start();
    const client = await RawClient.open(served.port);
    client.finish();
    await client.rest();
    expect(await closed()).toMatchObject({ reason: 'client-fin' });
  });

  it('may leave in the middle of its hello', async () => {
    await start();
    const client = await RawClient.open(served.port);
    await client.send(Uint8Array.of(0x16, 0x03, 0x01, 0x02));
    client.finish();
    await client.rest();
    expect(await closed()).toMatchObject({
      reason: 'client-fin',
      detail: 'The client left during the handshake',
    });
  });

  it('may be reset in the middle of its hello', async () => {
    await start();
    const client = await RawClient.open(served.port);
    await client.send(Uint8Array.of(0x16, 0x03, 0x01, 0x02));
    client.reset();
    expect(await closed()).toMatchObject({ reason: 'client-reset' });
  });

  it('may send a record that was changed on the way, after the handshake', async () => {
    await start();
    const raw = new Socket().connect(served.port, '127.0.0.1');
    await once(raw, 'connect');
    const client = connect({ socket: raw, ca, servername: 'localhost' });
    client.on('error', () => {});
    await once(client, 'secureConnect');
    await served.until((event) => event.kind === 'tls');
    raw.write(Buffer.concat([Buffer.of(0x17, 0x03, 0x03, 0x00, 0x20), Buffer.alloc(32)]));
    expect(await closed()).toMatchObject({
      reason: 'tls-error',
      detail: 'The client sent bytes that were changed on the way',
    });
    expect(served.counters.inFlight).toBe(0);
  });
});

describe('ending', () => {
  it('a client that has sent close_notify still gets its answer', async () => {
    await start();
    const client = await SecureClient.open(served.port, { ca, allowHalfOpen: true });
    client.send(GET);
    client.socket.end();
    expect(await client.rest()).toMatch(/hello$/);
    expect(await closed()).toMatchObject({ reason: 'server-fin' });
  });

  it('the server ends with close_notify and then FIN', async () => {
    await start();
    const client = await SecureClient.open(served.port, { ca });
    client.send(GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    // Node emits `end` for close_notify; an end without it would be ECONNRESET or a truncation.
    expect(await client.rest()).toMatch(/hello$/);
    client.socket.end();
    expect(await closed()).toMatchObject({ reason: 'server-fin' });
  });

  it('a stop waits for the request in flight', async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    served = await serve(
      async (request) => {
        begun();
        await asked;
        return hello(request);
      },
      { identity },
    );
    const client = await SecureClient.open(served.port, { ca });
    client.send(GET);
    await started;
    const stopped = served.listener.stop(10_000);
    answer();
    expect(await client.rest()).toMatch(/Connection: close[\s\S]*hello$/);
    client.socket.end();
    await stopped;
  });

  it('a stop drops a client that is still in its handshake', async () => {
    await start();
    const client = await RawClient.open(served.port);
    await client.send(Uint8Array.of(0x16, 0x03, 0x01));
    await served.until((event) => event.kind === 'opened');
    await served.listener.stop(10_000);
    expect(await closed()).toMatchObject({ reason: 'server-stop' });
    client.close();
  });
});

describe('one connection at a time', () => {
  it('a client that says nothing makes room for the next', async () => {
    await start({ model: 'iterative' });
    const silent = await RawClient.open(served.port);
    await served.until((event) => event.kind === 'opened');
    const next = await SecureClient.open(served.port, { ca });
    next.send(GET);
    expect(await next.until(/hello$/)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await silent.rest()).toBe('');
    next.close();
  });

  it('the next waits with its handshake until the first has closed', async () => {
    await start({ model: 'iterative' });
    const first = await SecureClient.open(served.port, { ca });
    const second = SecureClient.open(served.port, { ca });
    first.send(GET);
    expect(await first.until(/hello$/)).toMatch(/^HTTP\/1\.1 200 /);
    first.close();
    const next = await second;
    next.send(GET);
    expect(await next.until(/hello$/)).toMatch(/^HTTP\/1\.1 200 /);
    next.close();
  });
});
