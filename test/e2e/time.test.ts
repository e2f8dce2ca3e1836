/** Recorded time as a person goes through it: the playhead, the timeline's lanes and spans, the heat map. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('recorded time', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = makeFolder({
      'site/index.html': '<h1>page</h1>',
      'site/docs/guide.txt': 'x'.repeat(5000),
      'site/docs/unread.txt': 'x',
      'site/.env': 'KEY=1',
    });
    window = await Window.open(browser, [`${folder.path}/site`]);
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  /** One after the other on one connection, so that their order is known. */
  async function ask(...targets: readonly string[]): Promise<void> {
    const client = await RawClient.open(window.port);
    for (const target of targets) {
      await client.send(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await client.response();
    }
    client.close();
  }
  const shown = (count: number) => expect.poll(() => window.rows().count()).toBe(count);
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => window.page.keyboard.press(key)), Promise.resolve());
  const button = (name: string) => window.page.getByRole('button', { name, exact: true });

  async function seriousIn(selector: string): Promise<string[]> {
    await window.page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
    return window.page.evaluate(async (at) => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(at);
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    }, selector);
  }

  describe('the playhead', () => {
    const track = (): Locator => window.page.getByTestId('playhead-track');
    const past = (): Locator => window.page.getByTestId('run-past');
    const time = async () => Number(await track().getAttribute('aria-valuenow'));

    it('shows what was known at each event, marked as past, and comes back with all that was captured since', async () => {
      await ask('/', '/docs/guide.txt', '/gone');
      await shown(3);
      await press('p', 'Home');
      await past().waitFor();
      await shown(0);
      await expect.poll(() => window.ledger()).toMatchObject({ captured: 0 });
      const phases: string[] = [];
      let before = -1;
      for (let step = 0; step < 60 && (await past().count()) > 0; step++) {
        await press('ArrowRight');
        await expect.poll(async () => (await past().count()) === 0 || (await time()) > before).toBe(true);
        before = await time();
        const { captured } = await window.ledger();
        phases.push(String(captured));
      }
      expect([...new Set(phases)]).toEqual(['0', '1', '2', '3']);
      await press('Home');
      await shown(0);
      await ask('/', '/');
      expect(await window.rows().count()).toBe(0);
      await button('Back to live').click();
      await shown(5);
      await expect.poll(() => past().count()).toBe(0);
    });

    it('shows an answer that had not come as pending', async () => {
      const client = await RawClient.open(window.port);
      await client.send('GET /docs/guide.txt HT');
      await shown(1);
      await ask('/');
      await shown(2);
      await press('p', 'ArrowLeft');
      await past().waitFor();
      await client.send('TP/1.1\r\nHost: localhost\r\n\r\n');
      await client.response();
      client.close();
      const first = window.page.locator('[data-testid=row][data-id="1"]');
      await expect.poll(() => first.innerText()).not.toMatch(/guide|200/);
      await button('Back to live').click();
      await expect.poll(() => first.innerText()).toMatch(/guide\.txt[\s\S]*200/);
    });

    it('replays and ends where the recording ends; Space stops it', async () => {
      await ask('/');
      // A recording long enough that the replay goes on while a busy machine looks at it.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await ask('/docs/guide.txt');
      await shown(2);
      await press('p');
      await window.page.getByLabel('Speed').selectOption('0.01');
      await track().focus();
      await press('Space');
      await past().waitFor();
      await button('Stop the replay').waitFor();
      const first = await time();
      await expect.poll(time).toBeGreaterThan(first);
      await press('Space');
      await button('Replay').waitFor();
      await steady(time);
      const stood = await time();
      await window.page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      expect(await time()).toBe(stood);
      await window.page.getByLabel('Speed').selectOption('10');
      await button('Replay').click();
      await expect.poll(() => past().count()).toBe(0);
      await shown(2);
    });

    it('is dragged, goes through all views, and has nothing serious for axe', async () => {
      await ask('/', '/docs/guide.txt');
      await shown(2);
      await press('p');
      await steady(async () => JSON.stringify(await track().boundingBox()));
      const box = (await track().boundingBox())!;
      await window.page.mouse.move(box.x + 2, box.y + 8);
      await window.page.mouse.down();
      await past().waitFor();
      await shown(0);
      await window.page.mouse.up();
      for (const view of ['Timeline', 'Concurrency', 'Heat map']) {
        await window.tab(view);
        await window.page.getByTestId('playhead').waitFor();
      }
      expect(await seriousIn('[data-testid=playhead]')).toEqual([]);
      await press('p');
      await expect.poll(() => past().count()).toBe(0);
    });
  });

  describe('the timeline', () => {
    const plot = async () => {
      const box = () => window.page.getByTestId('timeline').boundingBox();
      await steady(async () => JSON.stringify(await box()));
      return (await box())!;
    };

    it('marks a span with Shift and a drag; the list shows only that, until the chip is taken away', async () => {
      await ask('/');
      await shown(1);
      await window.tab('Timeline');
      await window.page.getByTestId('timeline-lane').first().waitFor();
      await button('Fit').click();
      const { x, y, width } = await plot();
      await window.page.keyboard.down('Shift');
      await window.page.mouse.move(x + 2, y + 200);
      await window.page.mouse.down();
      await window.page.mouse.move(x + width * 0.1, y + 200, { steps: 3 });
      await window.page.mouse.up();
      await window.page.keyboard.up('Shift');
      await window.page.getByTestId('time-chip').waitFor();
      await expect.poll(window.ledger.bind(window)).toMatchObject({ shown: 0, filtered: 1 });
      await window.tab('Traffic');
      await window.page.getByTestId('time-chip').getByRole('button').click();
      await shown(1);
      await expect.poll(() => window.page.getByTestId('time-chip').count()).toBe(0);
    });

    it('puts the playhead where the pointer is', async () => {
      await ask('/');
      await shown(1);
      await window.tab('Timeline');
      await window.page.getByTestId('timeline-lane').first().waitFor();
      const { x, y, width } = await plot();
      await window.page.locator('.lanes').focus();
      await window.page.mouse.move(x + width * 0.5, y + 200);
      await expect
        .poll(() => window.page.getByTestId('readout').innerText())
        .toMatch(/\d\d:\d\d:\d\d\.\d{6}/);
      await press('h');
      await window.page.getByTestId('run-past').click();
      await expect.poll(() => window.page.getByTestId('playhead').count()).toBe(0);
    });

    it('shares its cursors with the graphs', async () => {
      await ask('/');
      await shown(1);
      await window.tab('Timeline');
      await window.page.getByTestId('timeline-lane').first().waitFor();
      const { x, y, width } = await plot();
      await window.page.mouse.click(x + width * 0.9, y + 200);
      const readout = window.page.getByTestId('readout');
      await expect.poll(() => readout.innerText()).toMatch(/A .*B .*Δ\s+0\.000 ms/s);
      await window.tab('Concurrency');
      await expect.poll(() => window.page.locator('.graph-at').innerText()).toMatch(/^A \d\d:\d\d/);
    });

    it('tells what it draws, and has nothing serious for axe', async () => {
      await ask('/docs/guide.txt', '/gone');
      await shown(2);
      await window.tab('Timeline');
      const table = window.page.getByTestId('spoken-exchanges');
      await expect.poll(() => table.locator('tbody tr').count()).toBe(2);
      await expect.poll(() => table.locator('tbody tr').nth(1).innerText()).toMatch(/\/gone\s+404/);
      expect(await seriousIn('.timeline')).toEqual([]);
    });
  });

  describe('the heat map', () => {
    const row = (path: string): Locator => window.page.locator(`[data-testid=heat-row][data-path="${path}"]`);
    const paths = () =>
      window.page
        .getByTestId('heat-row')
        .evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset['path']));

    beforeEach(async () => {
      await ask('/', '/docs/guide.txt?a', '/docs/guide.txt?b', '/gone');
      await shown(4);
      await window.tab('Heat map');
      await row('/docs/guide.txt').waitFor();
    });

    it('has the files, how often each was asked for, and what is not there', async () => {
      await expect
        .poll(paths)
        .toEqual(['/', '/docs/', '/docs/guide.txt', '/docs/unread.txt', '/gone', '/index.html']);
      await expect.poll(() => row('/docs/guide.txt').innerText()).toMatch(/guide\.txt\s+2\s+[\s\S]*200/);
      await expect.poll(() => row('/docs/unread.txt').innerText()).toContain('[never asked for]');
      await expect.poll(() => row('/gone').innerText()).toMatch(/\[not there\][\s\S]*404/);
      await expect.poll(() => row('/index.html').innerText()).toMatch(/index\.html\s+1\b/);
    });

    it('follows requests and files that come', async () => {
      writeFileSync(join(folder.path, 'site/new.txt'), 'x');
      await ask('/new.txt', '/docs/guide.txt');
      await expect.poll(() => row('/docs/guide.txt').innerText()).toMatch(/guide\.txt\s+3\s/);
      await expect.poll(() => row('/new.txt').innerText()).not.toContain('no file');
      await expect.poll(() => row('/new.txt').innerText()).toMatch(/1 ?B/);
    });

    it('is gone through by keys, folds, and leads to the requests', async () => {
      await window.page.getByRole('treegrid').focus();
      await press('ArrowDown', 'ArrowLeft');
      await expect.poll(paths).toEqual(['/', '/docs/', '/gone', '/index.html']);
      await expect.poll(() => row('/docs/').getAttribute('aria-expanded')).toBe('false');
      await press('ArrowRight');
      await expect.poll(() => row('/docs/guide.txt').count()).toBe(1);
      await press('ArrowRight', 'Enter');
      await shown(2);
      await expect.poll(() => window.row('/docs/guide.txt?a').count()).toBe(1);
    });

    it('has a menu for each file, by pointer and by key', async () => {
      const item = (name: string) => window.page.getByRole('menuitem', { name });
      await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
      await row('/docs/guide.txt').click({ button: 'right' });
      await item('Copy where it lies on the disk').click();
      await expect.poll(copied).toBe(join(folder.path, 'site/docs/guide.txt'));
      await window.page.getByRole('treegrid').focus();
      await press('ArrowDown');
      await expect.poll(() => row('/docs/unread.txt').getAttribute('aria-selected')).toBe('true');
      const opened = async () => {
        if ((await item('Copy the path').count()) === 0) await press('Shift+F10');
        return item('Copy the path').count();
      };
      await expect.poll(opened).toBe(1);
      await item('Copy the path').click();
      await expect.poll(copied).toBe('/docs/unread.txt');
      await row('/gone').click({ button: 'right' });
      await item('Its requests in the list').waitFor();
      expect(await item('Copy where it lies on the disk').count()).toBe(0);
      await item('Its requests in the list').click();
      await shown(1);
    });

    it('shows only a kind, sorted, and has nothing serious for axe', async () => {
      await button('Missing').click();
      await expect.poll(paths).toEqual(['/', '/gone']);
      await button('Asked for').click();
      await window.page.getByRole('button', { name: 'Requests' }).click();
      await expect.poll(paths).toEqual(['/', '/docs/', '/docs/guide.txt', '/gone', '/index.html']);
      expect(await seriousIn('.heat')).toEqual([]);
    });
  });
});
