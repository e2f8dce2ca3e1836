import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds serious or critical within a part of the page in a theme, one line each. */
export async function seriousWithin(page: Page, selector: string, theme: string): Promise<string[]> {
  await page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name;
    // Colours on their way from one theme to the other are no colours of either.
    for (const animation of document.getAnimations()) animation.finish();
  }, theme);
  await page.evaluate(readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  return page.evaluate(async (within) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(within);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, selector);
}
