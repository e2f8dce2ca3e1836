import { make, statusCell } from './readings.js';

/** A table in the well of a page that gets a row, on top, for each answer; so many of its last columns are numbers. */
export function answers(heads, numbers = 0) {
  const well = document.getElementById('log');
  let rows;
  let count = 0;
  const isNumber = (i) => i >= heads.length - numbers;
  const begin = () => {
    rows = make('tbody');
    const cells = ['#', ...heads].map((text, i) =>
      make('th', { scope: 'col', ...(i === 0 || isNumber(i - 1) ? { class: 'num' } : {}) }, text),
    );
    const head = make('tr', {}, ...cells);
    well.replaceChildren(make('table', {}, make('thead', {}, head), rows));
  };
  return (...cells) => {
    if (rows === undefined) begin();
    const shown = cells.map((cell, i) => make('td', { class: isNumber(i) ? 'num' : 'mono' }, cell));
    rows.prepend(make('tr', {}, make('td', { class: 'num' }, String(++count)), ...shown));
  };
}

/** Runs an ask; a page that is refused learns that it failed and nothing more. */
export async function told(ask) {
  try {
    const response = await ask();
    return { response, status: statusCell(response.status, response.statusText), text: await response.text() };
  } catch {
    return { response: undefined, status: make('span', {}, 'refused'), text: '' };
  }
}

/** The first line of a text, cut where it is long. */
export function firstLine(text) {
  const [line] = text.split('\n');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line || 'none';
}
