/** Windows that cannot keep up, and what they know once they can again. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { pipelined } from '../support/pipelined.ts';
import { Window } from './window.ts';

/** More than a window is sent before it gives credit back, by far. */
const MANY = 12_000;

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('a window that falls behind', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = makeFolder({ 'site/a.txt': 'a' });
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    await window?.close();
    folder.remove();
  });

  const session = (): Promise<CDPSession> => window.page.context().newCDPSession(window.page);
  const all = (count: number) => ({ captured: count, shown: count, filtered: 0, trimmed: 0 });
  const knows = (count: number) =>
    expect.poll(() => window.ledger(), { timeout: 30_000 }).toEqual(all(count));

  it('because its processor is slow, has missed nothing', async () => {
    const cdp = await session();
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    await pipelined(window.port, '/a.txt', MANY);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await knows(MANY);
    // The list may still be growing: then its end is gone to again.
    const atEnd = async () => {
      await window.page.locator('[data-list]').press('End');
      return window.page.locator(`[data-testid=row][data-id="${MANY}"]`).count();
    };
    await expect.poll(atEnd).toBe(1);
  });

  it('because it is frozen in the background, has missed nothing', async () => {
    const cdp = await session();
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    await pipelined(window.port, '/a.txt', MANY);
    await cdp.send('Page.setWebLifecycleState', { state: 'active' });
    await knows(MANY);
  });

  it('because its process was killed, is shown all when it is loaded again; the server did not notice', async () => {
    await pipelined(window.port, '/a.txt', 10);
    await knows(10);
    const crashed = new Promise((resolve) => window.page.once('crash', resolve));
    await window.page.goto('chrome://crash').catch(() => {});
    await crashed;
    expect(await pipelined(window.port, '/a.txt', MANY)).toBe(MANY);
    const again: Page = await window.page.context().newPage();
    await again.goto(window.address);
    await expect
      .poll(() => again.getByTestId('status-captured').innerText(), { timeout: 30_000 })
      .toMatch(/12\D?010/);
  });
});
