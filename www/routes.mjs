/**
 * What the pages of this site ask for and files cannot answer. Wirescope runs it for its own site only; for a folder
 * of yours, name a module like this with --routes.
 */
import { setTimeout as pause } from 'node:timers/promises';

const MOST_WAIT_MS = 5000;
const MIB = 1024 * 1024;
const encoder = new TextEncoder();

export default (api) => [
  ...answers(api),
  ...redirects(api),
  ...state(api),
  ...forms(api),
  ...negotiation(api),
  ...streams(api),
];

function answers({ route, textResponse, jsonResponse, HttpError }) {
  return [
    route('GET', '/api/time', () => jsonResponse({ time: new Date().toISOString() }, noStore())),
    route('GET', '/api/slow', async (request) => {
      const ms = number(request, 'ms', 1000, MOST_WAIT_MS);
      await pause(ms);
      return textResponse(`This took ${ms} ms to think of.\n`, noStore());
    }),
    route('POST', '/api/echo', async (request) => {
      // The length alone is enough to refuse it; what comes in chunks is refused when it has become too much.
      if (Number(field(request, 'content-length')) > MIB) throw new HttpError(413, 'This takes a mebibyte at most');
      const bytes = await request.body.bytes(MIB);
      return { status: 200, fields: [['Content-Type', 'text/plain; charset=utf-8']], body: bytes };
    }),
    route('GET', '/api/error', () => {
      throw new Error('This route always fails, so that a 500 can be seen');
    }),
    route('GET', '/api/teapot', () => {
      throw new HttpError(418, 'This server is a teapot');
    }),
  ];
}

function redirects({ route, textResponse }) {
  const to = (status, location) => () =>
    textResponse('', { status, fields: [['Location', location], ...noStore().fields] });
  return [
    route('GET', '/api/moved', to(301, '/api/arrived')),
    route('GET', '/api/found', to(302, '/api/arrived')),
    route('POST', '/api/see-other', to(303, '/api/arrived')),
    route('POST', '/api/keep-method', to(307, '/api/arrived')),
    route('GET', '/api/round', to(302, '/api/and-round')),
    route('GET', '/api/and-round', to(302, '/api/round')),
    route('*', '/api/arrived', (request) => textResponse(`You arrived, by ${request.method}.\n`, noStore())),
  ];
}

function state({ route, jsonResponse, textResponse, compose, basicAuth }) {
  const guard = basicAuth({ realm: 'The tour', users: { reader: 'open sesame' } });
  const inside = compose([guard], () => textResponse('You are in. The password crossed the wire in Base64.\n'));
  return [
    route('GET', '/api/visits', (request) => {
      const visits = Number(/(?:^|;\s*)visits=(\d{1,6})/.exec(field(request, 'cookie'))?.[1] ?? 0) + 1;
      const fields = [['Set-Cookie', `visits=${visits}; Path=/; Max-Age=3600; SameSite=Lax; HttpOnly`]];
      return jsonResponse({ visits }, { fields: [...fields, ...noStore().fields] });
    }),
    route('POST', '/api/forget', () => {
      const fields = [['Set-Cookie', 'visits=; Path=/; Max-Age=0']];
      return textResponse('The cookie is gone.\n', { fields });
    }),
    route('GET', '/api/private', (request) => inside(request)),
  ];
}

function forms({ route, htmlResponse, readUrlencoded, receiveUploads }) {
  return [
    route('POST', '/api/form', async (request) => {
      const fields = await readUrlencoded(request);
      return htmlResponse(reply('The form arrived', `The name in it is “${escape(fields.get('name') ?? '')}”.`));
    }),
    route('POST', '/api/upload', (request) =>
      receiveUploads(
        request,
        ({ files }) => {
          const [file] = files;
          if (file === undefined) return htmlResponse(reply('The upload arrived', 'There was no file in it.'));
          const said = `“${escape(file.name)}” has ${file.length} bytes. They were thrown away.`;
          return htmlResponse(reply('The upload arrived', said));
        },
        { maxTotalBytes: 8 * MIB },
      ),
    ),
  ];
}

function negotiation({ route, textResponse, jsonResponse, compose, cors, HttpError }) {
  const open = compose([cors()], () => textResponse('A page of another origin may read this.\n', noStore()));
  return [
    route('GET', '/api/greeting', (request) => {
      const wants = field(request, 'accept-language').toLowerCase();
      const language = ['de', 'fr', 'ja'].find((each) => wants.startsWith(each)) ?? 'en';
      const fields = [['Content-Language', language], ['Vary', 'Accept-Language, Accept']];
      const greeting = { de: 'Guten Tag', fr: 'Bonjour', ja: 'こんにちは', en: 'Good day' }[language];
      const accept = field(request, 'accept') || '*/*';
      if (accept.includes('application/json')) return jsonResponse({ greeting }, { fields });
      if (/\*\/\*|text\/(plain|\*)/.test(accept)) return textResponse(`${greeting}\n`, { fields });
      throw new HttpError(406, 'There is text and JSON here, nothing else');
    }),
    route('*', '/api/open', open),
    route('*', '/api/closed', () => textResponse('No page of another origin reads this.\n', noStore())),
  ];
}

function streams({ route, byteSource, eventStream, webSocketResponse }) {
  return [
    route('GET', '/api/count', (request) => {
      const ms = number(request, 'ms', 200, 1000);
      async function* numbers() {
        for (let n = 1; n <= 10; n++) {
          yield encoder.encode(`${n}\n`);
          await pause(ms);
        }
      }
      const fields = [['Content-Type', 'text/plain'], ...noStore().fields];
      return { status: 200, fields, body: byteSource(numbers()) };
    }),
    route('GET', '/api/flood', () => {
      const piece = new Uint8Array(64 * 1024).fill(46);
      async function* pieces() {
        for (let sent = 0; sent < 64 * MIB; sent += piece.length) yield piece;
      }
      const fields = [['Content-Type', 'application/octet-stream'], ...noStore().fields];
      return { status: 200, fields, body: byteSource(pieces(), 64 * MIB) };
    }),
    route('GET', '/api/events', (request) =>
      eventStream(request, async function* ({ lastEventId, signal }) {
        for (let n = Number(lastEventId ?? 0) + 1; n <= 100 && !signal.aborted; n++) {
          yield { id: String(n), data: new Date().toISOString() };
          await pause(1000, undefined, { signal }).catch(() => {});
        }
      }),
    ),
    route('GET', '/api/socket', (request) =>
      webSocketResponse(request, {
        onSession: (session) =>
          session.onMessage((message) => {
            if (typeof message === 'string') session.sendText(message.toUpperCase());
            else session.sendBinary(message);
          }),
      }),
    ),
  ];
}

function noStore() {
  return { fields: [['Cache-Control', 'no-store']] };
}

function field(request, name) {
  return request.head.fields.get(name) ?? '';
}

function number(request, name, otherwise, most) {
  const given = new URLSearchParams(request.target.query ?? '').get(name);
  const value = given === null ? otherwise : Number(given);
  return Number.isFinite(value) ? Math.min(Math.max(0, value), most) : otherwise;
}

function reply(title, said) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title} · Wirescope</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="/mark.svg">
<link rel="stylesheet" href="/style.css">
<main>
<header class="lead"><h1>${title}</h1><p>${said}</p><p><a href="/forms.html">Back to the forms</a></p></header>
</main>
</html>
`;
}

function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
