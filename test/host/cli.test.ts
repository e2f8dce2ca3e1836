import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaptureFile } from '../../server-core/host/capture-file.ts';
import { RawClient } from '../net/raw-client.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';

const LISTENING = /^listening (http:\S+)$/m;

let folder: ReturnType<typeof makeFolder>;
const programs: Program[] = [];

function run(...args: string[]): Program {
  const program = new Program(args);
  programs.push(program);
  return program;
}

beforeEach(() => {
  folder = makeFolder({ 'index.html': '<h1>Hi</h1>', 'note.txt': 'a note' });
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop('SIGKILL')));
  folder.remove();
});

describe('serving', () => {
  it('prints one line, serves, and ends with 0 on SIGTERM', async () => {
    const program = run(folder.path, '--port', '0', '--no-ui');
    const url = await program.find(LISTENING);
    expect(await (await fetch(`${url}note.txt`)).text()).toBe('a note');
    expect(await program.stop('SIGTERM')).toBe(0);
    expect(program.stdout).toBe(`listening ${url}\n`);
    expect(program.stderr).toBe('');
  });

  it('ends with 0 on SIGINT with a connection open', async () => {
    const program = run(folder.path, '--port', '0', '--no-ui');
    const url = new URL(await program.find(LISTENING));
    const client = await RawClient.open(Number(url.port));
    expect(await program.stop('SIGINT')).toBe(0);
    client.close();
  });

  it('listens on ::1 as well, where there is one', async () => {
    const program = run(folder.path, '--port', '0', '--no-ui');
    const { port } = new URL(await program.find(LISTENING));
    const client = await RawClient.open(Number(port), '::1').catch(
      (error: NodeJS.ErrnoException) => error.code,
    );
    if (typeof client === 'string')
      return expect(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH']).toContain(client);
    await client?.send('GET /note.txt HTTP/1.1\r\nHost: [::1]\r\n\r\n');
    expect((await client?.response())?.body).toBe('a note');
    client?.close();
  });

  it('takes the next free port and says so', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as { port: number };
    const program = run(folder.path, '--port', String(port), '--no-ui');
    const url = await program.find(LISTENING);
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
    expect(program.stderr).toMatch(new RegExp(`^Port ${port} is taken( by .+)?, so \\d+ is used$`, 'm'));
    blocker.close();
  });

  it('serves the folder of a file and says so', async () => {
    const program = run(`${folder.path}/note.txt`, '--port', '0', '--no-ui');
    const url = await program.find(LISTENING);
    expect((await fetch(url)).status).toBe(200);
    expect(program.stderr).toMatch(/^note\.txt is a file, so its folder is served/m);
  });

  it('serves the tour when no path is given', async () => {
    const program = run('--port', '0', '--no-ui');
    expect(await (await fetch(await program.find(LISTENING))).text()).toMatch(/Wirescope/);
  });
});

describe('settings', () => {
  it('--spa answers visits to unknown paths with the index, and nothing else', async () => {
    const url = await run(folder.path, '--port', '0', '--no-ui', '--spa').find(LISTENING);
    const visit = await fetch(`${url}some/route`, { headers: { accept: 'text/html' } });
    expect(await visit.text()).toBe('<h1>Hi</h1>');
    expect((await fetch(`${url}missing.png`, { headers: { accept: 'image/png' } })).status).toBe(404);
  });

  it('--cors and --isolate add their fields', async () => {
    const url = await run(folder.path, '--port', '0', '--no-ui', '--cors', '--isolate').find(LISTENING);
    const { headers } = await fetch(`${url}note.txt`, { headers: { origin: 'http://elsewhere.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it('--clean-urls, --cache and --no-compress change what files are sent as', async () => {
    writeFileSync(`${folder.path}/about.html`, `<p>${'about '.repeat(1000)}`);
    const plain = await run(folder.path, '--port', '0', '--no-ui').find(LISTENING);
    const before = await fetch(`${plain}about.html`);
    expect(before.headers.get('content-encoding')).not.toBeNull();
    expect(before.headers.get('cache-control')).toBe('no-cache');
    expect((await fetch(`${plain}about`)).status).toBe(404);
    const set = ['--clean-urls', '--cache', '60', '--no-compress'];
    const url = await run(folder.path, '--port', '0', '--no-ui', ...set).find(LISTENING);
    const after = await fetch(`${url}about`);
    expect(after.status).toBe(200);
    expect(after.headers.get('content-encoding')).toBeNull();
    expect(after.headers.get('cache-control')).toMatch(/max-age=60/);
  });

  it('--auth asks for the password', async () => {
    const url = await run(folder.path, '--port', '0', '--no-ui', '--auth', 'me:a:b').find(LISTENING);
    expect((await fetch(url)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('me:a:b').toString('base64')}`;
    expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
  });

  it('a URL puts it in front of another server', async () => {
    const behind = await run(folder.path, '--port', '0', '--no-ui').find(LISTENING);
    const front = run(behind, '--port', '0', '--no-ui', '--json');
    const url = await front.find(LISTENING, 'stderr');
    expect(await (await fetch(`${url}note.txt`)).text()).toBe('a note');
    await front.find(/"kind":"response-end"/);
  });
});

describe('what cannot be done', () => {
  it.each([
    [['/no/such/folder', '--no-ui'], 1, /^wirescope: There is no folder \/no\/such\/folder\n$/],
    [
      ['--port', 'x'],
      2,
      /^wirescope: --port takes a port from 0 to 65535, not "x" \(see wirescope --help\)\n$/,
    ],
    [['--port', '70000'], 2, /70000/],
    [['--port', '-1'], 2, /^wirescope: Option '--port' takes no value that begins with a dash \(see/],
    [['--host', 'no-such-host.invalid', '--no-ui'], 1, /^wirescope: No address is known by the name/],
    [['--config', '/no/such.json'], 2, /^wirescope: There is no file \/no\/such\.json \(see/],
    [['export'], 2, /^wirescope: wirescope export takes one capture \(see wirescope export --help\)\n$/],
    [['--nonsense'], 2, /^wirescope: Unknown option '--nonsense'/],
    [['a', 'b'], 2, /One path is expected, not 2/],
    [['--workers', '0'], 2, /--workers takes a whole number from 1 to 256, not "0"/],
    [
      ['--model', 'magic'],
      2,
      /--model takes one of event-loop, iterative, process, prefork, threads, not "magic"/,
    ],
    [['--lan', '--host', 'x'], 2, /exclude each other/],
    [['--json', '--log', 'common'], 2, /choose one/],
    [['--no-capture', '--json'], 2, /leaves --json nothing to write/],
    [['--no-capture', '--record', 'x'], 2, /leaves --record nothing to write/],
    [['--memory', '1'], 2, /--memory takes a whole number of mebibytes from 4 up, not "1"/],
    [['--disk', 'much'], 2, /--disk takes a whole number of mebibytes from 0 up, not "much"/],
    [['--record', '/no/such/folder/x.wirescope', '--no-ui'], 1, /There is no folder for the recording/],
    [['/no/such.wirescope', '--no-open'], 1, /^wirescope: There is no file \/no\/such\.wirescope\n$/],
    [['x.wirescope', '--no-ui'], 2, /--no-ui leaves nothing to show a capture in/],
    [['--cache', 'sometimes'], 2, /--cache takes development, production, off or a number of seconds/],
    [['--auth', 'nobody'], 2, /--auth takes a user and a password with a colon/],
    [['http://', '--no-ui'], 1, /is not the address of a server/],
  ])('%j is one clear line', async (args, code, line) => {
    const program = run(...args);
    expect(await program.ended).toBe(code);
    expect(program.stdout).toBe('');
    expect(program.stderr).toMatch(line);
    expect(program.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('output', () => {
  it('--version and --help', async () => {
    const version = run('--version');
    expect(await version.ended).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = run('--help');
    expect(await help.ended).toBe(0);
    expect(help.stdout).toMatch(/^wirescope \[path\|url\|capture\] \[options\]/);
  });

  it('--json writes every event, one object a line, and people read standard error', async () => {
    const program = run(folder.path, '--port', '0', '--no-ui', '--json');
    const url = await program.find(LISTENING, 'stderr');
    await (await fetch(`${url}note.txt`)).text();
    await program.find(/"kind":"response-end"/);
    expect(await program.stop()).toBe(0);
    const events = program.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(events.map((event) => event.kind)).toEqual(
      expect.arrayContaining([
        'server',
        'opened',
        'bytes',
        'begin',
        'request',
        'response',
        'response-end',
        'closed',
      ]),
    );
  });

  it('--log writes an access log', async () => {
    const program = run(folder.path, '--port', '0', '--no-ui', '--log', 'combined');
    const url = await program.find(LISTENING, 'stderr');
    await (
      await fetch(`${url}note.txt`, { headers: { 'user-agent': 'tester', referer: 'http://localhost/x' } })
    ).text();
    await program.find(
      /^127\.0\.0\.1 - - \[[^\]]+\] "GET \/note\.txt HTTP\/1\.1" 200 6 "http:\/\/localhost\/x" "tester"$/m,
    );
    expect(await program.stop()).toBe(0);
  });

  it.each([[['--json']], [['--log', 'common']]])('%j ends in order once nobody reads it', async (how) => {
    const program = run(folder.path, '--port', '0', '--no-ui', ...how);
    const url = await program.find(LISTENING, 'stderr');
    program.child.stdout?.destroy();
    // It may end before it has answered.
    await fetch(`${url}note.txt`).catch(() => {});
    expect(await program.ended).toBe(0);
    expect(program.stderr).toBe(`listening ${url}\n`);
  });

  it('goes on serving when nobody reads the lines for people', async () => {
    const program = run(folder.path, '--port', '0', '--no-open', '--ui-port', '0', '--lan');
    const url = new URL(await program.find(LISTENING));
    program.child.stdout?.destroy();
    expect((await fetch(`http://127.0.0.1:${url.port}/note.txt`)).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });
});

describe('a recording', () => {
  it('holds all that was served until the end, and is opened again', async () => {
    const file = `${folder.path}/all.wirescope`;
    const program = run(folder.path, '--port', '0', '--no-ui', '--record', file);
    const url = await program.find(LISTENING);
    for (let i = 0; i < 3; i++) await (await fetch(`${url}note.txt?${i}`)).text();
    expect(await program.stop()).toBe(0);
    const reader = run(file, '--ui-port', '0', '--no-open');
    await reader.find(/^opened {4}all\.wirescope, 3 requests$/m);
    await reader.find(/^window {4}(http:\S+)$/m);
    expect(await reader.stop()).toBe(0);
    expect(reader.stderr).toBe('');
  });

  it('of a command that was killed opens with what was flushed', async () => {
    const file = `${folder.path}/all.wirescope`;
    const program = run(folder.path, '--port', '0', '--no-ui', '--record', file);
    const url = await program.find(LISTENING);
    await (await fetch(`${url}note.txt`)).text();
    await expect
      .poll(async () => {
        const capture = await CaptureFile.open(file);
        await capture.close();
        return capture.exchanges;
      })
      .toBe(1);
    await program.stop('SIGKILL');
    const reader = run(file, '--ui-port', '0', '--no-open');
    await reader.find(/^opened {4}all\.wirescope, 1 request$/m);
    await reader.find(/^all\.wirescope: It was not finished/m, 'stderr');
  });
});
