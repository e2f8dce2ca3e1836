import { groupDigits, make, statusCell } from './readings.js';

/** Longer than any server takes: most stop at 8 KiB for the target, and at 16 to 64 KiB for the head. */
const LONG_TARGET = 9_000;
const LONG_FIELD = 40_000;

const ASKS = [
  { target: 'nothing-here.html', why: 'There is no such file.' },
  { target: 'Index.html', why: 'Names have case. (Where the disk has none, this is found.)' },
  { target: 'formats', why: 'It is a folder, and the slash at the end is missing. The browser follows the redirect.' },
  { target: '.env', why: 'Names that begin with a dot are hidden, whether they are there or not.' },
  { target: 'formats/100%', why: 'A percent sign must be followed by two hex digits.' },
  { target: 'formats%2Fplain.txt', why: 'An escaped slash cannot be part of a name.' },
  { target: 'a'.repeat(LONG_TARGET), shown: `aaaa… (${groupDigits(LONG_TARGET)} letters)`, why: 'The target is longer than the server takes.' },
  { target: 'style.css', method: 'POST', why: 'Files can be read here, not written to.' },
  { target: 'style.css', headers: { Range: 'bytes=999999-' }, why: 'The range begins beyond the end of the file.' },
  { target: 'style.css', headers: { 'If-Match': '"some-other-state"' }, why: 'The condition does not hold.' },
  { target: 'style.css', headers: { 'X-Filler': 'x'.repeat(LONG_FIELD) }, shownField: `X-Filler: xxxx… (${groupDigits(LONG_FIELD)} letters)`, why: 'The head is longer than the server takes.' },
];

function row(ask) {
  const method = ask.method ?? 'GET';
  const answer = make('td');
  const button = make('button', { type: 'button' }, 'Ask');
  answer.append(button);
  const run = async () => {
    button.disabled = true;
    try {
      const response = await fetch(ask.target, { method, cache: 'no-store', headers: ask.headers ?? {} });
      const cell = statusCell(response.status, response.statusText);
      // A script is told of the last answer only, and that there was one before.
      answer.replaceChildren(...(response.redirected ? [make('span', { class: 'then' }, 'Redirected, then'), cell] : [cell]));
    } catch {
      answer.replaceChildren('closed without one');
    }
  };
  button.addEventListener('click', run);
  const asked = make('td', { class: 'mono' }, `${method} ${ask.shown ?? ask.target}`);
  const field = ask.shownField ?? Object.entries(ask.headers ?? {}).map(([name, value]) => `${name}: ${value}`)[0];
  if (field) asked.append(make('br'), make('span', { class: 'unit' }, field));
  return { element: make('tr', {}, asked, make('td', {}, make('p', {}, ask.why)), answer), run };
}

const rows = ASKS.map(row);
document.getElementById('asks').replaceChildren(...rows.map(({ element }) => element));
document.getElementById('ask-all').addEventListener('click', async () => {
  for (const { run } of rows) await run();
});

const HOST = location.host;
const BROKEN = [
  ['A space before the colon of a field', `GET / HTTP/1.1\\r\\nHost : ${HOST}\\r\\n\\r\\n`],
  ['No Host', 'GET / HTTP/1.1\\r\\n\\r\\n'],
  ['Two lengths that differ', `POST / HTTP/1.1\\r\\nHost: ${HOST}\\r\\nContent-Length: 3\\r\\nContent-Length: 5\\r\\n\\r\\n`],
  ['A length and chunks at once', `POST / HTTP/1.1\\r\\nHost: ${HOST}\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n`],
  ['A chunk size that is no number', `POST / HTTP/1.1\\r\\nHost: ${HOST}\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nx9\\r\\n`],
  ['The first bytes of TLS', '\\026\\003\\001\\000\\005hello'],
];

function command([what, bytes]) {
  const port = location.port || '80';
  const text = `printf '${bytes}' | nc ${location.hostname.replace(/^\[|\]$/g, '')} ${port}`;
  const code = make('code', {}, text);
  const copy = make('button', { type: 'button' }, navigator.clipboard ? 'Copy' : 'Select');
  copy.addEventListener('click', async () => {
    // A page of another machine, without TLS, has no clipboard.
    if (!navigator.clipboard) return getSelection().selectAllChildren(code);
    await navigator.clipboard.writeText(text);
    copy.textContent = 'Copied';
    setTimeout(() => (copy.textContent = 'Copy'), 1500);
  });
  return make('div', { class: 'raw' }, make('div', {}, make('p', {}, what), code), copy);
}

document.getElementById('commands').replaceChildren(...BROKEN.map(command));
