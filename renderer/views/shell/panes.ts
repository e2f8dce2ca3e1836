/** F6 goes from pane to pane: each to where the focus was in it last, or to what one comes for. */
const lastIn = new WeakMap<Element, HTMLElement>();

export function cyclePanes(step: 1 | -1): void {
  const panes = shownPanes();
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  if (here >= 0 && document.activeElement instanceof HTMLElement)
    lastIn.set(panes[here]!, document.activeElement);
  // From nowhere, forwards is to the first and back is to the last.
  const start = here < 0 && step < 0 ? 0 : here;
  for (let i = 1; i <= panes.length; i++) {
    const pane = panes[(start + step * i + panes.length * 2) % panes.length]!;
    entryOf(pane)?.focus();
    if (pane.contains(document.activeElement)) return;
  }
}

/** In the order of the document; one that holds others is not one itself. */
function shownPanes(): Element[] {
  return [...document.querySelectorAll('[data-pane]')].filter(
    (pane) => pane.checkVisibility() && pane.querySelector('[data-pane]') === null,
  );
}

const ENTRIES = '[data-list], [role="tab"][aria-selected="true"]';
const STOPS = 'button, input, select, textarea, a[href], [tabindex]';

function entryOf(pane: Element): HTMLElement | undefined {
  const last = lastIn.get(pane);
  if (last?.isConnected && pane.contains(last)) return last;
  const entry = pane.querySelector<HTMLElement>(ENTRIES);
  if (entry) return entry;
  return [...pane.querySelectorAll<HTMLElement>(STOPS)].find(
    (stop) => stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.checkVisibility(),
  );
}
