/** The detail of what is not whole, not right, or still under way. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { Window } from './window.ts';

const PATIENCE = { interval: 50 };

let origin: Server;
let browser: Browser;
let window: Window;
/** The answer that is under way. */
let growing: ServerResponse | undefined;
const clients: RawClient[] = [];

async function send(bytes: string): Promise<RawClient> {
  const client = await RawClient.open(window.port);
  clients.push(client);
  await client.send(bytes);
  return client;
}

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost:${window.port}\r\n\r\n`;
const detail = () => window.page.getByTestId('detail');
const says = (words: RegExp) => expect.poll(() => detail().innerText(), PATIENCE).toMatch(words);

/** `shown` is in the row that the filter leaves: the only one of the filter before may still be there. */
async function open(filter: string, tab: string, shown: RegExp): Promise<void> {
  const box = window.page.locator('input[data-filter]');
  await box.fill(filter);
  await box.press('Enter');
  await expect.poll(() => window.rows().allInnerTexts(), PATIENCE).toEqual([expect.stringMatching(shown)]);
  await window.rows().first().click();
  await detail().getByRole('tab', { name: tab, exact: true }).click();
}

describe.skipIf(!BROWSER)('the detail at its edges', () => {
  beforeAll(async () => {
    origin = createServer((request, response) => {
      if (request.url === '/growing') {
        growing = response.setHeader('Content-Type', 'application/json');
        response.write('{"list":[1,2');
      } else if (request.url === '/cut') {
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 100 });
        response.write('only this', () => response.destroy());
      } else {
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' });
        response.end('not gzip');
      }
    });
    origin.listen(0, '127.0.0.1');
    await once(origin, 'listening');
    browser = await launchBrowser();
    window = await Window.open(browser, [`http://127.0.0.1:${(origin.address() as AddressInfo).port}`]);
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await window?.close();
    await browser?.close();
    origin?.closeAllConnections();
    origin?.close();
    expect(window?.complaints).toEqual([]);
  });

  it('JSON that is still being sent is not called wrong until it ends', async () => {
    await send(get('/growing'));
    await open('path:/growing', 'Body', /\/growing/);
    await says(/This is only the beginning of it\.[\s\S]*list/);
    growing?.end();
    await says(/Not valid JSON\. The text ends where a comma or \] should be/);
  });

  it('what could not be undone at all is shown as it came', async () => {
    await send(get('/packed'));
    await open('path:/packed', 'Body', /\/packed/);
    await says(/8 B[\s\S]*not whole or not gzip[\s\S]*6e 6f 74/);
    expect(await detail().getByText('Decoded', { exact: true }).count()).toBe(0);
  });

  it('a reason says when its answer was not sent to the end', async () => {
    await send(get('/cut'));
    await open('path:/cut', 'Why', /\/cut/);
    await says(/So: 200 OK, ended before all was sent/);
  });

  it('a fault in a field leaves the request line what it is', async () => {
    const client = await send('GET /faulty HTTP/1.1\r\nHost : localhost\r\n\r\n');
    await client.rest();
    await open('fault:space', 'Overview', /space before colon/);
    await expect.poll(() => detail().locator('h2').innerText(), PATIENCE).toBe('GET /faulty');
  });

  it('the words of a long fault take no room from its bytes', async () => {
    const client = await send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
    await client.rest();
    await open('fault:tls', 'Bytes', /^(?![\s\S]*space before colon)/);
    const hex = detail().locator('.hex.in');
    const hidden = () => hex.evaluate((element) => element.scrollHeight - element.clientHeight);
    for (const width of [1440, 1100]) {
      await window.page.setViewportSize({ width, height: 900 });
      await expect.poll(hidden, PATIENCE).toBe(0);
    }
  });
});
