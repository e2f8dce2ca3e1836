/** What the double does in the page's own world, before the page's scripts. Self-contained: its source runs there. */
import type { Bridge, Wrapped } from './bridge.ts';

export function mainWorld(makeBridge: (out: string, into: string) => Bridge): void {
  if (window !== window.top) return;
  const bridge = makeBridge('double-main:', 'double-preload:');

  document.addEventListener('double-preload:expose', (event) => {
    const { key, api } = (event as CustomEvent<{ key: string; api: Wrapped }>).detail;
    if (key in window)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, key, { value: bridge.unwrap(api, true), enumerable: true });
  });

  // A popup would become a target of its own, for which two DevTools clients would race: it is reported instead.
  const report = (url: string) => bridge.emit('open', new URL(url, location.href).href);
  window.open = (url = '') => {
    report(String(url));
    return null;
  };
  window.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || event.defaultPrevented || ['', '_self', '_top', '_parent'].includes(link.target))
      return;
    event.preventDefault();
    report(link.href);
  });
}
