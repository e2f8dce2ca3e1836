/** The list goes on following its newest row while the oldest are trimmed, and the strip above it shows them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { arrived } from '../support/steady.ts';
import { Window } from './window.ts';

const BODY = 'x'.repeat(60_000);
const POST = `POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
/** Several times of what 4 MiB hold, trimmed a few rows at a time. */
const WAVES = 400;
const EACH = 4;

describe.skipIf(!BROWSER)('a list whose oldest rows are trimmed', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({ 'index.html': '<title>home</title>' });
    window = await Window.open(browser, [folder.path, '--memory', '4', '--disk', '0']);
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder?.remove();
    expect(complaints).toEqual([]);
  });

  it('stays at the newest', async () => {
    const client = await RawClient.open(window.port);
    for (let i = 0; i < WAVES; i++) {
      await client.send(POST + GET.repeat(EACH - 1));
      for (let j = 0; j < EACH; j++) await client.response();
    }
    client.close();
    const captured = async () => (await window.ledger()).captured;
    await arrived(captured, WAVES * EACH);
    expect(await captured()).toBe(WAVES * EACH);
    await expect.poll(async () => (await window.ledger()).trimmed).toBeGreaterThan(0);
    await window.page.getByRole('button', { name: 'Follow', exact: true, pressed: true }).waitFor();
    const ids = () =>
      window.rows().evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['id'])));
    await expect.poll(async () => Math.max(...(await ids()))).toBe(WAVES * EACH);
  });
});
