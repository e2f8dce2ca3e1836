import { answers, firstLine, told } from './answers.js';

const show = answers(['Sent', 'Answer', 'Allow', 'Content']);
const SAFE = ['GET', 'HEAD'];

async function ask(method) {
  const target = SAFE.includes(method) ? 'methods.html' : 'api/echo';
  const content = method === 'POST' || method === 'PUT' ? { body: 'hello, wire' } : {};
  const { response, status, text } = await told(() => fetch(target, { method, cache: 'no-store', ...content }));
  show(`${method} /${target}`, status, response?.headers.get('Allow') ?? '—', firstLine(text));
}

for (const button of document.querySelectorAll('button[data-method]')) {
  button.addEventListener('click', () => ask(button.dataset.method));
}
