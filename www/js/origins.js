import { answers, firstLine, told } from './answers.js';
import { make } from './readings.js';

const show = answers(['Asked', 'Script is told', 'Content']);
const NAMES = ['localhost', '127.0.0.1'];

/** This server by its other name: the same machine, and to a browser another origin. */
function elsewhere() {
  const other = new URL(location.href);
  other.hostname = NAMES.find((name) => name !== location.hostname);
  return other.origin;
}

async function ask(what) {
  const [method, where] = what.split(' ');
  const target = `${elsewhere()}/api/${where}`;
  const content = method === 'PUT' ? { body: 'hello' } : {};
  const { status, text } = await told(() => fetch(target, { method, cache: 'no-store', ...content }));
  show(`${method} ${target}`, status, firstLine(text));
}

const hasBoth = NAMES.includes(location.hostname);
for (const button of document.querySelectorAll('button[data-ask]')) {
  button.disabled = !hasBoth;
  button.addEventListener('click', () => ask(button.dataset.ask));
}
if (!hasBoth) {
  const text = 'The server has both names only on its own machine: open this page there.';
  document.getElementById('log').replaceChildren(make('p', { class: 'empty' }, text));
}
