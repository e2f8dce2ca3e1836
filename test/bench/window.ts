/**
 * What the window bears, in a real Chromium: the built renderer, fed by a real engine over its real WebSocket.
 *
 *   npm run bench -- window [--exchanges 1000000]
 *
 * Frames are the times between two animation frames of the page; a display of 60 Hz has one each 16.7 ms. Store
 * times are from the page's message to its worker until the answer is back on the page.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { NO_FILTER } from '../../renderer/store/queries/filter.ts';
import type { SortColumn } from '../../renderer/store/queries/list.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { RECORDS_AN_EXCHANGE } from './store-traffic.ts';
import { type BenchWindow, watchWorker } from './window-page.ts';
import { workerHeap } from './worker-heap.ts';

const SHOWN = 100_000;
const LIVE_PER_SECOND = 5000;
const MEASURE_MS = 5000;
/** As much as the lanes draw: some of the exchanges, and so many that most fall on the pixels of others. */
const DRAWN = [500, 5000];
const MOST_STEPS = 24;
const SETTLE_MS = 250;
const RUNS = 7;
const TEXTS = ['lessons', 'api -404', 'status:404', 'method:get', 'path:app', 'time>1ms'];
const COLUMNS: readonly SortColumn[] = ['duration', 'status', 'target', 'size', 'conn'];

export async function benchWindow({ exchanges }: { readonly exchanges: number }): Promise<void> {
  if (!BROWSER) throw new Error('The benchmark of the window needs Chrome, Chromium or Edge');
  const browser = await launchBrowser();
  try {
    await benchFrames(browser);
    await benchStore(browser, exchanges);
  } finally {
    await browser.close();
  }
}

/** Scrolling and panning over 100 000 exchanges while more arrive. */
async function benchFrames(browser: Browser): Promise<void> {
  const host = await Host.start(SHOWN);
  const page = await openPage(browser, host);
  await captured(page, SHOWN);
  console.log(`\n${grouped(SHOWN)} exchanges, ${grouped(LIVE_PER_SECOND)} more a second, 1440 x 900\n`);
  const live = () => host.write(LIVE_PER_SECOND);
  live();
  say('list, following the newest', frames(await page.evaluate(idleFor, MEASURE_MS)));
  say('list, scrolling', frames(await page.evaluate(scrollFor, MEASURE_MS)));
  host.write(0);
  say('list, nothing arrives, scrolling', frames(await page.evaluate(scrollFor, MEASURE_MS)));
  // The list stands in the middle of them; the lanes then begin at one of those, and widen.
  await page.getByTestId('row').first().click();
  await page.keyboard.press('2');
  await page.locator('.lanes').focus();
  await page.keyboard.press('z');
  await page.waitForTimeout(SETTLE_MS);
  live();
  for (const least of DRAWN) {
    const drawn = await widened(page, least);
    const gaps = await page.evaluate(panFor, MEASURE_MS);
    say(`timeline, panning, ${grouped(drawn)} drawn`, frames(gaps));
  }
  host.stop();
  await page.context().close();
}

/** Taking a long log in, and asking the worker that holds it. */
async function benchStore(browser: Browser, exchanges: number): Promise<void> {
  const host = await Host.start(exchanges);
  const page = await openPage(browser, host);
  const began = performance.now();
  const asked = await page.evaluate(askUntil, exchanges);
  const seconds = (performance.now() - began) / 1000;
  console.log(`\n${grouped(exchanges)} exchanges, a log that is there when the window opens\n`);
  const rate = (exchanges * RECORDS_AN_EXCHANGE) / seconds;
  say('taken in', `${seconds.toFixed(1)} s`, `${grouped(rate)} records/s, over the WebSocket`);
  const waits = `p50 ${median(asked.waits).toFixed(1)}  p95 ${percentile(asked.waits, 0.95).toFixed(1)} ms`;
  say('questions meanwhile', waits, `of ${asked.waits.length}`);
  say('frames meanwhile', frames(asked.frames));
  const session = await page.context().newCDPSession(page);
  const heap = await workerHeap(session);
  say('worker memory', `${(heap / 1e6).toFixed(0)} MB`, `${(heap / exchanges).toFixed(0)} B an exchange`);
  for (const text of TEXTS) {
    const times = await repeated(page, { type: 'filter', filter: { ...NO_FILTER, text } }, CLEAR_FILTER);
    say(`filter: ${text}`, `${median(times).toFixed(0)} ms`, 'until the rows are on the page');
  }
  for (const column of COLUMNS) {
    const times = await repeated(page, { type: 'sort', sort: { column, descending: true } }, CLEAR_SORT);
    say(`sort by ${column}`, `${median(times).toFixed(0)} ms`, 'until the rows are on the page');
  }
  await page.evaluate((message) => (window as unknown as BenchWindow).bench.ask(message), CLEAR_SORT);
  await page.locator('[data-list]').focus();
  await page.keyboard.press('End');
  const last = page.locator(`[data-testid=row][data-id="${exchanges}"]`);
  await last.waitFor();
  say('End', 'reached', `row ${grouped(exchanges)}`);
  await profileScroll(page, session);
  host.stop();
  await page.context().close();
}

const CLEAR_FILTER = { type: 'filter', filter: NO_FILTER };
const CLEAR_SORT = { type: 'sort', sort: { column: 'id', descending: false } };

async function profileScroll(page: Page, session: CDPSession): Promise<void> {
  say('list, scrolling', frames(await page.evaluate(scrollFor, MEASURE_MS)));
  await session.detach();
}

/** Times of an order to the worker until the rows that follow from it are there; `undo` is sent between two. */
async function repeated(page: Page, order: unknown, undo: unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    times.push(
      await page.evaluate((message) => (window as unknown as BenchWindow).bench.ask(message), order),
    );
    await page.evaluate((message) => (window as unknown as BenchWindow).bench.ask(message), undo);
  }
  return times;
}

/** In the page: gaps between frames while nothing is done. */
function idleFor(ms: number): Promise<number[]> {
  return (window as unknown as BenchWindow).bench.frames(ms, () => {});
}

/** In the page: gaps between frames while the list is scrolled, up and down, by half a screen a frame. */
function scrollFor(ms: number): Promise<number[]> {
  const list = document.querySelector<HTMLElement>('[data-list]')!;
  list.scrollTop = list.scrollHeight / 2;
  let turn = 0;
  return (window as unknown as BenchWindow).bench.frames(ms, () => {
    list.scrollTop += (turn++ % 120 < 60 ? -1 : 1) * (list.clientHeight / 2);
  });
}

/** In the page: asks the worker for a place over and over until so many exchanges are listed. */
async function askUntil(total: number): Promise<{ waits: number[]; frames: number[] }> {
  const { bench } = window as unknown as BenchWindow;
  let done = false;
  const frames = bench.framesUntil(() => done);
  const waits: number[] = [];
  while (bench.captured() < total) {
    waits.push(await bench.question({ ask: 'index', exchange: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  done = true;
  return { waits, frames: await frames };
}

/** Shows twice the time until so many bars and ticks are drawn, or there are no more; returns how many then. */
async function widened(page: Page, least: number): Promise<number> {
  const count = () => page.evaluate(() => (window as unknown as BenchWindow).bench.drawn());
  for (let step = 0; step < MOST_STEPS && (await count()) < least; step++) {
    await page.keyboard.press('-');
    await page.waitForTimeout(SETTLE_MS);
  }
  return count();
}

/** In the page: gaps between frames while the lanes are moved to and fro by a touchpad. */
function panFor(ms: number): Promise<number[]> {
  const PX = 16;
  const plot = document.querySelector<HTMLElement>('[data-testid=timeline]')!;
  let turn = 0;
  return (window as unknown as BenchWindow).bench.frames(ms, () => {
    const deltaX = turn++ % 40 < 20 ? PX : -PX;
    plot.dispatchEvent(new WheelEvent('wheel', { deltaX, bubbles: true, cancelable: true }));
  });
}

async function openPage(browser: Browser, host: Host): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchWorker);
  await page.goto(host.address);
  return page;
}

async function captured(page: Page, count: number): Promise<void> {
  await page.waitForFunction((total) => (window as unknown as BenchWindow).bench.captured() >= total, count, {
    timeout: 300_000,
  });
}

/** The process with the engine, so that it does not share a thread with what measures. */
class Host {
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  static async start(exchanges: number): Promise<Host> {
    const program = join(import.meta.dirname, 'window-host.ts');
    const child = spawn(process.execPath, [program, String(exchanges)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString();
        const found = /^window (\S+)$/m.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`The host ended with ${code}`)));
    });
    return new Host(child, address);
  }

  /** Goes on writing so many exchanges a second. */
  write(perSecond: number): void {
    this.#child.stdin?.write(`${perSecond}\n`);
  }

  stop(): void {
    this.#child.kill();
  }
}

function frames(gaps: readonly number[]): string {
  const at = (share: number) => percentile(gaps, share).toFixed(1);
  const late = gaps.filter((gap) => gap > 25).length;
  return `p50 ${at(0.5)}  p95 ${at(0.95)}  p99 ${at(0.99)} ms, ${late} of ${gaps.length} late`;
}

function percentile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
}

function say(what: string, figure: string, of = ''): void {
  console.log(`${what.padEnd(36)}${figure.padStart(12)}   ${of}`);
}
