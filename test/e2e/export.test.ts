/** Writing for other programs, and opening what they wrote, in the window of the browser host. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { ANSWERED, ASKED, handshaken, pcap } from '../support/packets.ts';
import { seriousWithin } from './serious.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('export', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    folder = makeFolder({ 'site/a.txt': 'A' });
    window = await Window.open(browser, [`${folder.path}/site`]);
    for (let i = 0; i < 3; i++) {
      await (await fetch(`${window.url}a.txt?${i}`, { headers: { Cookie: 'sid=secret' } })).text();
    }
    await (await fetch(`${window.url}missing`)).text();
    await window.row('/missing').waitFor();
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  const dialog = () => window.page.getByRole('dialog', { name: 'Export' });

  /** Writes by the dialog as it stands; resolves to the path of the file. */
  async function download(ending: string): Promise<string> {
    const coming = window.page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Export' }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    const path = `${folder.path}/saved.${ending}`;
    await download.saveAs(path);
    await dialog().waitFor({ state: 'detached' });
    return path;
  }

  async function add(path: string): Promise<void> {
    await window.page.getByRole('button', { name: 'Add a folder' }).click();
    await window.page.locator('input[name=path]').fill(path);
    await window.page.keyboard.press('Enter');
    await window.page.getByTestId('capture-strip').waitFor();
  }

  const targetsOf = (path: string) =>
    JSON.parse(readFileSync(path, 'utf8')).log.entries.map(({ request }: { request: { url: string } }) =>
      new URL(request.url).href.slice(window.url.length - 1),
    );

  it('writes a HAR without secrets, which opens again and says that it is rebuilt', async () => {
    await window.page.getByRole('button', { name: 'Export' }).click();
    for (const theme of ['dark', 'light', 'contrast']) {
      expect(await seriousWithin(window.page, '.export', theme)).toEqual([]);
    }
    await expect.poll(() => dialog().getByRole('checkbox').isChecked()).toBe(true);
    const path = await download('har');
    expect(targetsOf(path)).toEqual(['/a.txt?0', '/a.txt?1', '/a.txt?2', '/missing']);
    expect(readFileSync(path, 'utf8')).not.toContain('secret');
    await add(path);
    await expect.poll(() => window.rows().count()).toBe(4);
    await window.row('/a.txt?1').click();
    await window.tab('Bytes');
    await window.page
      .getByText('Rebuilt from a HAR file: these are not the bytes that went over the wire')
      .first()
      .waitFor();
    const bytes = window.page.getByTestId('hex-byte');
    await expect
      .poll(async () => Buffer.from((await bytes.allInnerTexts()).join(''), 'hex').toString())
      .toMatch(/^GET \/a\.txt\?1 HTTP\/1\.1\r\n/);
    for (const theme of ['dark', 'light', 'contrast']) {
      expect(await seriousWithin(window.page, '.rebuilt-note', theme)).toEqual([]);
    }
  });

  it('writes what the filter shows, and what is chosen', async () => {
    await window.page.locator('input[data-filter]').fill('status:404');
    await expect.poll(() => window.rows().count()).toBe(1);
    await window.page.keyboard.press('Control+Shift+E');
    await expect.poll(() => dialog().getByRole('radio', { name: 'Shown' }).isChecked()).toBe(true);
    expect(targetsOf(await download('har'))).toEqual(['/missing']);
    await window.page.locator('input[data-filter]').fill('');
    await window.row('/a.txt?0').click();
    await window.row('/a.txt?2').click({ modifiers: ['Control'] });
    await window.page.getByRole('button', { name: 'Export' }).click();
    await expect.poll(() => dialog().getByRole('radio', { name: 'Chosen' }).isChecked()).toBe(true);
    await dialog().getByRole('radio', { name: 'Access log' }).check();
    await dialog().getByRole('checkbox').check();
    const log = readFileSync(await download('log'), 'utf8');
    expect(log.split('\n').map((line) => /"GET (\S+)/.exec(line)?.[1])).toEqual([
      ...['/a.txt?0', '/a.txt?2', undefined],
    ]);
    expect(log).toMatch(/^- - - /);
  });

  it('writes the row whose menu is open', async () => {
    await window.row('/a.txt?1').click({ button: 'right' });
    await window.page.getByRole('menuitem', { name: 'Export' }).click();
    await expect.poll(() => dialog().getByRole('radio', { name: 'Chosen 1' }).isChecked()).toBe(true);
    expect(targetsOf(await download('har'))).toEqual(['/a.txt?1']);
    await window.page.keyboard.press('Control+Shift+E');
    await expect.poll(() => dialog().getByRole('radio', { name: 'All' }).isChecked()).toBe(true);
  });

  it('writes packets that open with the bytes that crossed', async () => {
    await window.page.getByRole('button', { name: 'Export' }).click();
    await dialog().getByRole('radio', { name: 'pcapng' }).check();
    await expect.poll(() => dialog().getByRole('checkbox').isChecked()).toBe(false);
    await add(await download('pcapng'));
    await expect.poll(() => window.rows().count()).toBe(4);
    await window.row('/a.txt?2').click();
    await window.tab('Bytes');
    const bytes = window.page.getByTestId('hex-byte');
    await expect
      .poll(async () => Buffer.from((await bytes.allInnerTexts()).join(''), 'hex').toString())
      .toContain('sid=secret');
    expect(await window.page.getByText('Rebuilt from a HAR').count()).toBe(0);
  });

  it('opens packets of other programs, and writes them again from there', async () => {
    const path = `${folder.path}/theirs.pcap`;
    writeFileSync(path, pcap(handshaken([{ in: ASKED }, { out: ANSWERED }])));
    await add(path);
    await window.row('/x').waitFor();
    await window.page.getByRole('button', { name: 'Export' }).click();
    await dialog().getByRole('heading', { name: 'Export theirs.pcap' }).waitFor();
    const har = JSON.parse(readFileSync(await download('har'), 'utf8'));
    expect(har.log.entries[0]).toMatchObject({
      request: { url: 'http://a/x' },
      response: { content: { text: 'hi' } },
    });
  });

  it('opens a capture that is dropped, though a browser tells no path', async () => {
    const bytes = [...pcap(handshaken([{ in: ASKED }, { out: ANSWERED }]))];
    const drop = (name: string, content: number[]) =>
      window.page.evaluate(
        ([file, data]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(data)], file));
          document.body.dispatchEvent(
            new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
          );
        },
        [name, content] as const,
      );
    await drop('dropped.pcap', bytes);
    await window.page.getByTestId('capture-strip').getByText('dropped.pcap').waitFor();
    await window.row('/x').waitFor();
    await drop('broken.har', [1, 2, 3]);
    await window.page.getByText('broken.har is neither a HAR file nor one of packets').waitFor();
  });

  it('says why a file cannot be opened', async () => {
    const path = `${folder.path}/none.har`;
    writeFileSync(path, '[]');
    await window.page.getByRole('button', { name: 'Add a folder' }).click();
    await window.page.locator('input[name=path]').fill(path);
    await window.page.keyboard.press('Enter');
    await window.page.getByText('none.har is JSON, but no HAR file: it has no log with entries').waitFor();
  });
});
