/** The graphs of what runs at once, and the lanes of who serves, as a person reads and uses them. */
import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { Window } from './window.ts';

const HOST = 'Host: localhost\r\n';
let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;

describe.skipIf(!BROWSER)('concurrency', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    folder = makeFolder({ 'site/a.txt': 'twelve bytes' });
    window = await Window.open(browser, [`${folder.path}/site`, '--workers', '2']);
  });
  afterEach(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    folder.remove();
    expect(complaints).toEqual([]);
  });

  /** So many requests, one after the other on one connection. */
  async function ask(count: number): Promise<void> {
    const client = await RawClient.open(window.port);
    for (let i = 0; i < count; i++) {
      await client.send(`GET /a.txt HTTP/1.1\r\n${HOST}\r\n`);
      await client.response();
    }
    client.close();
  }
  const button = (name: string) => window.page.getByRole('button', { name, exact: true });
  const figure = (id: string) => window.page.locator(`[data-figure="${id}"] b`);
  const graphs = (): Locator => window.page.getByTestId('graphs');
  const readout = () => window.page.locator('.graph-at').innerText();
  const workers = () =>
    window.page
      .getByTestId('worker')
      .evaluateAll((rows) =>
        rows.map((row) => [row.querySelector('th')?.textContent, (row as HTMLElement).dataset['state']]),
      );
  /** With so many answers in sight: what is fitted before the last has come to the page leaves it out. */
  async function show(answered: number): Promise<void> {
    await window.tab('Concurrency');
    await graphs().waitFor();
    const fitted = async () => {
      await button('Fit').click();
      return figure('answered').innerText();
    };
    await expect.poll(fitted).toBe(String(answered));
  }

  it('says exactly what the window comes to', async () => {
    await ask(5);
    await ask(1);
    await show(6);
    await expect.poll(() => figure('requests').innerText()).toBe('6');
    await expect.poll(() => figure('kept').innerText()).toBe('67 %');
    await expect.poll(() => figure('per-connection').innerText()).toBe('3.0');
    for (const percent of ['p50', 'p95', 'p99']) {
      await expect.poll(() => figure(percent).innerText()).toMatch(/^[\d.]+ (?:µs|ms|s)$/);
    }
  });

  it('has a cursor that keys move, which is read out with the values there', async () => {
    await ask(3);
    await show(3);
    const said = () => window.page.locator('.graphs-area > [role=status]').innerText();
    await window.page.getByRole('application', { name: 'Graphs' }).focus();
    // Nothing is known of the bins after the newest event: further back there is.
    const stepped = async () => {
      await window.page.keyboard.press('ArrowLeft');
      return said();
    };
    await expect
      .poll(stepped)
      .toMatch(/^\d\d:\d\d:\d\d\.(?:\d{3}){1,2}: Open connections \d+ , In flight \d+ /);
    await expect.poll(readout).toMatch(/^at \d\d:\d\d:\d\d\.(?:\d{3}){1,2}$/);
    // At one of the two ends a key that leads further out moves nothing.
    const moves = async () => {
      await window.page.keyboard.press('PageUp');
      const back = await said();
      await window.page.keyboard.press('PageDown');
      return back !== (await said());
    };
    await expect.poll(moves).toBe(true);
    await window.page.keyboard.press('a');
    await expect.poll(readout).toMatch(/^A .*Δ 0 µs at/);
  });

  it('tells bins apart that lie within a millisecond', async () => {
    await ask(3);
    await show(3);
    const { x, y, width } = (await graphs().boundingBox())!;
    await window.page.mouse.move(x + width / 2, y + 60);
    const division = () => window.page.locator('.concurrency .division').innerText();
    const zoomed = async () => {
      await window.page.mouse.wheel(0, -800);
      return division();
    };
    await expect.poll(zoomed).toMatch(/µs\/div$/);
    await window.page.getByRole('application', { name: 'Graphs' }).focus();
    const at = async (key: string) => {
      await window.page.keyboard.press(key);
      return readout();
    };
    await expect.poll(() => at('PageUp')).toMatch(/^at \d\d:\d\d:\d\d\.\d{6}$/);
    await steady(readout);
    const one = await readout();
    await window.page.keyboard.press('ArrowRight');
    await expect.poll(readout).not.toBe(one);
    expect(await readout()).toMatch(/^at \d\d:\d\d:\d\d\.\d{6}$/);
    // Until a moment later something newer is out of sight again.
    const fitted = async () => {
      await button('Fit').click();
      return readout();
    };
    await expect.poll(fitted).toMatch(/^newest \d\d:\d\d:\d\d\.\d{3,6}$/);
    // With the newest event out of sight, what is read out is not of that moment.
    await window.page.getByRole('application', { name: 'Graphs' }).focus();
    await expect.poll(() => at('+')).toMatch(/^at \d\d:\d\d:\d\d\.\d{3,6}$/);
  });

  it('filters the list to a span that is dragged over, and by keys back to all', async () => {
    await ask(2);
    await show(2);
    // What ends the connection may come after the answers: anew until all of it is in sight.
    const dragged = async () => {
      await button('Fit').click();
      const { x, y, width } = (await graphs().boundingBox())!;
      await window.page.keyboard.down('Shift');
      await window.page.mouse.move(x + width - 6, y + 60);
      await window.page.mouse.down();
      await window.page.mouse.move(x + width - 2, y + 60, { steps: 2 });
      await window.page.mouse.up();
      await window.page.keyboard.up('Shift');
      await window.page.getByTestId('time-chip').waitFor();
      await steady(async () => JSON.stringify(await window.ledger()));
      return window.ledger();
    };
    await expect.poll(dragged).toMatchObject({ captured: 2, shown: 0, filtered: 2 });
    await window.page.getByRole('application', { name: 'Graphs' }).focus();
    await window.page.keyboard.press('s');
    await expect.poll(() => window.ledger()).toMatchObject({ shown: 2, filtered: 0 });
    await window.page.keyboard.press('s');
    await window.page.getByTestId('time-chip').waitFor();
    await expect.poll(() => window.ledger()).toMatchObject({ shown: 2, filtered: 0 });
  });

  it('zooms by the wheel, and shows the same time as the timeline', async () => {
    await ask(2);
    await show(2);
    const division = () => window.page.locator('.concurrency .division').innerText();
    await steady(division);
    const before = await division();
    const { x, y, width } = (await graphs().boundingBox())!;
    await window.page.mouse.move(x + width / 2, y + 60);
    for (let i = 0; i < 8; i++) await window.page.mouse.wheel(0, -200);
    await expect.poll(division).not.toBe(before);
    // Not what one of the eight came to.
    await steady(division, 500);
    const zoomed = await division();
    await window.tab('Timeline');
    await window.page.getByTestId('timeline').waitFor();
    await window.tab('Concurrency');
    await expect.poll(division).toBe(zoomed);
  });

  it('switches the model, shows who serves from then on, and leads to the requests of each', async () => {
    await ask(1);
    await show(1);
    await expect.poll(workers).toEqual([[expect.stringMatching(/^main \d+$/), 'serving']]);
    await button('prefork').click();
    await window.page.getByRole('button', { name: 'prefork', exact: true, pressed: true }).waitFor();
    await ask(3);
    const fitted = async () => {
      await button('Fit').click();
      return workers();
    };
    const process = [expect.stringMatching(/^process \d+$/), 'serving'];
    await expect.poll(fitted).toEqual([[expect.stringMatching(/^main \d+$/), 'serving'], process, process]);
    await button('event-loop').click();
    await expect
      .poll(async () => (await fitted()).map(([, state]) => state))
      .toEqual(['serving', 'ended', 'ended']);
    const served = window.page
      .getByTestId('worker')
      .filter({ has: window.page.locator('td', { hasText: /^3$/ }) });
    // What is fitted before the last answer has come leaves it out.
    const whole = async () => {
      await button('Fit').click();
      return served.count();
    };
    await expect.poll(whole).toBe(1);
    const name = (await served.locator('th').innerText()).trim();
    await served.getByRole('button').click();
    await expect.poll(() => window.rows().count()).toBe(3);
    expect(name).toMatch(/^process \d+$/);
  });

  it('draws all that a small window scrolls to', async () => {
    await ask(1);
    await show(1);
    await button('prefork').click();
    const fitted = async () => {
      await button('Fit').click();
      return (await workers()).length;
    };
    await expect.poll(fitted).toBe(3);
    await window.page.setViewportSize({ width: 720, height: 200 });
    for (const plot of ['.graphs-plot', '.workers-plot']) {
      const heights = () =>
        window.page.locator(plot).evaluate((element) => {
          const canvas = element.querySelector('canvas')!;
          const { height: scrolled } = element.parentElement!.getBoundingClientRect();
          return { cut: canvas.clientHeight - element.clientHeight, scrolls: canvas.clientHeight > scrolled };
        });
      await expect.poll(heights).toEqual({ cut: 0, scrolls: true });
    }
  });

  it('tells all of it in tables, and has nothing serious for axe', async () => {
    await ask(4);
    await show(4);
    const table = window.page.getByTestId('spoken-graphs');
    await expect.poll(() => table.locator('tbody tr').count()).toBe(10);
    await expect.poll(() => table.innerText()).toMatch(/Latency, p99/);
    await window.page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
    const serious = await window.page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run('.concurrency');
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(serious).toEqual([]);
  });
});
