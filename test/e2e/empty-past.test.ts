/** The past before anything was asked, and stretches of time without a connection: each says so, and leads on. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { unreadable } from './text-boxes.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('the past without a request', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({ 'site/index.html': '<h1>page</h1>' });
  });
  afterAll(async () => {
    await browser?.close();
    folder?.remove();
  });
  beforeEach(async () => {
    window = await Window.open(browser, [`${folder.path}/site`], { WIRESCOPE_HOME: `${folder.path}/home` });
    const client = await RawClient.open(window.port);
    await client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await client.response();
    client.close();
    await window.rows().first().waitFor();
    await expect.poll(() => window.page.getByTestId('status-sockets').innerText()).toBe('0');
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    expect(complaints).toEqual([]);
  });

  const text = (selector: string) => window.page.locator(selector).allInnerTexts();
  const button = (name: string) => window.page.getByRole('button', { name, exact: true });
  /** Fit shows what the page knows by then: it is asked for again until the lane is there. */
  async function fitted(): Promise<number> {
    await button('Fit').click();
    return window.page.getByTestId('timeline-lane').count();
  }
  /** A press may come before the view listens: it is repeated until it was heard. */
  async function toTheFirst(): Promise<void> {
    await window.page.keyboard.press('p');
    const track = window.page.getByTestId('playhead-track');
    await track.waitFor();
    const pressed = async () => {
      await track.press('Home');
      return window.page.getByTestId('run-past').count();
    };
    await expect.poll(pressed).toBe(1);
  }

  it('says that nothing had been asked by then, and leads back to the newest', async () => {
    await toTheFirst();
    await expect.poll(() => text('.no-signal h2')).toEqual(['Nothing had been asked by then']);
    await expect.poll(() => window.rows().count()).toBe(0);
    await expect.poll(() => window.ledger()).toEqual({ captured: 0, shown: 0, filtered: 0, trimmed: 0 });
    await expect.poll(() => unreadable(window.page)).toEqual([]);
    await button('Show the newest').click();
    await expect.poll(() => window.rows().count()).toBe(1);
    await expect.poll(() => window.page.getByTestId('run-past').count()).toBe(0);
    await expect.poll(() => text('.no-signal')).toEqual([]);
  });

  it('shows the request as soon as the arrow key comes to it', async () => {
    await toTheFirst();
    await expect.poll(() => text('.no-signal h2')).toEqual(['Nothing had been asked by then']);
    const stepped = async () => {
      await window.page.getByTestId('playhead-track').press('ArrowRight');
      return window.rows().count();
    };
    await expect.poll(stepped).toBe(1);
    await expect.poll(() => text('.no-signal')).toEqual([]);
  });

  it('is said in the timeline and the heat map as well', async () => {
    await toTheFirst();
    await window.tab('Timeline');
    await expect.poll(() => text('.lanes-empty')).toEqual(['Nothing had been asked by then']);
    await expect.poll(() => window.page.getByTestId('timeline-lane').count()).toBe(0);
    await window.tab('Heat map');
    await expect.poll(() => text('.heat-note')).toEqual(['[Nothing had been asked for by then]']);
    await button('Missing').click();
    await expect.poll(() => text('.heat-none')).toEqual(['Nothing that was asked for is missing']);
    await window.tab('Concurrency');
    await window.page.getByTestId('graphs').waitFor();
    await expect.poll(() => text('[data-figure=requests] b')).toEqual(['0']);
    await button('Back to live').click();
    await window.tab('Timeline');
    await expect.poll(fitted).toBe(1);
    await expect.poll(() => text('.lanes-empty')).toEqual([]);
  });

  it('is told of a stretch of time in which no connection was open', async () => {
    await window.tab('Timeline');
    await window.page.getByTestId('timeline').waitFor();
    const fittedByKey = async () => {
      await window.page.locator('.lanes').press('f');
      return window.page.getByTestId('timeline-lane').count();
    };
    await expect.poll(fittedByKey).toBe(1);
    const division = window.page.getByTestId('division');
    // Nearer and nearer to what lies before the first event.
    const nearer = async () => {
      for (const key of ['+', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await window.page.keyboard.press(key);
      return division.innerText();
    };
    // As many steps as it takes, however long each of them does.
    for (let step = 0; step < 100; step++) if (/µs\/div$/.test(await nearer())) break;
    await expect.poll(() => division.innerText()).toMatch(/µs\/div$/);
    const earlier = async () => {
      await window.page.keyboard.press('ArrowLeft');
      return text('.lanes-empty');
    };
    await expect.poll(earlier).toEqual(['No connection was open in this time: Fit shows everything']);
    // µs are counted from a whole millisecond, and the axis says from which.
    await expect
      .poll(() => window.page.locator('.ruler button').innerText())
      .toMatch(/^\d\d:\d\d:\d\d\.\d{3} \+ t, in µs$/);
    await expect.poll(() => unreadable(window.page)).toEqual([]);
    await expect.poll(fitted).toBe(1);
    await expect.poll(() => text('.lanes-empty')).toEqual([]);
  });
});
