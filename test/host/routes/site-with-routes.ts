import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { Program } from '../../support/program.ts';

const running: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const site of running.splice(0)) await site.stop();
});

export interface RoutedSite {
  readonly folder: string;
  readonly program: Program;
  readonly url: string;
  get(path: string, init?: RequestInit): Promise<Response>;
  text(path: string, init?: RequestInit): Promise<string>;
  /** As an editor does that writes beside the file and renames. */
  save(name: string, content: string): void;
  /** Asks until the answer is this. */
  becomes(path: string, text: string | RegExp): Promise<void>;
}

export interface RoutedOptions {
  readonly file?: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** The built command over a folder with these files, of which one is the module of routes. */
export async function siteWithRoutes(
  files: Record<string, string>,
  { file = 'routes.mjs', args = [], env = {} }: RoutedOptions = {},
): Promise<RoutedSite> {
  const folder = makeFolder(files);
  const module = join(folder.path, file);
  const program = new Program([folder.path, '--port', '0', '--no-ui', '--routes', module, ...args], env);
  running.push({
    async stop() {
      await program.stop();
      folder.remove();
    },
  });
  const piped = args.includes('--json');
  const url = await program.find(/^listening (http:\S+)$/m, piped ? 'stderr' : 'stdout');
  const get = (path: string, init?: RequestInit) => fetch(url + path.slice(1), init);
  const text = async (path: string, init?: RequestInit) => (await get(path, init)).text();
  return {
    folder: folder.path,
    program,
    url,
    get,
    text,
    save(name, content) {
      const path = join(folder.path, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}~`, content);
      renameSync(`${path}~`, path);
    },
    becomes: (path, wanted) => expect.poll(() => text(path)).toMatch(wanted),
  };
}
