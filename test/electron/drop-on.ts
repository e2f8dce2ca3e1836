import type { Page } from 'playwright-core';

/** Copy, link and move: what file managers offer. */
const OPERATIONS = 1 | 2 | 16;

/** A drag and drop of real files and folders from outside of the browser, as the system would send it. */
export async function dropOn(page: Page, ...paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: OPERATIONS };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await session.detach();
}
