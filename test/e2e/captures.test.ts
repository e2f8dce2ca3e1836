/** Saving, opening and keeping captures in the window of the browser host. */
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('captures in the window', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = makeFolder({ 'site/a.txt': 'A', 'site/big.bin': Buffer.alloc(3_000_000, 'wirescope ') });
    window = await Window.open(browser, [`${folder.path}/site`, '--memory', '16', '--disk', '64']);
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  async function saved(): Promise<string> {
    const download = window.page.waitForEvent('download');
    await window.page.getByTitle('Save what is held as a file').click();
    const path = `${folder.path}/saved.wirescope`;
    await (await download).saveAs(path);
    return path;
  }

  async function add(path: string): Promise<void> {
    await window.page.getByRole('button', { name: 'Add a folder' }).click();
    await window.page.locator('input[name=path]').fill(path);
    await window.page.keyboard.press('Enter');
  }

  it('are saved, opened beside the servers, shown with their bytes, and removed', async () => {
    for (let i = 0; i < 3; i++) await (await fetch(`${window.url}a.txt?${i}`)).text();
    await window.row('/a.txt?2').waitFor();
    const path = await saved();
    await (await fetch(`${window.url}a.txt?later`)).text();
    await window.row('/a.txt?later').waitFor();
    await add(path);
    const strip = window.page.getByTestId('capture-strip');
    await strip.waitFor();
    await expect.poll(() => window.rows().count()).toBe(3);
    await expect.poll(() => window.ledger()).toMatchObject({ captured: 3, shown: 3, trimmed: 0 });
    await window.row('/a.txt?1').click();
    await window.tab('Bytes');
    const bytes = window.page.getByTestId('hex-byte');
    await expect
      .poll(async () => Buffer.from((await bytes.allInnerTexts()).join(''), 'hex').toString())
      .toMatch(/^GET \/a\.txt\?1 HTTP/);
    await window.page.keyboard.press('Escape');
    await strip.getByRole('button', { name: 'Back to live' }).click();
    await window.row('/a.txt?later').waitFor();
    const row = window.page.getByTestId('capture-row');
    await row.getByTitle('Remove from the list').click();
    await row.waitFor({ state: 'detached' });
  });

  it('that cannot be opened say why', async () => {
    writeFileSync(`${folder.path}/x.wirescope`, 'no capture');
    await add(`${folder.path}/x.wirescope`);
    await window.page.getByText('x.wirescope is not a Wirescope capture').waitFor();
  });

  it('of the command line are shown at once', async () => {
    for (let i = 0; i < 3; i++) await (await fetch(`${window.url}a.txt?${i}`)).text();
    await window.row('/a.txt?2').waitFor();
    const program = new Program([await saved(), '--ui-port', '0', '--no-open']);
    const page = await window.page.context().newPage();
    await page.goto(await program.find(/^window\s+(\S+)$/m));
    await expect.poll(() => page.getByTestId('row').count()).toBe(3);
    await page.getByTestId('capture-strip').waitFor();
    await page.close();
    await program.stop();
  });

  it('what memory has no room for is on disk: the oldest bytes still come, and both budgets are set', async () => {
    const kept = window.page.getByTestId('status-kept');
    for (let i = 0; i < 12; i++) {
      await (await fetch(`${window.url}big.bin?${i}`)).arrayBuffer();
      // No faster than the disk, or what it cannot take is trimmed: more than memory is let fill up with is there first.
      const least = Math.floor(((i + 1) * 3_000_000) / 2 ** 20) - 10;
      const onDisk = async () => Number(/(\d+)\/64 MiB/.exec(await kept.innerText())?.[1]);
      await expect.poll(onDisk).toBeGreaterThanOrEqual(Math.max(0, least));
    }
    await expect.poll(() => kept.innerText()).toMatch(/16\/16 MiB\s*·\s*\d+\/64 MiB on disk/);
    expect((await window.ledger()).trimmed).toBe(0);
    // A viewer that comes late reads it all from disk.
    const late = await window.page.context().newPage();
    await late.goto(window.address);
    await expect.poll(() => late.getByTestId('row').count()).toBe(12);
    await late.getByTestId('row').first().click();
    await expect
      .poll(async () => (await late.getByTestId('hex-byte').allInnerTexts()).slice(0, 3).join(''))
      .toBe('474554');
    await late.close();
    await kept.click();
    await window.page.locator('input[name=memory]').fill('8');
    await window.page.locator('input[name=disk]').fill('0');
    await window.page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect.poll(() => kept.innerText()).toMatch(/8\/8 MiB\s*·\s*memory only/);
    await expect.poll(async () => (await window.ledger()).trimmed).toBeGreaterThan(0);
    const left = async () => {
      const ledger = await window.ledger();
      return ledger.captured - ledger.shown - ledger.filtered - ledger.trimmed;
    };
    await expect.poll(left).toBe(0);
  });
});
