/** What the system keeps for a server that does not accept. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { acceptQueues } from '../../server-core/host/accept-queue.ts';
import { makeFolder } from '../support/folder.ts';

/** Listens, tells its port, and then never turns to its connections again. */
const DEAF = `
import { createServer } from 'node:net';
const server = createServer();
server.listen({ host: process.argv[2], port: 0 }, () => {
  process.send(server.address().port, () => {
    process.channel.unref();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});
`;

describe.runIf(process.platform === 'linux')('the accept queue', () => {
  it.each(['127.0.0.1', '::1'])(
    'is what the system has completed and nobody has accepted, on %s',
    async (host) => {
      const folder = makeFolder({ 'deaf.mjs': DEAF });
      const child = fork(`${folder.path}/deaf.mjs`, [host]);
      const [port] = (await once(child, 'message')) as [number];
      expect(acceptQueues(new Set([port]))?.get(port)).toBe(0);
      const sockets = Array.from({ length: 7 }, () => connect({ host, port }));
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      expect(acceptQueues(new Set([port]))?.get(port)).toBe(7);
      for (const socket of sockets) socket.on('error', () => {}).destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(acceptQueues(new Set([port]))?.get(port)).toBeUndefined();
      folder.remove();
    },
  );

  it('is not looked for at ports of others', () => {
    expect([...(acceptQueues(new Set()) ?? [])]).toEqual([]);
  });
});

describe.runIf(process.platform !== 'linux')('the accept queue', () => {
  it('is not known', () => {
    expect(acceptQueues(new Set([80]))).toBeUndefined();
  });
});
