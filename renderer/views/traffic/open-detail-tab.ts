import { flushSync } from 'react-dom';

/** Shows a tab of the detail and goes into it; `change` is what puts the exchange, or the tab, there. */
export function openDetailTab(name: string, change: () => void): void {
  flushSync(change);
  const tabs = document.querySelectorAll<HTMLElement>('[data-detail-tabs] [role="tab"]');
  const tab = [...tabs].find(({ textContent }) => textContent.startsWith(name));
  tab?.click();
  tab?.focus();
}
