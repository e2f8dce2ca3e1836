/** The command over TLS, as a person starts it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAuthority, newKey, pemOf, readAuthority } from '../../server-core/host/authority/authority.ts';
import { Engine } from '../../server-core/host/engine.ts';
import { RawClient } from '../net/raw-client.ts';
import { SecureClient } from '../net/tls/secure-client.ts';
import { CERTIFICATE, KEY } from '../support/certificate.ts';
import { makeFolder } from '../support/folder.ts';
import { Program } from '../support/program.ts';

const LISTENING = /^listening (https:\S+)$/m;

let folder: ReturnType<typeof makeFolder>;
let home: string;
const programs: Program[] = [];

function run(...args: string[]): Program {
  const program = new Program([join(folder.path, 'site'), '--port', '0', '--no-ui', ...args], {
    WIRESCOPE_HOME: home,
  });
  programs.push(program);
  return program;
}

beforeEach(() => {
  folder = makeFolder({ 'site/note.txt': 'a note', 'cert.pem': CERTIFICATE, 'key.pem': KEY });
  home = join(folder.path, 'home');
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop('SIGKILL')));
  folder.remove();
});

async function get(url: string, ca: string): Promise<string> {
  const agent = new Agent({ connect: { ca } });
  const { body } = await request(url, { dispatcher: agent });
  const text = await body.text();
  await agent.close();
  return text;
}

describe('--https', () => {
  it('makes an authority, says where it is, and serves with it', async () => {
    const program = run('--https');
    const url = await program.find(LISTENING);
    expect(new URL(url).protocol).toBe('https:');
    const path = /^A certificate authority of your own was made: (.*)$/m.exec(program.stderr)?.[1] ?? '';
    expect(path).toBe(join(home, 'authority', 'authority.pem'));
    expect(program.stderr).toMatch(/^To trust it: /m);
    expect(program.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(await get(`${url}note.txt`, readFileSync(path, 'utf8'))).toBe('a note');
  });

  it('uses it again without a word', async () => {
    const first = run('--https');
    await first.find(LISTENING);
    await first.stop();
    const second = run('--https');
    const url = await second.find(LISTENING);
    expect(second.stderr).toBe('');
    const ca = readFileSync(join(home, 'authority', 'authority.pem'), 'utf8');
    expect(await get(`${url}note.txt`, ca)).toBe('a note');
  });

  it('answers under all names of this machine with --lan', async () => {
    const program = run('--https', '--lan');
    const { port } = new URL(await program.find(LISTENING));
    const ca = readFileSync(join(home, 'authority', 'authority.pem'), 'utf8');
    const client = await SecureClient.open(Number(port), {
      ca,
      servername: `${hostname().toLowerCase()}.local`,
    });
    client.close();
  });

  it('writes the handshake among the events', async () => {
    const program = run('--https', '--json');
    const url = await program.find(LISTENING, 'stderr');
    await get(`${url}note.txt`, readFileSync(join(home, 'authority', 'authority.pem'), 'utf8'));
    const line = await program.find(/^.*"kind":"tls".*$/m);
    expect(JSON.parse(line)).toMatchObject({ conn: 1, version: 'TLSv1.3', resumed: false });
    expect(program.stdout).toMatch(/"tags":\["TLS"\]/);
  });

  it('is one clear line when there is no place for the authority', async () => {
    writeFileSync(home, 'a file');
    const program = run('--https');
    expect(await program.ended).toBe(1);
    expect(program.stdout).toBe('');
    expect(program.stderr).toMatch(
      /^wirescope: The certificate authority cannot be kept in .*home \(E\w+\); .*\n$/,
    );
  });

  it('ends with 0 on SIGTERM while a client is in its handshake', async () => {
    const program = run('--https');
    const { port } = new URL(await program.find(LISTENING));
    const client = await RawClient.open(Number(port));
    await client.send(Uint8Array.of(0x16, 3, 1));
    expect(await program.stop('SIGTERM')).toBe(0);
    client.close();
  });
});

describe('the engine', () => {
  it('keeps the authority in the folder that it is given', async () => {
    const engine = new Engine({ host: 'browser', tour: folder.path, home, openUrl: () => {} });
    const { server, notes } = await engine.serve(join(folder.path, 'site'), { https: 'local', port: 0 });
    expect(server).toMatchObject({ status: 'running', tags: ['TLS'] });
    expect(notes).toHaveLength(2);
    const ca = readFileSync(join(home, 'authority', 'authority.pem'), 'utf8');
    expect(await get(`${server.url}note.txt`, ca)).toBe('a note');
    await engine.stop();
  });
});

describe('--cert and --key', () => {
  const files = () => ['--cert', join(folder.path, 'cert.pem'), '--key', join(folder.path, 'key.pem')];

  it('serve with them, and make no authority', async () => {
    const program = run(...files());
    const url = await program.find(LISTENING);
    expect(await get(`${url.replace('127.0.0.1', 'localhost')}note.txt`, CERTIFICATE)).toBe('a note');
    expect(program.stderr).toBe('');
  });

  it('serve with a chain', async () => {
    const pair = newAuthority('chain', Date.now());
    const key = newKey();
    const cert = readAuthority(pair, Date.now).certify(key, ['127.0.0.1']) + pair.cert;
    const chained = makeFolder({ 'cert.pem': cert, 'key.pem': pemOf(key) });
    const program = run('--cert', join(chained.path, 'cert.pem'), '--key', join(chained.path, 'key.pem'));
    expect(await get(`${await program.find(LISTENING)}note.txt`, pair.cert)).toBe('a note');
    chained.remove();
  });

  it.each([
    [['--cert', 'cert.pem'], 2, /^wirescope: --cert needs --key \(see wirescope --help\)\n$/],
    [['--key', 'key.pem'], 2, /^wirescope: --key needs --cert/],
    [['--cert', 'none.pem', '--key', 'key.pem'], 1, /^wirescope: There is no file .*none\.pem\n$/],
    [['--cert', 'key.pem', '--key', 'cert.pem'], 1, /^wirescope: .* should hold a certificate in PEM form/],
  ])('%j is one clear line', async (args, code, line) => {
    const paths = args.map((arg) => (arg.startsWith('--') ? arg : join(folder.path, arg)));
    const program = run(...(args.length > 2 ? paths : args));
    expect(await program.ended).toBe(code);
    expect(program.stdout).toBe('');
    expect(program.stderr).toMatch(line);
    expect(program.stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
