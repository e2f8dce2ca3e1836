import { make, milliseconds, resourceTiming, statusCell } from './readings.js';

const FILE = 'data/specimen.txt';
const log = document.getElementById('log');
let rows;
let count = 0;
let tag;

const WAYS = {
  ask: { label: 'Ask if it changed', options: () => ({ cache: 'no-cache' }) },
  // A condition set by the script takes the browser's cache out of play.
  tag: { label: 'Ask with the tag', options: () => ({ cache: 'no-store', headers: { 'If-None-Match': tag } }) },
  anew: { label: 'Read it anew', options: () => ({ cache: 'reload' }) },
  copy: { label: 'Use the copy', options: () => ({ cache: 'force-cache' }) },
};

async function ask(way) {
  // The tag has to be known before it can be shown.
  if (way === 'tag' && tag === undefined) await (await load(WAYS.ask.options())).response.text();
  const { response, took } = await load(WAYS[way].options());
  const text = await response.text();
  const timing = await resourceTiming(FILE);
  show(WAYS[way].label, response, text, timing?.transferSize === 0, took);
}

async function load(options) {
  performance.clearResourceTimings();
  const began = performance.now();
  const response = await fetch(FILE, options);
  tag = response.headers.get('ETag') ?? tag;
  return { response, took: performance.now() - began };
}

function show(label, response, text, fromCopy, took) {
  rows ??= table();
  const content = text === '' ? 'none' : `${new TextEncoder().encode(text).length} B`;
  rows.prepend(
    make(
      'tr',
      {},
      make('td', { class: 'num' }, String(++count)),
      make('td', {}, label),
      make('td', {}, statusCell(response.status)),
      make('td', { class: 'mono' }, content),
      make('td', {}, fromCopy ? 'no' : 'yes'),
      make('td', { class: 'num' }, milliseconds(took)),
    ),
  );
}

function table() {
  const heads = ['#', 'Way', 'Script is told', 'Content given', 'Request sent', 'Took'].map((text, i) =>
    make('th', { scope: 'col', ...(i === 0 || i === 5 ? { class: 'num' } : {}) }, text),
  );
  const body = make('tbody');
  log.replaceChildren(make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body));
  return body;
}

for (const button of document.querySelectorAll('button[data-way]')) {
  button.addEventListener('click', () => ask(button.dataset.way));
}
