import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { siteWithRoutes } from './site-with-routes.ts';

const HTML = { headers: { accept: 'text/html' } };

describe('what a module may export', () => {
  it.each([
    [
      'an array of routes',
      `export default ({ route, textResponse }) => [route('GET', '/a', () => textResponse('A'))];`,
    ],
    [
      'a router',
      `export default ({ route, router, textResponse }) => router([route('GET', '/a', () => textResponse('A'))]);`,
    ],
    [
      'a handler',
      `export default (request) => request.target.path === '/a' ? { status: 200, fields: [], body: Buffer.from('A') } : undefined;`,
    ],
    [
      'an async handler',
      `export default async (request) => { if (request.target.path === '/a') return { status: 200, fields: [], body: Buffer.from('A') } };`,
    ],
    [
      'a middleware',
      `export default (request, next) => request.target.path === '/a' ? { status: 200, fields: [], body: Buffer.from('A') } : next(request);`,
    ],
    [
      'what makes a middleware, later',
      `export default async ({ textResponse }) => (request, next) => request.target.path === '/a' ? textResponse('A') : next(request);`,
    ],
    [
      'what makes a handler',
      `export default ({ textResponse, files }) => (request) => request.target.path === '/a' ? textResponse('A') : files(request);`,
    ],
    [
      'plain rows',
      `export default [{ method: 'GET', pattern: '/a', handler: () => ({ status: 200, fields: [], body: Buffer.from('A') }) }];`,
    ],
  ])('%s', async (_, source) => {
    const site = await siteWithRoutes({ 'routes.mjs': source, 'note.txt': 'a note' });
    expect(await site.text('/a')).toBe('A');
    expect(await site.text('/note.txt')).toBe('a note');
    expect((await site.get('/missing')).status).toBe(404);
    expect(site.program.stderr).toBe('');
  });

  it.each([
    ['routes.js', `import { answer } from './lib/answer.js'; export default () => answer();`],
    [
      'routes.ts',
      `import type { X } from './x.ts'; const answer = (n: number): string => String(n); export default ({ textResponse }: any) => () => textResponse(answer(42));`,
    ],
  ])('in %s', async (file, source) => {
    const lib = `export const answer = () => [{ method: 'GET', pattern: '/a', handler: () => ({ status: 200, fields: [], body: Buffer.from('42') }) }];`;
    const files = { [file]: source, 'lib/answer.js': lib, 'lib/package.json': '{"type":"module"}' };
    const site = await siteWithRoutes(files, { file });
    expect(await site.text('/a')).toBe('42');
    expect(site.program.stderr).toBe('');
  });

  it.each([
    [`export const a = 1;`, /The module has no default export/],
    [`export default 5;`, /The default export is a number; routes, a handler or a middleware is expected/],
    [`export default ({ rout }) => [];`, /There is no rout in what a module is given: route, router,/],
    [`export default [5];`, /Item 0 of the routes is a number; route\(method, pattern, handler\) makes one/],
    [`export default ({ route }) => [route('GET', '/a'), route('GET', '/a')];`, /Item 0 of the routes/],
  ])('and what not: %s', async (source, because) => {
    const site = await siteWithRoutes({ 'routes.mjs': source });
    const response = await site.get('/a');
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(because);
  });
});

describe('what a module can do', () => {
  const SOURCE = `
    export default ({ route, jsonResponse, readJson, readUrlencoded, eventStream, HttpError }) => [
      route('POST', '/json', async (request) => jsonResponse({ got: await readJson(request) })),
      route('POST', '/form', async (request) => jsonResponse([...(await readUrlencoded(request))])),
      route('GET', '/events', (request) => eventStream(request, async function* () { yield { data: 'one' }; })),
      route('GET', '/teapot', () => { throw new HttpError(418, 'Short and stout'); }),
    ];`;

  it('bodies, events, errors meant for the client', async () => {
    const site = await siteWithRoutes({ 'routes.mjs': SOURCE });
    const json = { method: 'POST', body: '[1]', headers: { 'content-type': 'application/json' } };
    expect(await site.text('/json', json)).toBe('{"got":[1]}');
    expect(await site.text('/form', { method: 'POST', body: new URLSearchParams('a=1&b=2') })).toBe(
      '[["a","1"],["b","2"]]',
    );
    expect(await site.text('/events')).toBe('data: one\n\n');
    const teapot = await site.get('/teapot');
    expect(teapot.status).toBe(418);
    expect(await teapot.text()).toMatch(/Short and stout/);
    expect((await site.get('/json')).status).toBe(405);
    expect(site.program.stderr).toBe('');
  });

  it('answers are coded as those of files are', async () => {
    const source = `export default ({ textResponse }) => () => textResponse('long '.repeat(1000));`;
    const coded = await siteWithRoutes({ 'routes.mjs': source });
    expect((await coded.get('/')).headers.get('content-encoding')).not.toBeNull();
    const plain = await siteWithRoutes({ 'routes.mjs': source }, { args: ['--no-compress'] });
    expect((await plain.get('/')).headers.get('content-encoding')).toBeNull();
  });
});

describe('the source of the module', () => {
  it('is not served, nor listed, when it lies in the folder', async () => {
    const site = await siteWithRoutes({ 'routes.mjs': 'export default [];', 'lib.mjs': 'export {};' });
    expect((await site.get('/routes.mjs')).status).toBe(404);
    expect((await site.get('/%72outes.mjs')).status).toBe(404);
    symlinkSync('routes.mjs', join(site.folder, 'link.mjs'));
    expect((await site.get('/link.mjs')).status).toBe(404);
    const listing = await site.text('/', HTML);
    expect(listing).toContain('lib.mjs');
    expect(listing).not.toMatch(/routes\.mjs|link\.mjs/);
  });
});

const version = (text: string) => `export default ({ textResponse }) => () => textResponse('${text}');`;

describe('a module that changes', () => {
  it('is loaded again, however it is saved', async () => {
    const site = await siteWithRoutes({ 'routes.mjs': version('one') });
    expect(await site.text('/')).toBe('one');
    for (const text of ['two', 'three']) {
      site.save('routes.mjs', version(text));
      await site.becomes('/', text);
    }
    writeFileSync(join(site.folder, 'routes.mjs'), version('four'));
    await site.becomes('/', 'four');
  });

  it('and so is it when what it imports does, at whatever depth', async () => {
    const site = await siteWithRoutes({
      'routes.mjs': `import { a } from './lib/a.mjs'; import data from './data.json' with { type: 'json' };
        export default ({ textResponse }) => () => textResponse(a + data.n);`,
      'lib/a.mjs': `import { b } from './b.mjs'; export const a = b + 'a';`,
      'lib/b.mjs': `export const b = 'b1';`,
      'data.json': '{"n":1}',
    });
    expect(await site.text('/')).toBe('b1a1');
    site.save('lib/b.mjs', `export const b = 'b2';`);
    await site.becomes('/', 'b2a1');
    site.save('data.json', '{"n":2}');
    await site.becomes('/', 'b2a2');
  });

  it('finishes what it began, and is told that it was replaced', async () => {
    const site = await siteWithRoutes({
      'routes.mjs': `export default ({ route, textResponse, signal }) => [
        route('GET', '/slow', () => new Promise((resolve) => { globalThis.release = () => resolve(textResponse('old, ' + signal.aborted)); })),
        route('GET', '/now', () => textResponse('old')),
      ];`,
    });
    expect(await site.text('/now')).toBe('old');
    const slow = site.text('/slow');
    site.save(
      'routes.mjs',
      `export default ({ route, textResponse }) => [
        route('GET', '/now', () => textResponse('new')),
        route('GET', '/release', () => { globalThis.release(); return textResponse(''); }),
      ];`,
    );
    await site.becomes('/now', 'new');
    await site.text('/release');
    expect(await slow).toBe('old, true');
  });
});

describe('a module that is broken', () => {
  it('is shown with its line, to people and to programs, while files are served', async () => {
    const site = await siteWithRoutes(
      { 'routes.mjs': `export default [\n  1,\n  2 3\n];\n`, 'note.txt': 'a note' },
      { args: ['--json'] },
    );
    const text = await site.get('/api');
    expect(text.status).toBe(500);
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await text.text()).toBe(
      `SyntaxError: Unexpected number\n    at routes.mjs:3:5\n\n     1 | export default [\n     2 |   1,\n>    3 |   2 3\n       |     ^\n     4 | ];\n\nIt is loaded again as soon as it is saved; files are served on.\n`,
    );
    const html = await site.get('/api', HTML);
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await html.text()).toMatch(
      /<h1>.*500.*routes\.mjs failed<\/h1>.*SyntaxError: Unexpected number.*class="here"><i>3/s,
    );
    expect(await site.text('/note.txt')).toBe('a note');
    expect((await site.get('/note.txt', { method: 'POST' })).status).toBe(500);
    expect(site.program.stderr.match(/SyntaxError/g)).toHaveLength(1);
    await site.program.find(
      /"problem":"routes\.mjs cannot be loaded: SyntaxError: Unexpected number \(routes\.mjs:3:5\)"/,
    );
    await site.program.find(/routes\.mjs failed: SyntaxError: Unexpected number/);

    site.save('routes.mjs', version('right'));
    await site.becomes('/api', 'right');
    await site.program.find(/^routes\.mjs works again$/m, 'stderr');
    const lastState = () =>
      site.program.stdout.split('\n').findLast((line) => line.includes('"kind":"server"'));
    await expect.poll(lastState).not.toContain('problem');
  });

  it.each([
    [`import './gone.mjs';\nexport default [];`, /Cannot find \.\/gone\.mjs\n {4}at routes\.mjs:1:8/],
    [`\nimport x from 'no-such-package';`, /Cannot find no-such-package\n {4}at routes\.mjs:2:15/],
    [`import { nope } from './lib.mjs';`, /does not provide an export named 'nope'\n {4}at routes\.mjs:1:10/],
    [
      `function f() {\n  null.x;\n}\nf();`,
      /TypeError: .*\n {4}at f \(routes\.mjs:2:8\)\n {4}at routes\.mjs:4:1\n\n/,
    ],
    [`import './bad.mjs';`, /SyntaxError: .*\n {4}at bad\.mjs:2:5/],
    [`throw 'a text';`, /Thrown: 'a text'/],
    [`throw new Error('outer', { cause: new Error('inner') });`, /outer \(caused by Error: inner\)/],
  ])('%s', async (source, shown) => {
    const site = await siteWithRoutes({
      'routes.mjs': source,
      'lib.mjs': 'export {};',
      'bad.mjs': 'f(\n  );]',
    });
    expect(await site.text('/')).not.toMatch(shown);
    expect(await site.text('/x')).toMatch(shown);
  });

  it('recovers when what it misses is made', async () => {
    const source = `import { a } from './later.mjs';\nexport default ({ textResponse }) => () => textResponse(a);`;
    const site = await siteWithRoutes({ 'routes.mjs': source });
    expect((await site.get('/x')).status).toBe(500);
    site.save('later.mjs', `export const a = 'A';`);
    await site.becomes('/x', 'A');
  });
});

describe('a handler that throws', () => {
  it('is shown by its own frames, and told of once', async () => {
    const site = await siteWithRoutes(
      {
        'routes.mjs': `import { deep } from './lib/deep.mjs';\nexport default (request) => deep(request.method);\n`,
        'lib/deep.mjs': `export function deep() {\n  return Promise.resolve().then(function later() {\n    throw new RangeError('too <deep>');\n  });\n}\n`,
      },
      { args: ['--json'] },
    );
    const shown = /RangeError: too <deep>\n {4}at later \(lib\/deep\.mjs:3:11\)\n/;
    expect(await site.text('/')).toMatch(shown);
    const html = await site.text('/', HTML);
    expect(html).toContain('too &lt;deep&gt;');
    expect(html).not.toContain('<deep>');
    expect(html).not.toContain('node:internal');
    await site.program.find(/RangeError: too <deep>/, 'stderr');
    expect(site.program.stderr.match(/RangeError: too <deep>/g)).toHaveLength(1);
    await site.program.find(
      /"mark":"note","detail":"routes\.mjs failed: RangeError: too <deep> \(lib\/deep\.mjs:3:11\)"/,
    );
  });

  it.each([
    [`() => 'text'`, /answered with a string; textResponse/],
    [`() => ({ status: 1000, fields: [] })`, /the status 1000/],
    [`() => ({ status: 200, fields: { a: 'b' } })`, /a list of \[name, value\]/],
    [`() => ({ status: 200, fields: [], body: 'text' })`, /The body of the response is a string/],
  ])('or answers with what is no response: %s', async (handler, because) => {
    const source = `export default ({ route }) => [route('GET', '/', ${handler})];`;
    const site = await siteWithRoutes({ 'routes.mjs': source });
    expect(await site.text('/')).toMatch(because);
  });

  it('does not end the program from a timer or a promise, and that is told, too', async () => {
    const site = await siteWithRoutes({
      'routes.mjs': `export default ({ textResponse }) => () => {
        setTimeout(() => { throw new Error('late'); });
        void (async () => { throw new Error('forgotten'); })();
        return textResponse('fine');
      };`,
    });
    expect(await site.text('/')).toBe('fine');
    await site.program.find(/Error: late/, 'stderr');
    await site.program.find(/Error: forgotten/, 'stderr');
    expect(await site.text('/')).toBe('fine');
  });

  it('shows no lines to other machines', async () => {
    const site = await siteWithRoutes({ 'routes.mjs': 'secret();' }, { args: ['--lan'] });
    const response = await site.get('/x');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });
});

it('a module in front of another server answers first', async () => {
  const behind = await siteWithRoutes({ 'routes.mjs': version('behind') });
  const front = await siteWithRoutes({
    'routes.mjs': `export default ({ route, textResponse, proxy }) => { const rest = proxy('${behind.url}'); return [
      route('GET', '/mine', () => textResponse('front')),
      route('GET', '/*', rest),
    ]; };`,
  });
  expect(await front.text('/mine')).toBe('front');
  expect(await front.text('/other')).toBe('behind');
});

it('holds a WebSocket open while the module is loaded again', async () => {
  const site = await siteWithRoutes({
    'routes.mjs': `export default ({ route, webSocketResponse, textResponse }) => [
      route('GET', '/socket', (request) => webSocketResponse(request, {
        onSession: (session) => session.onMessage((message) => session.sendText('old ' + message)),
      })),
      route('GET', '/', () => textResponse('one')),
    ];`,
  });
  const socket = new WebSocket(`${site.url.replace('http', 'ws')}socket`);
  await new Promise((resolve) => socket.once('open', resolve));
  site.save('routes.mjs', version('two'));
  await site.becomes('/', 'two');
  const heard = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
  socket.send('ping');
  expect(await heard).toBe('old ping');
  socket.close();
});

it('fails the WebSocket whose listener throws, says where, and serves on', async () => {
  const site = await siteWithRoutes({
    'routes.mjs': `export default ({ route, webSocketResponse, textResponse }) => [
      route('GET', '/socket', (request) => webSocketResponse(request, {
        onSession: (session) => session.onMessage((message) => message.no.such.thing),
      })),
      route('GET', '/', () => textResponse('still here')),
    ];`,
  });
  const socket = new WebSocket(`${site.url.replace('http', 'ws')}socket`);
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send('ping');
  expect(await closed).toBe(1011);
  await site.program.find(/routes\.mjs:3/, 'stderr');
  expect(await site.text('/')).toBe('still here');
});
