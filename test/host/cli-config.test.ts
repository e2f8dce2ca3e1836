import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, withConfig } from '../../server-core/host/cli-config.ts';
import { parseCommand } from '../../server-core/host/cli-options.ts';
import { HELP, SPEC } from '../../server-core/host/cli-spec.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let file: string;

beforeEach(() => {
  folder = makeFolder({ 'routes.mjs': 'export default [];' });
  file = join(folder.path, 'wirescope.json');
});
afterEach(() => folder.remove());

function options(config: unknown, ...args: string[]) {
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  const command = parseCommand(['--config', file, ...args]);
  if (command.kind !== 'serve') throw new Error('It prints');
  return command.options;
}

describe('a file of options', () => {
  it('has what the command line has, under the same names', () => {
    const read = options({
      path: './site',
      port: 3000,
      'no-ui': true,
      live: true,
      routes: './routes.mjs',
      cache: 60,
      404: 'oops.html',
      'no-listing': true,
      'no-precompressed': true,
      type: { glb: 'model/gltf-binary' },
      field: ['X-A: 1', 'X-B: 2'],
      auth: 'me:secret',
    });
    expect(read).toMatchObject({ path: join(folder.path, 'site'), port: 3000, ui: false });
    expect(read.settings).toMatchObject({
      live: true,
      routes: join(folder.path, 'routes.mjs'),
      notFoundPage: 'oops.html',
      listing: false,
      precompressed: false,
      mediaTypes: { glb: 'model/gltf-binary' },
      fields: [
        ['X-A', '1'],
        ['X-B', '2'],
      ],
      auth: { user: 'me', password: 'secret' },
    });
    expect(read.settings.cache('a.js', 'text/javascript').value).toBe('max-age=60');
  });

  it('loses against what is typed, whole lists included', () => {
    const read = options(
      { port: 3000, lan: true, log: 'common', field: { 'X-A': '1' } },
      'typed',
      '-p',
      '4000',
      '--host',
      '::1',
      '--json',
      '--field',
      'X-B: 2',
    );
    expect(read).toMatchObject({ path: 'typed', port: 4000, host: '::1', json: true, log: undefined });
    expect(read.settings.fields).toEqual([['X-B', '2']]);
  });

  it('may name another server', () => {
    expect(options({ path: 'http://localhost:3000' }).path).toBe('http://localhost:3000');
  });

  it.each([
    [{ prot: 1 }, /wirescope\.json: there is no option "prot"; did you mean "port"\?$/],
    [{ zzzzzz: 1 }, /there is no option "zzzzzz"$/],
    [{ help: true }, /there is no option "help"/],
    [{ spa: 'yes' }, /"spa" takes true or false, not "yes"$/],
    [{ limit: { idle: 0 } }, /--limit idle takes a whole number from 1 to 86400, not "0"/],
    [{ limit: { patience: 3 } }, /--limit takes head, body, idle, write, connections and a number/],
    [{ port: true }, /"port" takes a text or a number, not true$/],
    [{ type: 'a=b' }, /"type" takes a list of texts, or an object of texts, not "a=b"$/],
    [{ field: [1] }, /"field(\.0)?" takes a list of texts/],
    [[], /it must hold one object/],
    ['{', /wirescope\.json is no JSON: /],
    [{ port: 70000 }, /--port takes a port from 0 to 65535, not "70000"/],
    [{ lan: true, host: 'x' }, /exclude each other/],
  ])('%j is refused in one sentence', (config, because) => {
    expect(() => options(config)).toThrow(because);
  });

  it('that cannot be read is named', () => {
    expect(() => readConfig(join(folder.path, 'none.json'))).toThrow(/^There is no file .+none\.json$/);
    mkdirSync(file);
    expect(() => readConfig(file)).toThrow(/wirescope\.json is a folder$/);
  });

  it('keeps what was not typed', () => {
    expect(withConfig({ spa: true }, { cors: true, port: '1' })).toEqual({
      spa: true,
      cors: true,
      port: '1',
    });
  });
});

describe('options about what is served', () => {
  const settings = (...args: string[]) => {
    const command = parseCommand(args);
    return command.kind === 'serve' ? command.options.settings : undefined;
  };

  it.each([
    [['--type', 'x'], /--type takes EXT=TYPE/],
    [['--type', 'x=nonsense'], /--type: "nonsense" is not a media type/],
    [['--field', 'x'], /--field takes "Name: value"/],
    [['--field', 'Content-Length: 5'], /--field: Content-Length is the server's own to set/],
    [['--field', 'A b: c'], /--field: "A b" is not a name/],
    [['--404', '../x.html'], /--404 takes a path below the folder/],
    [['--routes', '/no/such/routes.mjs'], /--routes: there is no file \/no\/such\/routes\.mjs/],
    [
      ['--live', 'http://localhost:1'],
      /--live is about the files of a folder, and http:\/\/localhost:1 answers for itself/,
    ],
    [['--field', 'a: b', 'http://localhost:1'], /--field is about/],
  ])('%j', (args, because) => expect(() => parseCommand(args)).toThrow(because));

  it('may be given several times', () => {
    expect(settings('--type', '.GLB=model/gltf-binary', '--type', 'x=text/x')?.mediaTypes).toEqual({
      glb: 'model/gltf-binary',
      x: 'text/x',
    });
    expect(settings('--field', 'A: 1', '--field', 'A:2')?.fields).toEqual([
      ['A', '1'],
      ['A', '2'],
    ]);
  });

  it('are all explained', () => {
    for (const name of Object.keys(SPEC)) expect(HELP).toContain(`--${name}`);
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });
});
