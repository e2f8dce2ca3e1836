/** What the fault bench does on purpose, as it is seen in the lanes of the timeline. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../net/raw-client.ts';
import { BROWSER, launchBrowser } from '../support/browser.ts';
import { makeFolder } from '../support/folder.ts';
import { along, type LaneStep, showLanes } from './lane-steps.ts';
import { Window } from './window.ts';

/** By file, in the order of the lanes: each has a connection of its own. */
const FAULTS = [
  ['usual.txt', ''],
  ['late.txt', 'delayMs=300'],
  ['thin.txt', 'bytesPerSecond=8000'],
  ['pieces.txt', 'writeBytes=500'],
  ['stall.txt', 'stallAfter=1000 stallMs=400'],
  ['cut.txt', 'truncateAfter=500'],
  ['reset.txt', 'resetAfter=500'],
  ['down.txt', 'unavailableEvery=1'],
  ['length.txt', 'lengthTooLarge=10'],
  ['close.txt', 'close'],
] as const;
type Name = (typeof FAULTS)[number][0];

const DAY_SECONDS = 86_400;
/** Timers may be early by their resolution. */
const EARLY_SECONDS = 0.01;

const words = (steps: readonly LaneStep[]) => steps.map((step) => step.words).join('\n');
const writes = (steps: readonly LaneStep[], length: RegExp) =>
  steps.filter((step) => step.words.startsWith('write') && length.test(step.words));
/** Seconds from one step to another one, also over midnight. */
const between = (from: LaneStep | undefined, to: LaneStep | undefined) =>
  (to!.at - from!.at + DAY_SECONDS) % DAY_SECONDS;
const find = (steps: readonly LaneStep[], pattern: RegExp) => steps.find((step) => pattern.test(step.words));

const SEEN: Readonly<Record<Name, (steps: readonly LaneStep[]) => void>> = {
  'usual.txt': (steps) => {
    expect(words(steps)).toMatch(/response 200 begins\nwrite 4\u2009\d+ B\nresponse sent\nFIN$/);
    expect(words(steps)).not.toMatch(/On purpose/);
  },
  'late.txt': (steps) => {
    const noted = find(steps, /^Noted: On purpose: 300 ms before the answer begins$/);
    expect(between(noted, find(steps, /^response 200 begins$/))).toBeGreaterThan(0.3 - EARLY_SECONDS);
  },
  'thin.txt': (steps) => {
    const pieces = writes(steps, / 800 B$/);
    expect(pieces.length).toBe(5);
    expect(between(pieces[0], pieces[4])).toBeGreaterThan(0.4 - EARLY_SECONDS);
  },
  'pieces.txt': (steps) => expect(writes(steps, / 500 B$/).length).toBe(8),
  'stall.txt': (steps) => {
    expect(words(steps)).toMatch(
      /write 1\u2009000 B\nNoted: On purpose: nothing for 400 ms after 1000 B of content\n/,
    );
    const [before, after] = writes(steps, / [13]\u2009000 B$/);
    expect(between(before, after)).toBeGreaterThan(0.4 - EARLY_SECONDS);
  },
  'cut.txt': (steps) =>
    expect(words(steps)).toMatch(
      /write 500 B\nNoted: On purpose: closed after 500 B[\s\S]*broken off\nerror$/,
    ),
  'reset.txt': (steps) =>
    expect(words(steps)).toMatch(/write 500 B\nNoted: On purpose: reset[\s\S]*broken off\nRST by server$/),
  'down.txt': (steps) =>
    expect(words(steps)).toMatch(/Noted: On purpose: every 1\. request is answered 503\nresponse 503 begins/),
  'length.txt': (steps) =>
    expect(words(steps)).toMatch(/On purpose: Content-Length says 10 B too many[\s\S]*broken off/),
  'close.txt': (steps) => expect(words(steps)).toMatch(/response sent\nFIN by server$/),
};

describe.skipIf(!BROWSER)('a fault on purpose is seen in its lane', () => {
  let browser: Browser;
  let folder: ReturnType<typeof makeFolder>;
  let window: Window;
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = makeFolder(Object.fromEntries(FAULTS.map(([name]) => [name, 'x'.repeat(4000)])));
    const rules = FAULTS.filter(([, fault]) => fault !== '');
    window = await Window.open(browser, [
      folder.path,
      ...rules.flatMap(([name, fault]) => ['--fault', `/${name}: ${fault}`]),
    ]);
    for (const [name] of FAULTS) {
      const client = await RawClient.open(window.port);
      await client.send(`GET /${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      // Some end with their length, the others with their connection.
      await client.response().catch(() => undefined);
      // Where the server closes, nobody is to come before it.
      if (name === 'close.txt') await client.rest().catch(() => undefined);
      client.finish();
      // The next one begins when this lane has its end.
      await client.rest().catch(() => undefined);
      client.close();
    }
    await window.page.getByTestId('status-sockets').getByText('0', { exact: true }).waitFor();
    await showLanes(window);
  });
  afterAll(async () => {
    const complaints = window?.complaints ?? [];
    await window?.close();
    await browser?.close();
    folder?.remove();
    expect(complaints).toEqual([]);
  });

  it.each(FAULTS)('%s %s', async (name) => {
    const lane = FAULTS.findIndex(([each]) => each === name);
    await window.page.keyboard.press('ArrowDown');
    const steps = await along(window);
    expect(find(steps, /^head read/)?.words, `lane ${lane + 1}`).toBe(`head read: GET /${name}`);
    SEEN[name](steps);
  });
});
