import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { BROWSER } from '../support/browser.ts';
import { steady } from '../support/steady.ts';
import { Inspected, PATIENCE } from './inspected.ts';
import type { Window } from './window.ts';

let inspected: Inspected;
let window: Window;
const open = (path: string, tab: string) => inspected.open(path, tab);
const panel = () => inspected.panel();
const says = (words: RegExp) => inspected.says(words);
const clipboard = () => inspected.copied();
const chosenTab = () => window.page.locator('.detail').getByRole('tab', { selected: true });

describe.skipIf(!BROWSER)('the detail of real traffic', () => {
  beforeAll(async () => {
    inspected = await Inspected.start();
    window = inspected.window;
  });
  beforeAll(() => inspected.fill());
  afterAll(async () => {
    expect(await inspected?.close()).toEqual([]);
  });

  describe('headers', () => {
    it('cookies, the query and remarks are told', async () => {
      await open('/json?lang=en', 'Headers');
      await says(/lang\s+en[\s\S]*q\s+a b[\s\S]*id\s+7[\s\S]*"q=1.5" is not a weight/);
      await says(/Scripts of the page cannot read it[\s\S]*No attributes/);
    });

    it('caching is worked out', async () => {
      await open('/json?lang=en', 'Headers');
      await expect
        .poll(() => window.page.getByTestId('caching').innerText(), PATIENCE)
        .toMatch(/reused for 1 h without asking \(max-age\).*If-None-Match: "v1"[\s\S]*RFC 9111/);
    });

    it('what is odd has a sentence and its clause', async () => {
      await open('/odd', 'Headers');
      await expect
        .poll(async () => (await window.page.getByTestId('remark').allInnerTexts()).join(' '), PATIENCE)
        .toMatch(/"maxage" is no directive[\s\S]*Not a date[\s\S]*without Secure[\s\S]*Not a media type/);
    });

    it('a head is shown as it was sent', async () => {
      await open('/json?lang=en', 'Headers');
      const sent = panel().getByRole('button', { name: 'As sent' }).first();
      await sent.click();
      await says(/GET·\/json\?lang=en&q=a%20b·HTTP\/1\.1rn\s+host:[\s\S]*Cookie:·id=7;·theme=darkrn/);
      await sent.click();
      await says(/lang\s+en/);
    });

    it('a field is copied whole or in parts, and filtered by', async () => {
      await open('/json?lang=en', 'Headers');
      const field = panel().getByTestId('field-row').filter({ hasText: 'theme=dark' }).first();
      const pick = async (name: string) => {
        await field.hover();
        await field.getByRole('button', { name: /copy, or filter/ }).click();
        await window.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
      };
      for (const [name, copied] of [
        ['Copy the field', 'Cookie: id=7; theme=dark'],
        ['Copy its name', 'Cookie'],
        ['Copy its value', 'id=7; theme=dark'],
      ] as const) {
        await pick(name);
        await expect.poll(clipboard, PATIENCE).toBe(copied);
      }
      await pick('Filter for this');
      await expect.poll(() => window.rows().count(), PATIENCE).toBe(1);
      const box = window.page.locator('[data-filter]');
      await expect.poll(() => box.inputValue(), PATIENCE).toBe('request.cookie="id=7; theme=dark"');
      await pick('Filter for its name');
      await expect
        .poll(() => box.inputValue(), PATIENCE)
        .toBe('request.cookie="id=7; theme=dark" has=cookie');
      await box.fill('');
      await expect.poll(() => window.rows().count(), PATIENCE).toBeGreaterThan(10);
    });

    it('a request that was refused is shown as far as it was read, with its fault', async () => {
      await window.page.locator('[data-testid=row][data-phase=malformed]').click();
      await window.tab('Headers');
      await says(/Whitespace follows a field name/);
    });
  });

  describe('bytes', () => {
    const lit = () => window.page.locator('[data-testid=hex-byte].selected');
    const selected = async () =>
      Buffer.from((await lit().allInnerTexts()).join(''), 'hex').toString('latin1');

    it('are found by text, hex and expression, and stepped through', async () => {
      await open('/json?lang=en', 'Bytes');
      const find = window.page.locator('[data-byte-find]');
      for (const [mode, words, found] of [
        ['text', 'HOST', 'host'],
        ['hex', '0d0a 0d0a', '\r\n\r\n'],
        ['regex', 'v\\d', 'v1'],
      ] as const) {
        const count = () => window.page.locator('.byte-tools .found').innerText();
        // Nothing that the words before had found is left.
        await find.fill('');
        await expect.poll(count, PATIENCE).toBe('');
        await window.page.getByLabel('What to find').selectOption(mode);
        await find.fill(words);
        await expect.poll(count, PATIENCE).toMatch(/^\d+$/);
        await find.press('Enter');
        await expect.poll(selected, PATIENCE).toBe(found);
        await expect.poll(count, PATIENCE).toMatch(/^1 of \d+$/);
        await find.press('Shift+Enter');
        await expect.poll(count, PATIENCE).toMatch(/^(\d+) of \1$/);
      }
    });

    it('an offset is gone to, and read as numbers', async () => {
      await open('/json?lang=en', 'Bytes');
      await window.page.getByLabel('Bytes of the response').focus();
      await window.page.keyboard.press('Home');
      await window.page.keyboard.press('Control+g');
      const find = window.page.locator('[data-byte-find]');
      await expect.poll(() => find.evaluate((e) => e === document.activeElement), PATIENCE).toBe(true);
      await find.fill('0x9');
      await window.page.keyboard.press('Enter');
      await expect
        .poll(() => window.page.getByTestId('readout').innerText(), PATIENCE)
        .toMatch(/Status code[\s\S]*0009: 32 "2"/);
      await window.page.getByLabel('Show numbers').click();
      // "200 OK" begins with 32 30.
      await expect
        .poll(() => window.page.getByTestId('numbers').innerText(), PATIENCE)
        .toMatch(/u8\s+50[\s\S]*u16\s+12338\s+12848/);
      await window.page.getByLabel('Show numbers').click();
    });

    it('are chosen with the keyboard and by dragging, and copied', async () => {
      await open('/json?lang=en', 'Bytes');
      const grid = window.page.getByLabel('Bytes of the request');
      const chosen = async () => {
        await grid.locator('[data-offset="0"]').click();
        for (let i = 0; i < 2; i++) await window.page.keyboard.press('Shift+ArrowRight');
        return selected();
      };
      await expect.poll(chosen, PATIENCE).toBe('GET');
      await window.page.getByLabel('Copy the chosen bytes as').selectOption('hex');
      await expect.poll(clipboard, PATIENCE).toBe('47 45 54');
      await window.page.getByRole('button', { name: 'Filter for the chosen bytes' }).click();
      const box = window.page.locator('[data-filter]');
      await expect.poll(() => box.inputValue(), PATIENCE).toBe('bytes:474554');
      await expect.poll(() => window.rows().filter({ hasText: 'POST' }).count(), PATIENCE).toBe(0);
      await box.fill('');
      await expect.poll(() => window.rows().count(), PATIENCE).toBeGreaterThan(10);
      // Without the filter the bytes may move once more: then it is dragged again.
      const dragged = async () => {
        await grid.locator('[data-offset="5"]').hover();
        await window.page.mouse.down();
        await grid.locator('[data-offset="8"]').hover();
        await window.page.mouse.up();
        return selected();
      };
      await expect.poll(dragged, PATIENCE).toBe('json');
      await window.page.getByLabel('Copy the chosen bytes as').selectOption('c');
      await expect.poll(clipboard, PATIENCE).toMatch(/data\[4\] = \{\n {2}0x6a, 0x73, 0x6f, 0x6e,/);
    });

    it('chunk lines are parts of their own', async () => {
      await open('/script', 'Bytes');
      const part = window.page.getByTestId('tree-row').filter({ hasText: /^Chunk 1/ });
      await part.locator('.fold').click();
      const data = window.page
        .getByTestId('tree-row')
        .filter({ hasText: /^Content$/ })
        .first();
      await data.click();
      // The data of the first chunk begins as gzip does (RFC 1952 §2.3.1).
      await expect
        .poll(async () => (await lit().allInnerTexts()).slice(0, 3).join(' '), PATIENCE)
        .toBe('1f 8b 08');
    });

    it('an interim response stands before the final one', async () => {
      await open('/hints', 'Bytes');
      await says(/Interim response\s+103 Early Hints[\s\S]*Status line\s+HTTP\/1\.1 200/);
    });

    it('WebSocket frames of both directions are taken apart to the bit', async () => {
      await open('/socket', 'Bytes');
      const frame = window.page
        .getByTestId('tree-row')
        .filter({ hasText: /Frame 1, text\s*\{"say":"hello"\}/ });
      await frame.locator('.fold').click();
      await says(
        /1\.\.\. \.\.\.\.\s+FIN\s+last frame[\s\S]*\.\.\.\. 0001\s+Opcode\s+1, text[\s\S]*MASK\s+masked[\s\S]*Masking key/,
      );
      await expect
        .poll(() => window.page.getByTestId('tree-row').filter({ hasText: 'pong' }).count(), PATIENCE)
        .toBe(1);
    });
  });

  describe('messages', () => {
    it('of a WebSocket come as they are sent, and open in full', async () => {
      await open('/socket', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect.poll(() => rows.count(), PATIENCE).toBe(5);
      inspected.socket.send('{"live":[1,2]}');
      await expect.poll(() => rows.count(), PATIENCE).toBe(7);
      const kinds = () =>
        rows.evaluateAll((all) =>
          all
            .map(
              (row) => `${(row as HTMLElement).dataset['direction']} ${(row as HTMLElement).dataset['kind']}`,
            )
            .sort(),
        );
      await expect
        .poll(kinds, PATIENCE)
        .toEqual(['in ping', 'in text', 'in text', 'out pong', 'out text', 'out text', 'out text']);
      await rows.last().click();
      await expect
        .poll(() => window.page.getByTestId('opened-message').innerText(), PATIENCE)
        .toMatch(/live[\s\S]*2 elements/);
    });

    it('compressed ones are inflated, whatever each of them refers to', async () => {
      const packed = new WebSocket(`${window.url.replace('http', 'ws')}packed`, {
        perMessageDeflate: { threshold: 0 },
      });
      await new Promise((resolve) => packed.once('open', resolve));
      expect(packed.extensions).toMatch(/permessage-deflate/);
      for (const text of ['the same words', 'the same words']) {
        await new Promise((resolve) => packed.once('message', resolve) && packed.send(text));
      }
      await open('/packed', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect
        .poll(
          async () =>
            (await rows.allInnerTexts()).filter((row) => /the same words[\s\S]*14 B as/.test(row)).length,
          PATIENCE,
        )
        .toBe(4);
      packed.terminate();
    });

    it('of an event stream are its events', async () => {
      await open('/events', 'Messages');
      const rows = window.page.getByTestId('talk-row');
      await expect
        .poll(() => rows.allInnerTexts(), PATIENCE)
        .toEqual([
          expect.stringMatching(/comment[\s\S]*hello/),
          expect.stringMatching(/tick[\s\S]*\{"n":1\}/),
          expect.stringMatching(/message[\s\S]*two/),
        ]);
    });

    it('the tab is there only where something is said', async () => {
      await open('/picture', 'Body');
      await expect.poll(() => window.page.getByRole('tab', { name: 'Messages' }).count(), PATIENCE).toBe(0);
    });
  });

  it('a connection is a conversation of its two ends, over all its exchanges', async () => {
    await open('/json?lang=en', 'Connection');
    const heading = () => panel().locator('.conversation .band').innerText();
    await expect.poll(heading, PATIENCE).toMatch(/Conversation\s+\d+ turns/);
    await panel().getByRole('button', { name: /^To #/ }).click();
    const own = panel().locator('.turn.own');
    await expect
      .poll(async () => (await own.allInnerTexts()).join('\n'), PATIENCE)
      .toMatch(
        /Client[\s\S]*GET \/json\?lang=en&q=a%20b HTTP\/1\.1\nhost:[\s\S]*Server[\s\S]*HTTP\/1\.1 200 OK[\s\S]*"next":"chunks"/,
      );
    const directions = () =>
      own.evaluateAll((all) => all.map((turn) => (turn as HTMLElement).dataset['direction']));
    await expect.poll(directions, PATIENCE).toEqual(['in', 'out']);
    // From turn to exchange.
    // The answer of its own exchange does not tell the target, and leads nowhere.
    const others = panel().locator('.turn:not(.own)').getByRole('button', { name: /^#/ });
    // Turns are placed anew as their heights become known.
    await steady(() => others.allInnerTexts().then((numbers) => numbers.join()));
    const number = await others.last().innerText();
    await panel().getByRole('button', { name: number, exact: true }).first().click();
    await expect.poll(() => window.page.locator('.detail .place').innerText(), PATIENCE).toContain(number);
  });

  it('two exchanges are compared: heads, times and contents', async () => {
    await open('/json?lang=en', 'Headers');
    await window.page.getByRole('button', { name: 'Compare' }).click();
    await window.rows().filter({ hasText: '/json?lang=de' }).click();
    const compare = window.page.getByTestId('compare');
    await expect.poll(() => compare.innerText(), PATIENCE).toMatch(/equal, \d+ B/);
    const changed = async () => (await compare.locator('[data-kind=changed]').allInnerTexts()).join('\n');
    await expect
      .poll(changed, PATIENCE)
      .toMatch(/Start line[\s\S]*lang=en[\s\S]*lang=de[\s\S]*Cookie[\s\S]*id=7[\s\S]*id=8/);
    await window.page.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => window.page.getByRole('tab', { name: 'Compare' }).count(), PATIENCE).toBe(0);
  });

  describe('tabs', () => {
    it('follow the arrow keys, and the one that was chosen stays', async () => {
      await open('/json?lang=en', 'Overview');
      await window.page.keyboard.press('ArrowRight');
      await expect.poll(() => chosenTab().innerText()).toBe('Headers');
      await window.page.keyboard.press('End');
      await expect.poll(() => chosenTab().innerText()).toBe('Connection');
      await window.rows().filter({ hasText: '/picture' }).click();
      await expect.poll(() => chosenTab().innerText()).toBe('Connection');
    });

    it.each([
      ['/json?lang=en', 'Overview'],
      ['/odd', 'Headers'],
      ['/script', 'Bytes'],
      ['/socket', 'Bytes'],
      ['/json?lang=en', 'Body'],
      ['/script', 'Body'],
      ['/upload', 'Body'],
      ['/socket', 'Messages'],
      ['/json?lang=en', 'Timing'],
      ['/json?lang=en', 'Why'],
      ['/json?lang=en', 'Connection'],
    ])('%s, %s: nothing serious for axe', async (path, tab) => {
      await open(path, tab);
      // What is only on its way is no state that anybody stays in.
      await steady(() => panel().innerText());
      await window.page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
      const serious = await window.page.evaluate(async () => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run('.detail');
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
      });
      expect(serious).toEqual([]);
    });
  });
});
