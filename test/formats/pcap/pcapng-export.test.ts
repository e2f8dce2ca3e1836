import { describe, expect, it } from 'vitest';
import { exportPieces } from '../../../server-core/host/export/export-capture.ts';
import { joined, Recorded } from '../../support/recorded.ts';

const FACTS = {
  ...{ version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', alpn: 'http/1.1', serverName: 'localhost' },
  ...{ resumed: false, handshakeMicros: 900 },
};

describe('a pcapng of a TLS server', () => {
  it('says at the first bytes of each connection that they are decrypted, and nowhere else', async () => {
    const recorded = new Recorded();
    const { log } = recorded;
    for (const secure of [true, false]) {
      const conn = log.opened(1, '127.0.0.1', 40_000, 8080);
      if (secure) log.tls(conn, FACTS);
      for (const text of ['GET /first HTTP/1.1\r\n', 'Host: a\r\n\r\n'])
        log.bytes(conn, 'in', 0, Buffer.from(text));
      log.closed(conn, 'client-fin', 30, 0);
    }
    const file = await joined(exportPieces(recorded.source, { as: 'pcapng', redact: false }));
    const comment = 'From here on these are the bytes inside TLS 1.3 (TLS_AES_128_GCM_SHA256), decrypted';
    const at = file.indexOf(comment);
    const packets = [file.indexOf('GET /first'), file.indexOf('Host: a')];
    // The comment of a block stands behind its packet.
    expect(packets[0]).toBeLessThan(at);
    expect(at).toBeLessThan(packets[1]!);
    expect(file.indexOf(comment, at + 1)).toBe(-1);
  });
});
