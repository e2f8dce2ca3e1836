/** What the pages share: small pieces of what they show. Text is always set as text, never as markup. */

/** Makes an element: `make('td', { class: 'num' }, 'text', child)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const SHAPES = {
  2: 'M4 0a4 4 0 1 0 0 8a4 4 0 1 0 0-8z',
  3: 'M0 0l8 4-8 4z',
  4: 'M4 0l4 4-4 4-4-4z',
  5: 'M0 0h8v8H0z',
};

/** A status with the shape of its class, as in the window beside. */
export function statusCell(status, reason = '') {
  const kind = Math.floor(status / 100);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 8 8');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[kind] ?? SHAPES[2]);
  svg.append(path);
  return make('span', { class: `status s${kind}` }, svg, reason ? `${status} ${reason}` : String(status));
}

/** `5 120 B` with the unit in a quieter ink. */
export function quantity(value, unit) {
  const span = make('span');
  span.append(groupDigits(value), ' ', make('span', { class: 'unit' }, unit));
  return span;
}

export function groupDigits(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Milliseconds with as many digits as the browser's clock has. */
export function milliseconds(value) {
  return quantity(value.toFixed(1), 'ms');
}

/** The browser's own record of the latest load of a URL; it is filed shortly after the answer has ended. */
export async function resourceTiming(url) {
  const name = new URL(url, location.href).href;
  for (let tries = 0; tries < 20; tries++) {
    const entry = performance.getEntriesByName(name, 'resource').at(-1);
    if (entry) return entry;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return undefined;
}
