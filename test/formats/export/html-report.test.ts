import { describe, expect, it } from 'vitest';
import { exportPieces } from '../../../server-core/host/export/export-capture.ts';
import { Recorded, textOf } from '../../support/recorded.ts';

const EVIL = '</pre><script>alert(1)</script><img src=//evil.example onerror=alert(1)>"\'&\u0000';

describe('a report', () => {
  const recorded = new Recorded().conversation([
    {
      in: `GET /<script>alert(1)</script> HTTP/1.1\r\nHost: a\r\nX-Evil: ${EVIL.slice(0, -1)}\r\nCookie: sid=1\r\n\r\n`,
    },
    {
      out: `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${EVIL.length - 1}\r\n\r\n${EVIL.slice(0, -1)}`,
    },
  ]);

  it('holds what was captured as text only', async () => {
    const html = await textOf(exportPieces(recorded.source, { as: 'html', redact: true }));
    expect(html).not.toMatch(
      /<(?!\/?(?:!doctype|html|head|meta|title|style|body|h1|h2|p|span|small|details|summary|pre|ul|li|b)[ >])/i,
    );
    expect(html.match(/<meta/g)).toHaveLength(4);
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('sid=1');
    expect(html).toContain('1 request, written by Wirescope');
  });

  it('shows the head, the content and the bytes', async () => {
    const html = await textOf(exportPieces(recorded.source, { as: 'html', redact: false }));
    expect(html).toContain('Cookie: sid=1');
    expect(html).toContain('00000000  47 45 54 20');
    expect(html).toContain('It holds what crossed the wire');
  });
});
