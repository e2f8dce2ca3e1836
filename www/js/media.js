import { groupDigits } from './readings.js';

const HEAD_BYTES = 44;
const BYTES_PER_SECOND = 8000;

const sound = document.getElementById('sound');

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

function show() {
  const { buffered, currentTime } = sound;
  const held = Array.from({ length: buffered.length }, (_, n) => `${clock(buffered.start(n))} to ${clock(buffered.end(n))}`);
  document.getElementById('at').textContent = clock(currentTime);
  document.getElementById('byte').textContent = groupDigits(HEAD_BYTES + Math.floor(currentTime * BYTES_PER_SECOND));
  document.getElementById('held').textContent = held.join(', ') || 'nothing';
}

for (const name of ['loadedmetadata', 'progress', 'seeked', 'timeupdate', 'suspend']) sound.addEventListener(name, show);

for (const button of document.querySelectorAll('button[data-to]')) {
  button.addEventListener('click', () => {
    sound.currentTime = Number(button.dataset.to);
  });
}
