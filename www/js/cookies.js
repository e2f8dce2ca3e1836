import { answers, firstLine, told } from './answers.js';

const show = answers(['Asked', 'Answer', 'Content']);

const WAYS = {
  visit: ['api/visits', { cache: 'no-store' }],
  bare: ['api/visits', { cache: 'no-store', credentials: 'omit' }],
  forget: ['api/forget', { method: 'POST' }],
};

async function ask(button) {
  const [target, options] = WAYS[button.dataset.way];
  const { status, text } = await told(() => fetch(target, options));
  show(button.textContent, status, firstLine(text));
}

for (const button of document.querySelectorAll('button[data-way]')) {
  button.addEventListener('click', () => ask(button));
}
