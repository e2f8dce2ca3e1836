import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_DEPTH, MAX_NODES, readTree, type TreeNode } from '../../server-core/files/tree.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder({
    'secret.txt': 'not served',
    'site/index.html': 'x',
    'site/docs/a.html': 'xy',
    'site/docs/deep/b.txt': 'xyz',
    'site/.env': 'KEY=1',
    'site/.git/config': 'x',
    'site/.well-known/security.txt': 'x',
    'site/routes.mjs': 'export default []',
  });
});
afterEach(() => folder.remove());

/** Paths, folders with a slash at their end. */
function pathsOf(nodes: readonly TreeNode[], before = ''): string[] {
  return nodes.flatMap(({ name, nodes: below }) =>
    below ? [`${before}${name}/`, ...pathsOf(below, `${before}${name}/`)] : [`${before}${name}`],
  );
}
const tree = (options: { dotfiles?: boolean; hidden?: readonly string[] } = {}) =>
  readTree({ root: join(folder.path, 'site'), dotfiles: false, hidden: [], ...options });

describe('the tree of a served folder', () => {
  it('has what requests can get, with sizes', async () => {
    const { nodes, complete } = await tree({ hidden: [join(folder.path, 'site/routes.mjs')] });
    expect(pathsOf(nodes)).toEqual([
      '.well-known/',
      '.well-known/security.txt',
      'docs/',
      'docs/a.html',
      'docs/deep/',
      'docs/deep/b.txt',
      'index.html',
    ]);
    expect(nodes.find(({ name }) => name === 'index.html')?.bytes).toBe(1);
    expect(complete).toBe(true);
  });

  it('has dot-files where they are served', async () => {
    const { nodes } = await tree({ dotfiles: true });
    expect(pathsOf(nodes)).toEqual(expect.arrayContaining(['.env', '.git/', '.git/config']));
  });

  it('never leaves the root, and ends where links go in a circle', async () => {
    const site = join(folder.path, 'site');
    symlinkSync(join(folder.path, 'secret.txt'), join(site, 'out.txt'));
    symlinkSync(folder.path, join(site, 'up'));
    symlinkSync(site, join(site, 'docs/round'));
    symlinkSync(join(site, 'docs/a.html'), join(site, 'alias.html'));
    const { nodes } = await tree();
    const paths = pathsOf(nodes);
    expect(paths).toContain('alias.html');
    expect(paths).toContain('docs/round/');
    expect(paths.filter((path) => /secret|^up|out\.txt/.test(path))).toEqual([]);
    expect(paths.filter((path) => path.startsWith('docs/round/'))).toEqual(['docs/round/']);
  });

  it('says that there is more than it tells, and leaves out the deepest', { timeout: 180_000 }, async () => {
    // A slow disk takes a while to make so many.
    const site = join(folder.path, 'site');
    mkdirSync(join(site, 'many'));
    for (let i = 0; i < MAX_NODES; i++) writeFileSync(join(site, `many/${i}`), '');
    const { nodes, complete } = await tree();
    const paths = pathsOf(nodes);
    expect(complete).toBe(false);
    expect(paths.length).toBe(MAX_NODES);
    expect(paths).toEqual(expect.arrayContaining(['index.html', 'docs/a.html']));
    expect(paths).not.toContain('docs/deep/b.txt');
  });

  it('goes no deeper than a bound', async () => {
    const names = Array.from({ length: MAX_DEPTH + 5 }, () => 'd');
    mkdirSync(join(folder.path, 'site', ...names), { recursive: true });
    const { nodes, complete } = await tree();
    const depth = pathsOf(nodes).filter((path) => /^(?:d\/)+$/.test(path)).length;
    expect([depth, complete]).toEqual([MAX_DEPTH, false]);
  });

  it('rejects when the folder is gone', async () => {
    rmSync(join(folder.path, 'site'), { recursive: true });
    await expect(tree()).rejects.toThrow('ENOENT');
  });
});
