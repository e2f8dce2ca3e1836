/** What the README tells people to type, typed; and what it points at, there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../build/project.ts';
import { makeFolder } from '../support/folder.ts';

const CLI = 'out/cli/wirescope.mjs';
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const module = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
const commands = [...readme.matchAll(/^node out\/cli\/wirescope\.mjs (.*?) +# /gm)].map(
  ([, line]) => line as string,
);
const BEGUN = /listening (https?:\/\/127\.0\.0\.1:\d+\/)|opened +\S/;

describe('the README', () => {
  const folder = makeFolder({
    'site/index.html': 'site',
    'app/index.html': 'app',
    'api.mjs': module,
    'wirescope.json': '{"path": "site", "spa": true}',
  });
  afterAll(() => folder.remove());

  function run(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [join(ROOT, CLI), ...args], {
      cwd: folder.path,
      env: { ...process.env, WIRESCOPE_HOME: join(folder.path, 'home') },
    });
  }
  /** What it had said when it served or had opened something. Rejects with all of it when it ends before. */
  function begun(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      let said = '';
      const hear = (data: unknown) => {
        said += String(data);
        if (BEGUN.test(said)) resolve(said);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('close', () => reject(new Error(said)));
    });
  }
  const codeOf = async (child: ChildProcess) =>
    child.exitCode ?? ((await once(child, 'close')) as [number])[0];

  /** Until it says that it serves, and one request has been answered. */
  async function serve(args: readonly string[]): Promise<void> {
    // Ports of this machine may be taken, and nobody wants a browser to open.
    const own = args.filter((arg, i) => arg !== '--port' && args[i - 1] !== '--port');
    const quiet = ['--port', '0', '--ui-port', '0', ...(own.includes('--no-ui') ? [] : ['--no-open'])];
    const child = run([...own, ...quiet]);
    const url = BEGUN.exec(await begun(child))?.[1];
    if (url?.startsWith('http:')) await fetch(url);
    child.kill('SIGTERM');
    expect(await codeOf(child)).toBe(0);
  }

  /** A capture of "another program". */
  beforeAll(async () => {
    await serve(['./site', '--no-ui', '--record', 'kept.wirescope']);
    const child = run(['export', 'kept.wirescope', '--as', 'pcapng', '-o', 'theirs.pcapng']);
    expect(await codeOf(child)).toBe(0);
  });

  it.each(commands)('has commands that do what they say: wirescope %s', async (line) => {
    const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? (plain as string),
    );
    if (args[0] !== 'export') return serve(args);
    expect(await codeOf(run(args))).toBe(0);
    expect(existsSync(join(folder.path, args.at(-1) as string))).toBe(true);
  });

  it('has all of them', () => {
    expect(commands.length).toBeGreaterThanOrEqual(11);
  });

  it('names scripts, files and places that are there', () => {
    const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const linked = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to as string);
    const files = linked.filter((to) => !/^(https?:|#)/.test(to)).map((to) => to.split('#')[0] as string);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      (text as string).toLowerCase().replaceAll(' ', '-'),
    );
    const places = linked.filter((to) => to.startsWith('#')).map((to) => to.slice(1));
    expect(places.filter((place) => !headings.includes(place))).toEqual([]);
  });
});
