import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { COVERED, layerOf, violation } from './layers.ts';

const TOP = join(import.meta.dirname, '..');

describe('layers', () => {
  const files = COVERED.flatMap((folder) => sources(join(TOP, folder)));

  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(60);
  });

  it('puts every file into a layer', () => {
    expect(files.filter((file) => !layerOf(file))).toEqual([]);
  });

  it('lets imports point only where the table says', () => {
    const violations = files.flatMap((file) =>
      importsOf(readFileSync(join(TOP, file), 'utf8'), file).map((specifier) => {
        const target = specifier.startsWith('.') ? resolve(file, specifier) : undefined;
        return violation(file, specifier, target);
      }),
    );
    expect(violations.filter(Boolean)).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(readFileSync(join(TOP, file), 'utf8'), file, { types: false })
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => resolve(file, specifier)),
      ]),
    );
    expect(cycles(graph)).toEqual([]);
  });
});

describe('the check itself', () => {
  it('sees every form of import', () => {
    const source = `
      import './a.ts'; import b from './b.ts'; import type { C } from './c.ts'; export * from './d.ts';
      export type { E } from './e.ts'; const f = import('./f.ts'); type G = import('./g.ts').G;
      const h = require('./h.ts'); const i = new URL('./i.ts', import.meta.url);`;
    expect(importsOf(source, 'x.ts').sort()).toEqual('abcdefghi'.split('').map((letter) => `./${letter}.ts`));
  });

  it.each([
    ['server-core/wire/x.ts', './y.ts', 'server-core/net/y.ts'],
    ['server-core/wire/x.ts', 'node:fs', undefined],
    ['server-core/wirework/x.ts', './y.ts', 'server-core/wirework/y.ts'],
    ['renderer/views/x.tsx', '../store/client.ts', 'renderer/store/client.ts'],
    ['renderer/views/x.tsx', '../../server-core/index.ts', 'server-core/index.ts'],
    ['electron/preload.ts', 'node:fs', undefined],
    ['elsewhere/x.ts', './y.ts', 'elsewhere/y.ts'],
  ])('refuses %s importing %s', (from, specifier, target) => {
    expect(violation(from, specifier, target)).toMatch(/may import|may use|no layer/);
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs|cjs|js)$/.test(entry.name))
    .map((entry) => relative(TOP, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.endsWith('.d.ts'));
}

function importsOf(source: string, file: string, { types = true } = {}): string[] {
  const { program, errors } = parseSync(file, source);
  expect(errors, file).toEqual([]);
  const found: string[] = [];
  const add = (node: { type: string } | null | undefined) => {
    const literal = node as { type: string; value?: unknown } | null | undefined;
    if (literal?.type === 'Literal' && typeof literal.value === 'string') found.push(literal.value);
    else if (literal) found.push('(computed)');
  };
  new Visitor({
    ImportDeclaration: (node) => {
      if (types || node.importKind !== 'type') add(node.source);
    },
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => {
      if (node.source && (types || node.exportKind !== 'type')) add(node.source);
    },
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => {
      if (types) add(node.source);
    },
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(node.arguments[0]);
    },
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      const relativeToHere = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty';
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && relativeToHere) add(first);
    },
  }).visit(program);
  return found;
}

function resolve(from: string, specifier: string): string {
  return join(from, '..', specifier).split(sep).join('/');
}

/** Each cycle once, as the list of its files. */
function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    if (done.has(file)) return;
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push([...path.slice(at), file]);
      return;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}
