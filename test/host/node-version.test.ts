import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeProblem } from '../../server-core/host/node-version.ts';

const TOP = join(import.meta.dirname, '..', '..');

describe('the Node that the command runs on', () => {
  it.each(['22.18.0', '22.30.1', '23.0.0', '24.21.0', '100.0.0'])('%s will do', (version) => {
    expect(nodeProblem(version)).toBeUndefined();
  });

  it.each(['22.17.9', '20.20.2', '18.0.0', '8.17.0'])('%s will not, in one sentence', (version) => {
    expect(nodeProblem(version)).toBe(
      `wirescope needs Node 22.18 or newer, and this is ${version}: nodejs.org has it`,
    );
  });

  it('is the one that the package asks for', () => {
    const { engines } = JSON.parse(readFileSync(join(TOP, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    expect(engines.node).toBe('>=22.18');
  });
});
