import type { Page } from 'playwright-core';

/** Reads all that toasts of the page say from now on: each goes after six seconds, seen or not. */
export async function hearToasts(page: Page): Promise<() => Promise<string>> {
  const heard = await page.evaluateHandle(() => {
    const texts: string[] = [];
    const observer = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) texts.push(node.textContent ?? '');
    });
    observer.observe(document.querySelector('.toasts')!, { childList: true, subtree: true });
    return texts;
  });
  return () => heard.evaluate((texts) => texts.join('\n'));
}
