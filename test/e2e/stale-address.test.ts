/** The command ends and is started again while its page is open: the page is of another day, and says so. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';
import { Window } from './window.ts';

describe.skipIf(!BROWSER)('a page whose command was started again', () => {
  let browser: Browser;
  const folder = makeFolder({ 'index.html': 'home' });

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    folder.remove();
  });

  it('tries again while nobody answers, and then says which address is good', async () => {
    const window = await Window.open(browser, [folder.path]);
    await fetch(`${window.url}?before`);
    await window.row('/?before').waitFor();
    await window.program.stop();
    await window.page.getByText('Trying again.').waitFor();
    const { port } = new URL(window.address);
    const again = new Program([folder.path, '--port', '0', '--ui-port', port, '--no-open']);
    try {
      const address = await again.find(/^window\s+(\S+)$/m);
      const banner = window.page
        .getByRole('alert')
        .filter({ hasText: 'Open the address that the command printed' });
      await banner.waitFor();
      await expect.poll(() => banner.innerText()).not.toContain('Trying again');
      // What was there can still be read, and the right address works beside it.
      await window.row('/?before').waitFor();
      await window.page.goto(address);
      await banner.waitFor({ state: 'detached' });
      await window.serverRow().waitFor();
      await fetch(`${await again.find(/^listening (\S+)$/m)}?after`);
      await window.row('/?after').waitFor();
    } finally {
      await again.stop();
      await window.page.context().close();
    }
  });

  it('or that was opened without a token says where to get one', async () => {
    const window = await Window.open(browser, [folder.path]);
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL('/', window.address).href);
    await page.getByText('Open the address that the command printed').waitFor();
    await page.context().close();
    await window.close();
  });
});
