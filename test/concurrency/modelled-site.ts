/** A real site under a model, with a module of routes that shows who answers. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureEvent } from '../../server-core/capture/events.ts';
import type { ModelName } from '../../server-core/concurrency/model.ts';
import { Engine } from '../../server-core/host/engine.ts';
import type { ServeDefaults } from '../../server-core/host/site-options.ts';
import { eventsOf } from '../support/events-of.ts';
import { makeFolder } from '../support/folder.ts';

// A process compiles all of the source: what one has compiled, the next need not.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'wirescope-test-compiled');

const ROUTES = `
import { createHash } from 'node:crypto';
import { threadId } from 'node:worker_threads';

const PIECE = 64 * 1024;
let aborts = 0;
let given = 0;
let drained = 0;
async function* endless() {
  for (;; given += PIECE) yield Buffer.alloc(PIECE);
}
async function* lines(count) {
  for (let i = 0; i < count; i++) yield Buffer.from('line ' + i + '\\n');
}
export default ({ route, textResponse, jsonResponse, readJson, byteSource, webSocketResponse, HttpError }) => [
  route('GET', '/who', () => jsonResponse({ pid: process.pid, thread: threadId })),
  route('GET', '/compute/:ms', (request, { ms }) => {
    const end = performance.now() + Number(ms);
    while (performance.now() < end);
    return textResponse('computed');
  }),
  route('GET', '/wait/:ms', async (request, { ms }) => {
    await new Promise((resolve) => setTimeout(resolve, Number(ms)));
    return textResponse('waited');
  }),
  route('GET', '/until-abort', (request) => new Promise((resolve) => {
    request.onAbort(() => { aborts++; resolve(textResponse('')); });
  })),
  route('GET', '/aborts', () => textResponse(String(aborts))),
  route('POST', '/sum', async (request) => {
    const hash = createHash('sha256');
    for await (const piece of request.body.chunks()) hash.update(piece);
    return textResponse(hash.digest('hex') + (request.trailers?.get('x-more') ?? ''));
  }),
  route('POST', '/json', async (request) => jsonResponse(await readJson(request))),
  route('GET', '/lines', (request) => {
    request.inform(103, [['Link', '</a.css>; rel=preload']]);
    const trailers = () => [['X-Lines', '3']];
    return { status: 200, fields: [], body: { ...byteSource(lines(3)), trailers, trailerNames: ['X-Lines'] } };
  }),
  route('GET', '/teapot', () => { throw new HttpError(418, 'It is a teapot'); }),
  route('GET', '/throw', () => { throw new Error('broken on purpose'); }),
  route('GET', '/exit', () => process.exit(3)),
  route('GET', '/echo', (request) => webSocketResponse(request, {
    onSession: (session) => session.onMessage((message) => void (typeof message === "string" ? session.sendText(message) : session.sendBinary(message))),
  })),
  route('GET', '/endless', () => ({ status: 200, fields: [], body: byteSource(endless()) })),
  route('GET', '/flood', (request) => webSocketResponse(request, {
    deflate: false,
    onSession: (session) => {
      while (session.sendBinary(Buffer.alloc(PIECE))) given += PIECE;
      session.onDrain(() => drained++);
    },
  })),
  route('GET', '/given', () => jsonResponse({ given, drained })),
  route('GET', '/big', () => ({ status: 200, fields: [], body: Buffer.alloc(3_000_000, 'b') })),
];
`;

export interface ModelledSite {
  readonly engine: Engine;
  readonly id: number;
  readonly port: number;
  readonly url: string;
  events(): CaptureEvent[];
  stop(): Promise<void>;
}

export async function modelledSite(
  model: ModelName,
  settings: Partial<ServeDefaults> = {},
): Promise<ModelledSite> {
  const folder = makeFolder({
    'a.txt': 'A file of some length',
    'large.bin': Buffer.alloc(2_000_000, 'x'),
    'routes.mjs': ROUTES,
  });
  const engine = new Engine(
    { host: 'browser', tour: folder.path, home: `${folder.path}/.home`, openUrl: () => {} },
    { port: 0, workers: 2, routes: `${folder.path}/routes.mjs`, ...settings, model },
  );
  const { server } = await engine.serve(folder.path);
  if (server.status !== 'running') throw new Error(server.problem);
  return {
    engine,
    id: server.id,
    port: server.port,
    url: server.url,
    events: () => eventsOf(engine.log),
    async stop() {
      await engine.stop();
      folder.remove();
    },
  };
}

/** Requests of a path, each on a connection of its own. */
export async function get(site: ModelledSite, path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(new URL(path, site.url), { headers: { connection: 'close' } });
  return { status: response.status, text: await response.text() };
}
