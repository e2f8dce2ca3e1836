import { answers, firstLine, told } from './answers.js';

const show = answers(['Asked', 'Told', 'Arrived at', 'Content']);
const POSTS = ['see-other', 'keep-method'];

async function ask(way) {
  const method = POSTS.includes(way) ? 'POST' : 'GET';
  const content = method === 'POST' ? { body: new URLSearchParams({ name: 'Ada' }) } : {};
  const target = `api/${way}`;
  const { response, status, text } = await told(() => fetch(target, { method, cache: 'no-store', ...content }));
  show(`${method} /${target}`, status, response ? new URL(response.url).pathname : '—', firstLine(text));
}

for (const button of document.querySelectorAll('button[data-way]')) {
  button.addEventListener('click', () => ask(button.dataset.way));
}
