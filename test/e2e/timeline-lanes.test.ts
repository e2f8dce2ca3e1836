/** The lanes of the timeline: what is drawn of a real connection, and the same by keys and in words. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { steady } from '../support/steady.ts';
import { along as alongIn, said as saidIn, showLanes, toItsStart } from './lane-steps.ts';
import { unreadable } from './text-boxes.ts';
import { Window } from './window.ts';

let browser: Browser;
let folder: ReturnType<typeof makeFolder>;
let window: Window;
const open: RawClient[] = [];

const PHASES = ['--client-fill', '--server-fill', '--ph-work', '--ph-drain', '--meta'];

/** More than the sockets between two programs hold. */
const LARGE = 24 * 2 ** 20;

// Steps are many, and on a busy machine each takes its time.
describe.skipIf(!BROWSER)('lanes', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder({
      'site/index.html': '<!doctype html><title>Site</title><link rel="stylesheet" href="app.css">',
      'site/app.css': 'a{}',
      'site/guide.txt': 'x'.repeat(50_000),
      'site/large.bin': new Uint8Array(LARGE),
    });
  });
  afterAll(async () => {
    await browser?.close();
    folder?.remove();
  });
  afterEach(async () => {
    for (const client of open.splice(0)) client.close();
    const complaints = window?.complaints ?? [];
    await window?.close();
    expect(complaints).toEqual([]);
  });

  const start = async (...args: readonly string[]) => {
    window = await Window.open(browser, [`${folder.path}/site`, ...args], {
      WIRESCOPE_HOME: `${folder.path}/home`,
    });
  };
  const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  async function client(): Promise<RawClient> {
    const made = await RawClient.open(window.port);
    open.push(made);
    return made;
  }
  const press = (key: string) => window.page.keyboard.press(key);
  /** Held down until it has come so many times: one by one takes a busy machine most of a minute. */
  const pressed = async (key: string, times: number) => {
    await Promise.all(Array.from({ length: times }, () => window.page.keyboard.down(key)));
    await window.page.keyboard.up(key);
  };
  const said = () => saidIn(window);
  const show = () => showLanes(window);
  const along = async () => (await alongIn(window)).map(({ words }) => words);

  /** The colours on the cursor's place of the canvas, as tokens of the sheet, from the top of a lane down. */
  function painted(lane: number, tokens = PHASES): Promise<string[]> {
    const look = ([index, wanted]: readonly [number, readonly string[]]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=timeline] canvas')!;
      const context = canvas.getContext('2d')!;
      const { y, height } = document
        .querySelectorAll('[data-testid=timeline-lane]')
        [index]!.getBoundingClientRect();
      const top = y - canvas.getBoundingClientRect().y;
      const style = getComputedStyle(document.documentElement);
      const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
      const bytes = (token: string) => {
        probe.fillStyle = style.getPropertyValue(token);
        probe.fillRect(0, 0, 1, 1);
        return probe.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
      };
      const names = new Map(wanted.map((token) => [bytes(token), token]));
      const { data } = context.getImageData(0, top, canvas.width, height);
      const seen = new Set<string>();
      for (let i = 0; i < data.length; i += 4) {
        const name = names.get(data.slice(i, i + 3).join());
        if (name !== undefined) seen.add(name);
      }
      return [...seen].sort();
    };
    return window.page.evaluate(look, [lane, tokens] as const);
  }

  it('tells a connection from accept to FIN, step by step, and draws it', async () => {
    await start();
    const one = await client();
    await one.send('GET /guide.txt HT');
    await window.rows().first().waitFor();
    await one.send('TP/1.1\r\nHost: localhost\r\n\r\n');
    await one.response();
    await one.send(get('/gone'));
    await one.response();
    one.close();
    await expect.poll(() => window.page.getByTestId('status-sockets').innerText()).toBe('0');
    await show();
    await press('ArrowDown');
    await expect.poll(said).toMatch(/^c1, this computer port \d+, FIN, 2 exchanges$/);
    await press('A');
    const steps = await along();
    await expect.poll(() => window.page.getByTestId('readout').innerText()).toMatch(/c1 .*nothing after it$/);
    expect(steps[0]).toBe('accepted');
    expect(steps.filter((step) => step.startsWith('read'))).toEqual(['read 17 B', 'read 27 B', 'read 39 B']);
    const told = steps.join('\n');
    expect(told).toMatch(/head read: GET \/guide\.txt[\s\S]*File found[\s\S]*response 200 begins/);
    expect(told).toMatch(/write [\d\u2009]+ B[\s\S]*response sent[\s\S]*head read: GET \/gone/);
    expect(told).toMatch(/Decided: [^\n]*404[\s\S]*response 404 begins[\s\S]*response sent/);
    expect(steps.at(-1)).toMatch(/^FIN/);
    // As near as it takes for each phase to be wider than a pixel.
    while (!(await said()).endsWith('response sent')) {
      const before = await said();
      await press('Shift+ArrowLeft');
      await expect.poll(said).not.toBe(before);
    }
    await press('Enter');
    await window.page.getByTestId('detail').waitFor();
    await press('z');
    await expect.poll(() => painted(0)).toEqual(['--client-fill', '--ph-work', '--server-fill']);
  });

  it('goes from lane to lane, opens the request there, and steps back', async () => {
    // They are open as long as this takes.
    await start('--limit', 'idle=120');
    for (const target of ['/guide.txt', '/gone']) {
      const each = await client();
      await each.send(get(target));
      await each.response();
    }
    await expect.poll(() => window.row('/gone').innerText()).toContain('404');
    await show();
    await press('ArrowDown');
    await press('ArrowDown');
    await expect.poll(said).toMatch(/^c2, .*open, 1 exchange$/);
    await press('ArrowDown');
    await expect.poll(said).toMatch(/^c2/);
    await press('End');
    await press('Shift+ArrowLeft');
    await expect.poll(said).toMatch(/response sent$/);
    await press('Shift+ArrowLeft');
    await expect.poll(said).toMatch(/write [\d\u2009]+ B$/);
    await expect.poll(() => window.page.getByTestId('readout').innerText()).toMatch(/c2\s+write/);
    await press('Enter');
    await expect.poll(() => window.page.getByTestId('detail').innerText()).toMatch(/\/gone/);
  });

  it('shows waits for a slow reader, and RST', async () => {
    await start();
    const slow = await client();
    slow.socket.pause();
    await slow.send(get('/large.bin'));
    await show();
    // The wait may begin behind the right edge.
    const fitted = async () => {
      await press('f');
      return painted(0);
    };
    await expect.poll(fitted).toContain('--ph-drain');
    slow.reset();
    await expect.poll(() => window.page.getByTestId('timeline-lane').first().innerText()).toMatch(/RST/);
    await press('ArrowDown');
    await press('End');
    await press('Shift+ArrowLeft');
    await expect.poll(said).toMatch(/: RST/);
    const back: string[] = [];
    while (!back.at(-1)?.includes('Waits for the socket')) {
      const before = await said();
      await press('Shift+ArrowLeft');
      await expect.poll(said).not.toBe(before);
      back.push(await said());
    }
    expect(back.join('\n')).toMatch(/broken off/);
  });

  it('shows idle time between two requests, and that it was not waited for longer', async () => {
    // Longer than a busy machine takes from a connection to its request.
    await start('--limit', 'idle=4', '--limit', 'head=4');
    const half = await client();
    await half.send('GET /half');
    const idle = await client();
    await idle.send(get('/guide.txt'));
    await idle.response();
    const gutter = (lane: number) => window.page.getByTestId('timeline-lane').nth(lane).innerText();
    await show();
    for (const lane of [0, 1]) await expect.poll(() => gutter(lane)).toMatch(/timeout/);
    const fitted = async () => {
      await press('f');
      return painted(1, ['--ph-idle']);
    };
    await expect.poll(fitted).toEqual(['--ph-idle']);
    await press('ArrowDown');
    const told = await along();
    expect(told.join('\n')).toMatch(/The head deadline passed/);
    expect(told.at(-1)).toMatch(/^head timeout/);
    await press('ArrowDown');
    await press('End');
    await press('Shift+ArrowLeft');
    await expect.poll(said).toMatch(/: idle timeout/);
  });

  it('shows the TLS handshake, and a head that never came', async () => {
    await start('--https');
    const socket = connect({ port: window.port, host: 'localhost', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.write('GET /half');
    await window.rows().first().waitFor();
    await show();
    await press('ArrowDown');
    const steps = await along();
    expect(steps[0]).toBe('accepted');
    expect(steps[1]).toMatch(/^TLS handshake done, TLSv1\.3, [\d.]+ (µs|ms)$/);
    expect(steps[2]).toBe('read 9 B');
    await expect.poll(() => painted(0)).toContain('--meta');
    socket.destroy();
  });

  it('shows that a file was saved, and what the browser asked for then', async () => {
    await start('--live');
    const page = await window.page.context().newPage();
    await page.goto(window.url);
    await window
      .row('/.wirescope/live')
      .or(window.rows().filter({ hasText: '.wirescope' }))
      .nth(1)
      .waitFor();
    writeFileSync(`${folder.path}/site/app.css`, 'b{}');
    await expect
      .poll(() =>
        window
          .row('/app.css')
          .or(window.rows().filter({ hasText: 'app.css?' }))
          .count(),
      )
      .toBe(2);
    await window.page.bringToFront();
    await show();
    const told: string[] = [];
    const NOTED = /Noted: The page is told that \/?app\.css changed/;
    for (let lane = 0; lane < (await window.page.getByTestId('timeline-lane').count()); lane++) {
      if (NOTED.test(told.join('\n'))) break;
      await press('ArrowDown');
      await toItsStart(window);
      told.push(...(await along()));
    }
    expect(told.join('\n')).toMatch(NOTED);
  });

  describe('the view', () => {
    beforeEach(async () => {
      await start();
      const one = await client();
      await one.send(get('/guide.txt'));
      await one.response();
      await window.rows().first().waitFor();
      await show();
    });
    const division = () => window.page.getByTestId('division').innerText();
    const ruler = () => window.page.locator('.ruler button').innerText();

    it('is found again as it was left', async () => {
      for (let i = 0; i < 12; i++) await press('+');
      await steady(division);
      const before = await division();
      await window.tab('Traffic');
      await window.tab('Timeline');
      await expect.poll(division).toBe(before);
    });

    it('is steered from the palette as well', async () => {
      await pressed('+', 60);
      await expect.poll(division).toBe('1 µs/div');
      await press('Control+k');
      await window.page.getByRole('combobox', { name: 'Action' }).fill('fit everything');
      await window.page
        .getByRole('option', { name: /fit everything/i })
        .first()
        .waitFor();
      await press('Enter');
      await expect.poll(division).toMatch(/ m?s\/div$/);
    });

    it('goes from hours to microseconds', async () => {
      await pressed('+', 60);
      await expect.poll(division).toBe('1 µs/div');
      await pressed('-', 90);
      await expect.poll(division).toMatch(/ d\/div$/);
    });

    it('zooms by a pinch of two fingers and of a touchpad', async () => {
      const { x, y, width } = (await window.page.getByTestId('timeline').boundingBox())!;
      const session = await window.page.context().newCDPSession(window.page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: readonly number[]) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: xs.map((at, id) => ({ x: x + at * width, y: y + 200, id })),
        });
      const micros = async () => {
        const [, number = '', unit = ''] = /([\d\u2009]+) (\S+)\/div/.exec(await division()) ?? [];
        return Number(number.replaceAll('\u2009', '')) * { µs: 1, ms: 1e3, s: 1e6, min: 6e7 }[unit]!;
      };
      await steady(division);
      const before = await micros();
      await touch('touchStart', 0.45, 0.55);
      await touch('touchMove', 0.1, 0.9);
      await touch('touchEnd');
      await expect.poll(micros).toBeLessThanOrEqual(before / 4);
      await steady(division);
      const pinched = await micros();
      await window.page.mouse.move(x + width / 2, y + 200);
      await window.page.keyboard.down('Control');
      for (let i = 0; i < 4; i++) await window.page.mouse.wheel(0, 40);
      await window.page.keyboard.up('Control');
      await expect.poll(micros).toBeGreaterThan(pinched * 4);
    });

    it('counts times from a time of day, from the start, or from A', async () => {
      await expect.poll(ruler).toMatch(/^\d\d:\d\d:\d\d \+ t, in /);
      await press('T');
      await expect.poll(ruler).toMatch(/^start \+ t/);
      await press('ArrowDown');
      await press('Shift+ArrowRight');
      await expect.poll(said).toMatch(/^c1, \+[\d.\u2009]+ ms: accepted$/);
      await press('A');
      await press('T');
      await expect.poll(ruler).toMatch(/^A \+ t/);
      await expect.poll(said).toMatch(/^c1, \+0\.000 ms: accepted$/);
    });

    it('reads the cursors whole in a small window', async () => {
      await window.page.setViewportSize({ width: 720, height: 450 });
      const box = () => window.page.getByTestId('timeline').boundingBox();
      await expect.poll(async () => (await box())!.width).toBeLessThan(720);
      await steady(async () => JSON.stringify(await box()));
      const { x, y, width } = (await box())!;
      await window.page.mouse.click(x + width * 0.3, y + 120);
      await window.page.mouse.move(x + width * 0.6, y + 120);
      await expect
        .poll(() => window.page.locator('.cursors').innerText())
        .toMatch(/^A \d\d:\d\d:\d\d\.\d{6}\s*Δ [\d.\u2009]+ ms$/);
      await expect.poll(() => unreadable(window.page)).toEqual([]);
    });

    it('leads from a lane to its requests, by pointer and by key', async () => {
      await press('ArrowDown');
      await press('Shift+F10');
      await window.page.getByRole('menuitem', { name: /Draw it as a ladder/ }).click();
      await expect
        .poll(() => window.page.getByRole('tab', { name: /^Learn/ }).getAttribute('aria-selected'))
        .toBe('true');
      await window.tab('Timeline');
      await window.page.getByTestId('timeline-lane').first().click();
      await window.page.getByRole('menuitem', { name: /Its requests in the list/ }).click();
      await expect.poll(() => window.page.locator('input[data-filter]').inputValue()).toBe('conn:c1');
      await expect.poll(() => window.rows().count()).toBe(1);
    });
  });
});
