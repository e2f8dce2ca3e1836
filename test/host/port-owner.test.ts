import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listeningInodes, parseLsof, parseNetstat, portOwner } from '../../server-core/host/port-owner.ts';

describe('who has a port', () => {
  it.skipIf(process.platform !== 'linux')('is this program, or another by its name', async () => {
    const server: Server = createServer().listen(0, '::1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await portOwner(port)).toBe('another server here');
    server.close();
    await once(server, 'close');
    expect(await portOwner(port)).toBeUndefined();

    const script = "const s = require('net').createServer().listen(0, () => console.log(s.address().port))";
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    expect(await portOwner(Number(text))).toBe(
      `${basename(realpathSync(process.execPath))} (process ${child.pid})`,
    );
    child.kill();
    await once(child, 'exit');
  });

  it('is read of what Linux tells', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4242 1 0 100 0 0 10 0',
      '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4243 1 0 20 4 30 10 -1',
      '   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4244 1 0 100 0 0 10 0',
    ].join('\n');
    expect([listeningInodes(table, 8080), listeningInodes(table, 80), listeningInodes(table, 81)]).toEqual([
      ['4242'],
      ['4244'],
      [],
    ]);
  });

  it('is read of what lsof tells', () => {
    expect(parseLsof('p812\ncnginx\nf6\np813\ncother\n')).toEqual({ pid: 812, name: 'nginx' });
    expect(parseLsof('')).toBeUndefined();
  });

  it('is read of what netstat tells, whatever its language', () => {
    const table = [
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    127.0.0.1:8080         127.0.0.1:50000        HERGESTELLT      700',
      '  TCP    127.0.0.1:80800        0.0.0.0:0              ABHÖREN          701',
      '  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN          812\r',
    ].join('\n');
    expect(parseNetstat(table, 8080)).toBe(812);
    expect(parseNetstat(table, 9000)).toBeUndefined();
  });
});
