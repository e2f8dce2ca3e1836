import { resourceTiming } from './readings.js';

const tiles = [...document.querySelectorAll('#mosaic img')];
const buttons = [document.getElementById('at-once'), document.getElementById('in-turn')];
const total = document.getElementById('total');
const SVG = 'http://www.w3.org/2000/svg';

/** A query of its own makes each load a new one, so that the content crosses the wire. */
async function load(tile, i, run) {
  tile.src = `img/tile-${String(i + 1).padStart(2, '0')}.svg?run=${run}`;
  await tile.decode();
  return resourceTiming(tile.src);
}

async function measure(order) {
  for (const button of buttons) button.disabled = true;
  performance.clearResourceTimings();
  const run = Date.now().toString(36);
  const began = performance.now();
  const timings = await order(run);
  const took = performance.now() - began;
  total.textContent = `All twelve in ${took.toFixed(1)} ms`;
  draw(timings.filter((timing) => timing !== undefined));
  for (const button of buttons) button.disabled = false;
}

const atOnce = (run) => Promise.all(tiles.map((tile, i) => load(tile, i, run)));

async function inTurn(run) {
  const timings = [];
  for (const [i, tile] of tiles.entries()) timings.push(await load(tile, i, run));
  return timings;
}

const GUTTER = 72;
const ROW = 16;

/** A bar for each load on one axis: grey until the first byte of the answer, blue until the last. */
function draw(timings) {
  const lanes = document.getElementById('lanes');
  const { clientWidth: width } = lanes;
  const from = Math.min(...timings.map((timing) => timing.startTime));
  const span = Math.max(...timings.map((timing) => timing.responseEnd)) - from;
  const step = divisionOf(span);
  const x = (time) => GUTTER + ((time - from) / (Math.ceil(span / step) * step)) * (width - GUTTER - 16);
  const height = timings.length * ROW + 36;
  const svg = element('svg', { class: 'lanes', viewBox: `0 0 ${width} ${height}`, role: 'img' });
  svg.setAttribute('aria-label', `Twelve loads within ${span.toFixed(1)} ms`);
  for (let time = 0; time <= Math.ceil(span / step) * step + step / 2; time += step) {
    const at = Math.round(x(from + time)) + 0.5;
    svg.append(element('path', { class: 'grat', d: `M${at} 20V${height - 8}` }));
    svg.append(element('text', { x: at, y: 14, 'text-anchor': 'middle' }, `${Number(time.toFixed(2))}`));
  }
  svg.append(element('text', { x: 16, y: 14 }, 'ms'));
  timings.forEach((timing, i) => {
    const y = 26 + i * ROW;
    const name = /tile-(\d+)/.exec(timing.name)?.[1] ?? '';
    svg.append(element('text', { x: 16, y: y + 8 }, `tile ${name}`));
    svg.append(bar('wait', x(timing.startTime), x(timing.responseStart), y));
    svg.append(bar('sent', x(timing.responseStart), x(timing.responseEnd), y));
  });
  lanes.replaceChildren(svg);
}

function bar(kind, from, to, y) {
  return element('rect', { class: kind, x: from, y, width: Math.max(to - from, 1), height: 8 });
}

/** The step of 1, 2 or 5 that gives between four and ten divisions. */
function divisionOf(span) {
  const power = 10 ** Math.floor(Math.log10(span / 4));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => span / step <= 8) ?? power * 10;
}

function element(tag, attributes, text = '') {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  if (text) created.append(text);
  return created;
}

document.getElementById('at-once').addEventListener('click', () => measure(atOnce));
document.getElementById('in-turn').addEventListener('click', () => measure(inTurn));

const SLOW = 8;
const eight = document.getElementById('eight');
eight.addEventListener('click', async () => {
  const said = document.getElementById('eight-done');
  const began = performance.now();
  let done = 0;
  eight.disabled = true;
  const ask = async (_, n) => {
    await (await fetch(`api/slow?ms=1000&n=${n}`, { cache: 'no-store' })).text();
    said.textContent = `${++done} of ${SLOW} after ${((performance.now() - began) / 1000).toFixed(1)} s`;
  };
  await Promise.all(Array.from({ length: SLOW }, ask));
  eight.disabled = false;
});
