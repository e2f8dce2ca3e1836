import { answers } from './answers.js';
import { groupDigits, make, quantity, resourceTiming } from './readings.js';

const FILES = ['data/primes.txt', 'style.css', 'img/tile-05.svg', 'formats/tone.wav'];
const show = answers(['File', 'Text', 'On the wire', 'Left'], 3);

async function load(file) {
  // A query of its own makes each load a new one.
  const url = `${file}?run=${Date.now().toString(36)}`;
  await (await fetch(url, { cache: 'no-store' })).arrayBuffer();
  const timing = await resourceTiming(url);
  if (timing === undefined) return;
  const { decodedBodySize: text, encodedBodySize: wire } = timing;
  const bytes = (value) => quantity(groupDigits(value), 'B');
  show(`/${file}`, bytes(text), bytes(wire), `${Math.round((100 * wire) / text)} %`);
}

document.getElementById('load').addEventListener('click', async () => {
  for (const file of FILES) await load(file);
});

const CODINGS = ['identity', 'gzip', 'br', 'zstd'];
document.getElementById('commands').replaceChildren(
  ...CODINGS.map((coding) => {
    const command = `curl -so /dev/null -w '%{size_download}\\n' -H 'Accept-Encoding: ${coding}' ${location.origin}/data/primes.txt`;
    return make('div', { class: 'raw' }, make('code', {}, command));
  }),
);
