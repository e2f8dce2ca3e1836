import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../build/project.ts';

const check = (wanted: string) =>
  spawnSync(process.execPath, [join(ROOT, 'build', 'check-node.mjs'), wanted], { encoding: 'utf8' });
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];

describe('the guard', () => {
  it.each([`${major}`, `${major}.${minor}`, `${major - 1}.99`, '22.18'])(
    'lets this Node pass for %s',
    (wanted) => {
      expect(check(wanted)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    },
  );

  it.each([`${major}.${minor + 1}`, `${major + 1}`])('stops this Node with one line for %s', (wanted) => {
    const { status, stderr } = check(wanted);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^This needs Node ${wanted} or newer and runs on ${process.versions.node}: .*\\n$`),
    );
  });
});
