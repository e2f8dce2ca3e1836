import { groupDigits, make, milliseconds, quantity } from './readings.js';

const crlf = () => make('span', { class: 'end' }, 'CR LF');

/** Asks for this page once more, head only, and shows the head as far as a script is told of it. */
async function showExchange() {
  const answer = document.getElementById('answer');
  const target = document.querySelector('#exchange .target');
  target.textContent = location.pathname;
  const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
  const arrow = answer.querySelector('svg');
  answer.replaceChildren(
    arrow,
    make('span', { class: 'version' }, 'HTTP/1.1'),
    ' ',
    make('span', { class: 'code' }, String(response.status)),
    ` ${response.statusText}`,
    crlf(),
  );
  for (const [name, value] of response.headers) {
    answer.append('\n    ', make('span', { class: 'name' }, name), `: ${value}`, crlf());
  }
  answer.append('\n    ', crlf());
}

function showLoaded() {
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const rows = entries.map((entry) =>
    make(
      'tr',
      {},
      make('td', { class: 'mono' }, new URL(entry.name).pathname),
      make('td', { class: 'num' }, quantity(groupDigits(entry.encodedBodySize), 'B')),
      make('td', { class: 'num' }, milliseconds(entry.startTime)),
      make('td', { class: 'num' }, milliseconds(entry.responseEnd - entry.startTime)),
    ),
  );
  const heads = ['File', 'Content', 'Began', 'Took'].map((text, i) =>
    make('th', { scope: 'col', ...(i > 0 ? { class: 'num' } : {}) }, text),
  );
  document
    .getElementById('loaded')
    .replaceChildren(make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows)));
}

await showExchange();
showLoaded();
