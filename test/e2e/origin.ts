/** A server to put the window in front of, that answers in every way the detail can show. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';

export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGklEQVR4nGP4TyJgGNUwqmFUw6iGUQ1UAwB0zv8BMrh5pAAAAABJRU5ErkJggg==',
  'base64',
);
const FONT = readFileSync(
  new URL(import.meta.resolve('@fontsource-variable/inter/files/inter-greek-wght-normal.woff2')),
);
export const LESSONS = {
  lang: 'en',
  lessons: ['bytes', 'chunks', 'ranges', 'cache'].map((name, i) => ({ id: i + 1, name, done: i % 2 === 0 })),
  next: 'chunks',
  exact: 12345678901234567890n.toString(),
};
export const SCRIPT =
  'export function total(items){let sum=0;for(const item of items){if(item.price>0){sum+=item.price*item.count}}return sum}' +
  'document.querySelector("#go").addEventListener("click",()=>{fetch("/api",{method:"POST"}).then((r)=>r.json())});';
const PAGE =
  '<!doctype html><html><head><title>Shop</title><style>p{color:red}</style></head><body><h1>Shop</h1><p>Hello <b>you</b></p><script>alert("must not run")</script></body></html>';

/** Every way to run, load or lead away that a page has. */
const HOSTILE = `<!doctype html><html><head><title>Trap</title><base href="http://127.0.0.1:9/">
<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/refresh"><link rel="stylesheet" href="/sheet.css">
<style>@import "/import.css"; p { color: red; background: url(/ground.png) } @font-face { font-family: x; src: url("/x.woff") }</style>
<script>globalThis.ran = 1; alert("script")</script><script src="/script.js"></script></head>
<body onload="alert('load')" background="/body.png"><p>Hello <b style="color: blue; background: url('/b.png')">you</b></p>
<img id="held" src="data:image/png;base64,${PIXEL.toString('base64')}"><img src="/lost.png" onerror="alert('error')">
<svg><script>alert("svg")</script><image href="/image.svg"/><animate onbegin="alert('begin')" attributeName="x"/></svg>
<a id="a" href="http://127.0.0.1:9/a" target="_top" ping="/ping">leave</a> <a id="lost" href="javascript:alert('link')">run</a>
<form action="http://127.0.0.1:9/form"><button>send</button></form><iframe src="http://127.0.0.1:9/frame"></iframe>
<object data="/object"></object><embed src="/embed"><video src="/video" poster="/poster.png" autoplay></video>
<math><mi xlink:href="javascript:alert(1)">x</mi></math><noscript><img src="/noscript.png"></noscript></body></html>`;

export interface Origin {
  readonly url: string;
  close(): Promise<void>;
}

export async function startOrigin(): Promise<Origin> {
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.send('{"hello":"from the server"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request);
  const { pathname } = new URL(request.url ?? '/', 'http://origin');
  switch (pathname) {
    case '/json':
      response.setHeader('Set-Cookie', ['id=7; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600', 'theme=dark']);
      response.setHeader('Cache-Control', 'max-age=3600');
      response.setHeader('ETag', '"v1"');
      return send(response, 'application/json', JSON.stringify(LESSONS));
    case '/picture':
      return send(response, 'image/png', PIXEL);
    case '/tone':
      return send(response, 'audio/wav', tone());
    case '/font':
      return send(response, 'font/woff2', FONT);
    case '/script':
      response.setHeader('Content-Encoding', 'gzip');
      response.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' });
      // No length: chunked.
      for (const half of halves(gzipSync(SCRIPT))) response.write(half);
      response.end();
      return;
    case '/page':
      // Which browsers undo for themselves, and not for a page.
      response.setHeader('Content-Encoding', 'br');
      return send(response, 'text/html; charset=utf-8', brotliCompressSync(PAGE));
    case '/hostile':
      return send(response, 'text/html; charset=utf-8', HOSTILE);
    case '/large':
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': 100_000_000 });
      return pour(response, 100_000_000);
    case '/hints':
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      return send(response, 'text/plain; charset=utf-8', 'after hints');
    case '/odd':
      response.setHeader('Cache-Control', 'maxage=60');
      response.setHeader('Expires', 'tomorrow');
      response.setHeader('Set-Cookie', 'id=1; SameSite=None');
      return send(response, 'text', 'odd');
    case '/events':
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': hello\n\nid: 1\nevent: tick\ndata: {"n":1}\n\n');
      response.write('data: two\ndata: lines\n\n');
      return;
    case '/upload':
      return send(response, 'text/plain; charset=utf-8', 'taken');
    default:
      response.statusCode = 404;
      return send(response, 'text/plain; charset=utf-8', `Nothing at ${pathname}`);
  }
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

const LINE = 'a line of sixty-three characters, which with its end are sixty-four.\n'.slice(-64);

function pour(response: ServerResponse, length: number): void {
  let left = length;
  const block = Buffer.from(LINE.repeat(1024));
  const more = () => {
    while (left > 0) {
      const piece = block.subarray(0, left);
      left -= piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}

/** A tenth of a second of silence, RIFF WAVE, 8 bits at 8 kHz. */
function tone(): Buffer {
  const samples = Buffer.alloc(800, 0x80);
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

function halves(bytes: Buffer): Buffer[] {
  const middle = bytes.length >> 1;
  return [bytes.subarray(0, middle), bytes.subarray(middle)];
}
