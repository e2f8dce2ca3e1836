/** What runs in the page. It is sent as it stands here, for whoever looks at it in a browser. */

export const SCRIPT_PATH = '/.wirescope/live.js';
export const EVENTS_PATH = '/.wirescope/live';

/** `since` is the state of the folder that the page was made from; letters, digits and dots. */
export function liveScript(since: string): string {
  return `// Wirescope, --live: this page is loaded again when files change. Styles and pictures are swapped in place.
(() => {
  let since = '${since}';
  let source, timer, wait = 500;
  // A browser opens six connections to one server: frames hear what changed from the page around them.
  const frames = window.wirescopeFrames = new Set();
  const around = framesAround();

  function framesAround() {
    try {
      return parent === window ? undefined : parent.wirescopeFrames;
    } catch {
      return undefined; // A page of another origin.
    }
  }

  function open() {
    close();
    if (around) return void around.add(hear);
    // Nor must a page that nobody sees hold one.
    if (document.visibilityState === 'hidden') return;
    source = new EventSource('${EVENTS_PATH}?since=' + since);
    source.onopen = () => { wait = 500; };
    source.onmessage = (event) => hear(event.lastEventId, JSON.parse(event.data));
    source.onerror = () => {
      close();
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 8000);
    };
  }

  function hear(state, changed) {
    since = state;
    if (changed === null || !changed.every(swap)) location.reload();
    else for (const tell of frames) tell(state, changed);
  }

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    if (around) around.delete(hear);
  }

  /** False when only loading the page again will show the change. */
  function swap(path) {
    const shown = [...document.querySelectorAll('link[rel~="stylesheet" i][href], img[src]')]
      .filter((element) => names(element.href || element.currentSrc || element.src, path));
    // A srcset would go on to show the old one.
    if (shown.length === 0 || shown.some((element) => element.srcset || element.closest('picture'))) return false;
    for (const element of shown) {
      const url = new URL(element.href || element.src);
      url.searchParams.set('wirescope', since);
      if (element.src) {
        element.src = url.href;
        continue;
      }
      // The old one stays until the new one is there, so nothing is shown without style.
      const next = element.cloneNode();
      next.href = url.href;
      next.onload = next.onerror = () => element.remove();
      element.after(next);
    }
    return true;
  }

  function names(text, path) {
    try {
      const url = new URL(text);
      return url.origin === location.origin && decodeURIComponent(url.pathname).normalize() === path.normalize();
    } catch {
      return false;
    }
  }

  document.addEventListener('visibilitychange', open);
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => { if (event.persisted) open(); });
  document.addEventListener('securitypolicyviolation', (event) => {
    if (!event.blockedURI.includes('${EVENTS_PATH}')) return;
    close();
    console.warn('Wirescope: the Content-Security-Policy of this page forbids live reload (connect-src)');
  });
  open();
})();
`;
}
