/** Every view of the window and what opens in it, each as it comes to be by a person's own steps. */
import type { Page } from 'playwright-core';

export interface Scene {
  readonly name: string;
  /**
   * A window with traffic of every kind, one without any, one after a load under several models, one in which the lab
   * has run, or one whose program has ended; the first when left out.
   */
  readonly on?: 'busy' | 'quiet' | 'loaded' | 'lab' | 'ended';
  /** It stands in the README. */
  readonly readme?: true;
  /** From a window that has just been opened on `Traffic`. */
  show(page: Page): Promise<unknown>;
}

const view = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const row = (page: Page, target: string) =>
  page
    .getByTestId('row')
    .filter({ has: page.locator(`[title="${target}"]`) })
    .first();

async function detail(page: Page, target: string, tab: string): Promise<void> {
  await filter(page, `path:${target}`);
  await row(page, target).click();
  await filter(page, '');
  await page.getByTestId('detail').getByRole('tab', { name: tab, exact: true }).click();
}

async function filter(page: Page, text: string): Promise<void> {
  await page.locator('input[data-filter]').fill(text);
  await page.locator('input[data-filter]').press('Enter');
}

/** Until the lanes are painted, all of them in sight. */
async function timeline(page: Page): Promise<void> {
  await view(page, 'Timeline');
  await page.getByTestId('timeline-lane').first().waitFor();
  await button(page, 'Fit').click();
}

async function lane(page: Page, nth: number) {
  return (await page.getByTestId('timeline-lane').nth(nth).boundingBox())!;
}

/** A ring around what has the focus would say nothing in a picture. */
const blur = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
const nothing = () => Promise.resolve();

export const SCENES: readonly Scene[] = [
  { name: 'empty', on: 'quiet', show: nothing },
  ...['Timeline', 'Concurrency', 'Heat map', 'Compose', 'Load'].map((label) => ({
    name: `empty-${label.toLowerCase().replace(' ', '-')}`,
    on: 'quiet' as const,
    show: (page: Page) => view(page, label),
  })),
  { name: 'ended', on: 'ended', show: (page) => page.locator('.link-lost').waitFor() },
  {
    name: 'traffic',
    readme: true,
    show: async (page) => {
      await filter(page, 'method:POST');
      await row(page, '/api/orders').click();
      await filter(page, '');
      await page.locator('[data-list]').press('End');
      await blur(page);
    },
  },
  ...['Overview', 'Headers', 'Bytes', 'Body', 'Timing', 'Why', 'Connection'].map((tab) => ({
    name: `detail-${tab.toLowerCase()}`,
    show: (page: Page) => detail(page, '/api/orders', tab),
  })),
  { name: 'detail-image', show: (page) => detail(page, '/img/tile-01.svg', 'Body') },
  {
    name: 'detail-malformed',
    show: (page) => row(page, 'field-name-space').or(page.locator('.row.malformed')).first().click(),
  },
  { name: 'detail-messages', show: (page) => detail(page, '/live', 'Messages') },
  { name: 'filter-error', show: (page) => page.locator('input[data-filter]').fill('status:4xx and (path:') },
  { name: 'filter-none', show: (page) => filter(page, 'path:/there-is-no-such') },
  {
    name: 'groups',
    show: async (page) => {
      await button(page, /^Groups:/).click();
      await page.getByRole('menuitemradio', { name: 'By connection' }).click();
    },
  },
  { name: 'timeline', show: timeline },
  {
    name: 'timeline-waits',
    readme: true,
    show: async (page) => {
      await filter(page, 'path:video');
      await row(page, '/video.bin').click();
      await filter(page, '');
      await view(page, 'Timeline');
      await page.getByTestId('timeline-lane').first().waitFor();
      await page.locator('.lanes').focus();
      const division = page.getByTestId('division');
      const followed = await division.innerText();
      await page.keyboard.press('z');
      await division.filter({ hasNotText: followed }).waitFor();
      await page.keyboard.press('Escape');
      for (const key of ['-', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
      await blur(page);
    },
  },
  {
    name: 'timeline-pointer',
    show: async (page) => {
      await timeline(page);
      const plot = (await page.getByTestId('timeline').boundingBox())!;
      const { y, height } = await lane(page, 2);
      await page.mouse.click(plot.x + plot.width * 0.3, y + height * 0.9);
      await page.mouse.move(plot.x + plot.width * 0.6, y + height / 2);
    },
  },
  {
    name: 'timeline-chosen',
    show: async (page) => {
      await detail(page, '/api/orders', 'Timing');
      await timeline(page);
      await page.locator('.lanes').focus();
      await page.keyboard.press('z');
    },
  },
  {
    name: 'timeline-past',
    show: async (page) => {
      await timeline(page);
      await page.keyboard.press('p');
      const track = (await page.getByTestId('playhead-track').boundingBox())!;
      await page.mouse.click(track.x + track.width * 0.55, track.y + 8);
    },
  },
  {
    name: 'concurrency',
    on: 'loaded',
    readme: true,
    show: async (page) => {
      await view(page, 'Concurrency');
      await button(page, 'Fit').click();
      const plot = (await page.getByTestId('graphs').boundingBox())!;
      await page.mouse.move(plot.x + plot.width * 0.56, plot.y + plot.height / 2);
    },
  },
  { name: 'load', on: 'lab', show: (page) => view(page, 'Load') },
  { name: 'heat', show: (page) => view(page, 'Heat map') },
  {
    name: 'learn',
    readme: true,
    show: async (page) => {
      await filter(page, 'id:1');
      await row(page, '/').click();
      await button(page, 'Step through it').click();
      await page.getByTestId('machine').waitFor();
      await page.getByRole('slider', { name: 'Position' }).focus();
      for (let i = 0; i < 39; i++) await page.keyboard.press('ArrowRight');
      await blur(page);
    },
  },
  ...['Ladder', 'Bench'].map((tool) => ({
    name: `learn-${tool.toLowerCase()}`,
    show: async (page: Page) => {
      await view(page, 'Learn');
      await page
        .getByRole('main')
        .getByRole('button', { name: new RegExp(tool, 'i') })
        .or(page.getByRole('main').getByRole('tab', { name: new RegExp(tool, 'i') }))
        .first()
        .click();
    },
  })),
  { name: 'compose', show: (page) => view(page, 'Compose') },
  { name: 'palette', show: (page) => page.keyboard.press('Control+k') },
  { name: 'keys', show: (page) => page.keyboard.press('?') },
  { name: 'settings', show: (page) => page.getByTestId('server-row').first().getByTitle('Settings').click() },
  {
    name: 'serve',
    show: (page) =>
      page
        .getByRole('button', { name: /(Add|Serve) a folder/ })
        .first()
        .click(),
  },
  {
    name: 'menu',
    show: async (page) => row(page, '/').click({ button: 'right' }),
  },
];
