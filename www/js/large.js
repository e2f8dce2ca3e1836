import { groupDigits } from './readings.js';

const FILE = 'data/primes.txt';
const LINE_BYTES = 7;
const PRIMES = 78_498;
const PARTS = 8;

const part = document.querySelectorAll('#part dd');
const stream = document.querySelectorAll('#stream dd');
const meter = document.getElementById('meter');
const buttons = [document.getElementById('whole'), document.getElementById('parts')];

async function fetchRange(range) {
  const response = await fetch(FILE, { cache: 'no-store', headers: { Range: range } });
  const text = await response.text();
  part[0].textContent = `Range: ${range}`;
  part[1].textContent = `${response.status} ${response.statusText}, Content-Range: ${response.headers.get('Content-Range') ?? 'none'}`;
  part[2].textContent = response.status === 206 ? groupDigits(text.trim()) : `not cut out: all ${text.length} B came`;
}

document.getElementById('one-prime').addEventListener('submit', (event) => {
  event.preventDefault();
  const first = (Number(document.getElementById('n').value) - 1) * LINE_BYTES;
  fetchRange(`bytes=${first}-${first + LINE_BYTES - 1}`);
});
document.getElementById('last').addEventListener('click', () => fetchRange(`bytes=-${LINE_BYTES}`));

/** Reads pieces as they come, and adds the primes up: only a file that came whole and in order gives the true sum. */
async function readAll(responses, size) {
  for (const button of buttons) button.disabled = true;
  let read = 0;
  let pieces = 0;
  const texts = await Promise.all(
    responses.map(async (asked) => {
      const response = await asked;
      const decoder = new TextDecoder();
      let text = '';
      for await (const piece of piecesOf(response.body)) {
        text += decoder.decode(piece, { stream: true });
        read += piece.length;
        pieces++;
        meter.style.width = `${(100 * read) / size}%`;
        stream[0].textContent = `${groupDigits(read)} of ${groupDigits(size)} B`;
        stream[1].textContent = String(pieces);
      }
      return text;
    }),
  );
  const sum = texts.join('').split('\n').reduce((total, line) => total + Number(line), 0);
  stream[2].textContent = groupDigits(sum);
  for (const button of buttons) button.disabled = false;
}

/** Not every browser can iterate a stream yet. */
async function* piecesOf(body) {
  const reader = body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}

const SIZE = PRIMES * LINE_BYTES;

buttons[0].addEventListener('click', () => readAll([fetch(FILE, { cache: 'no-store' })], SIZE));
buttons[1].addEventListener('click', () => {
  // Cut between lines, so that no prime is torn in two.
  const lines = Math.ceil(PRIMES / PARTS);
  const ranges = Array.from({ length: PARTS }, (_, i) => {
    const first = i * lines * LINE_BYTES;
    return `bytes=${first}-${Math.min(first + lines * LINE_BYTES, SIZE) - 1}`;
  });
  readAll(
    ranges.map((range) => fetch(FILE, { cache: 'no-store', headers: { Range: range } })),
    SIZE,
  );
});
