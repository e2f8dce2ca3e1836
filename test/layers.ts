/**
 * The layer table: who may import whom. The first row whose folder (or file) a path lies in counts, so files
 * stand before the folders that hold them. A file in no row, or an import of a row that is not named, fails.
 */
export interface Layer {
  /** A folder, or a single file, from the top of the repository. */
  readonly at: string;
  readonly mayImport: readonly string[];
  /** Packages and node modules by name; a trailing `/*` allows every path below. */
  readonly mayUse: readonly string[];
}

const WIRE = 'server-core/wire';
const CAPTURE = 'server-core/capture';
const HTTP = 'server-core/http';
const NET = 'server-core/net';
const FILES = 'server-core/files';
const FORMATS = 'server-core/formats';
const CONCURRENCY = 'server-core/concurrency';
const HOST = 'server-core/host';
const QUERIES = 'renderer/store/queries';
const FILTER = 'renderer/filter';

export const LAYERS: readonly Layer[] = [
  { at: WIRE, mayImport: [WIRE], mayUse: [] },
  { at: CAPTURE, mayImport: [CAPTURE, WIRE], mayUse: [] },
  { at: `${FORMATS}/har/har-file.ts`, mayImport: [], mayUse: ['valibot'] },
  { at: FORMATS, mayImport: [FORMATS, WIRE, CAPTURE], mayUse: [] },
  { at: `${HTTP}/coding`, mayImport: [HTTP], mayUse: ['node:zlib'] },
  { at: HTTP, mayImport: [HTTP, WIRE, CAPTURE], mayUse: [] },
  {
    at: NET,
    mayImport: [NET, WIRE, CAPTURE, HTTP],
    mayUse: [
      'node:net',
      'node:tls',
      'node:fs',
      'node:fs/promises',
      'node:timers',
      'node:perf_hooks',
      'node:crypto',
      'node:zlib',
    ],
  },
  {
    at: CONCURRENCY,
    mayImport: [CONCURRENCY, NET, CAPTURE, HTTP, WIRE],
    mayUse: ['node:child_process', 'node:worker_threads', 'node:net'],
  },
  {
    at: FILES,
    mayImport: [FILES, WIRE, HTTP],
    mayUse: ['node:fs', 'node:fs/promises', 'node:os', 'node:path', 'mime', 'mime/*'],
  },
  // What it imports is named on the command line.
  // It must not load what an old Node cannot read before it has said so.
  {
    at: `${HOST}/command.ts`,
    mayImport: [`${HOST}/node-version.ts`, `${HOST}/cli.mjs`],
    mayUse: ['(computed)'],
  },
  { at: `${HOST}/routes/fresh-import.ts`, mayImport: [], mayUse: ['node:*', '(computed)'] },
  {
    at: HOST,
    mayImport: [HOST, WIRE, CAPTURE, FORMATS, HTTP, NET, CONCURRENCY, FILES, 'package.json'],
    mayUse: ['node:*', '@peculiar/*', 'chokidar', 'valibot'],
  },
  {
    at: 'server-core/index.ts',
    mayImport: [WIRE, CAPTURE, FORMATS, HTTP, NET, CONCURRENCY, FILES, HOST],
    mayUse: [],
  },
  { at: 'electron/channels.ts', mayImport: [], mayUse: [] },
  // The names of the options, which both hosts take.
  { at: 'electron/desktop-options.ts', mayImport: ['server-core/host/cli-spec.ts'], mayUse: [] },
  { at: 'electron/preload.ts', mayImport: ['electron/channels.ts'], mayUse: ['electron/renderer'] },
  {
    at: 'electron/utility.ts',
    mayImport: ['electron/channels.ts', 'server-core/index.ts'],
    mayUse: ['node:*', 'electron/utility'],
  },
  {
    at: 'electron',
    mayImport: ['electron'],
    mayUse: ['node:*', 'electron/main', 'electron/common', 'valibot'],
  },
  { at: 'renderer/link', mayImport: ['renderer/link', CAPTURE], mayUse: [] },
  { at: 'renderer/lend', mayImport: ['renderer/lend', CAPTURE], mayUse: [] },
  { at: FILTER, mayImport: [FILTER], mayUse: [] },
  { at: QUERIES, mayImport: [QUERIES, FILTER, WIRE, CAPTURE], mayUse: [] },
  {
    at: 'renderer/store',
    mayImport: ['renderer/store', 'renderer/link', FILTER, WIRE, CAPTURE, FORMATS],
    mayUse: ['fflate', 'hdr-histogram-js/*'],
  },
  { at: 'renderer/explain', mayImport: ['renderer/explain', WIRE, QUERIES], mayUse: [] },
  {
    at: 'renderer/learn',
    mayImport: [
      'renderer/learn',
      'renderer/geometry/quantities.ts',
      WIRE,
      QUERIES,
      FILTER,
      'server-core/capture/model-names.ts',
      'server-core/capture/events.ts',
      'server-core/capture/send-call.ts',
    ],
    mayUse: ['valibot'],
  },
  {
    at: 'renderer/lab',
    mayImport: [
      'renderer/lab',
      'renderer/geometry',
      'server-core/capture/lab-call.ts',
      'server-core/capture/lab-scenarios.ts',
      'server-core/capture/model-names.ts',
    ],
    mayUse: ['hdr-histogram-js/*'],
  },
  { at: 'renderer/code', mayImport: ['renderer/code'], mayUse: ['@lezer/*'] },
  { at: 'renderer/geometry', mayImport: ['renderer/geometry'], mayUse: [] },
  { at: 'renderer/paint', mayImport: ['renderer/paint', 'renderer/geometry'], mayUse: [] },
  {
    at: 'renderer/views',
    mayImport: [
      'renderer/views',
      'renderer/code',
      'renderer/explain',
      'renderer/lab',
      'renderer/learn',
      'renderer/lend',
      'renderer/link/web-socket.ts',
      'renderer/geometry',
      'renderer/paint',
      FILTER,
      QUERIES,
      'server-core/wire/faults.ts',
      'server-core/wire/span.ts',
      'server-core/wire/http1/states.ts',
      'server-core/capture/events.ts',
      'server-core/capture/export-call.ts',
      'server-core/capture/served-tree.ts',
      'server-core/capture/transport.ts',
      'server-core/capture/loopback.ts',
      'server-core/capture/lab-call.ts',
      'server-core/capture/lab-scenarios.ts',
      'server-core/capture/model-names.ts',
      'server-core/capture/server-settings.ts',
      'server-core/capture/undo-call.ts',
      'server-core/capture/fault-plan.ts',
      'server-core/capture/send-call.ts',
      'electron/channels.ts',
    ],
    mayUse: [
      'react',
      'react-dom',
      'lucide-react',
      'lucide-react/*',
      '@leeoniya/ufuzzy',
      '@tanstack/react-virtual',
      'uqr',
    ],
  },
  {
    at: 'renderer',
    mayImport: ['renderer'],
    mayUse: ['react', 'react-dom', 'react-dom/*', '@fontsource-variable/*'],
  },
  {
    at: 'build',
    mayImport: ['build', 'electron/desktop-options.ts'],
    mayUse: ['node:*', 'vite', '@vitejs/plugin-react', 'electron-builder', 'playwright-core'],
  },
];

/** Folders whose files must each lie in a row. */
export const COVERED = ['server-core', 'electron', 'renderer', 'build'];

/** Whether `path` is `at` itself or lies below it, by whole path segments. */
export function within(path: string, at: string): boolean {
  return path === at || path.startsWith(`${at}/`);
}

export function layerOf(path: string): Layer | undefined {
  const exact = LAYERS.find((layer) => layer.at === path);
  return exact ?? LAYERS.find((layer) => within(path, layer.at));
}

/** One sentence saying what to do, or undefined when the import is allowed. */
export function violation(from: string, specifier: string, target: string | undefined): string | undefined {
  const layer = layerOf(from);
  if (!layer) return `${from} lies in no layer: put it into one, or add a row to test/layers.ts`;
  if (target !== undefined) {
    if (layer.mayImport.some((at) => within(target, at))) return undefined;
    return `${from} imports ${target}, but ${layer.at} may import only ${layer.mayImport.join(', ') || 'nothing'}: move the code to the layer that may, or pass the value in`;
  }
  const used = layer.mayUse.some((name) => {
    if (name === 'node:*') return specifier.startsWith('node:');
    return name.endsWith('/*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name;
  });
  if (used) return undefined;
  return `${from} uses "${specifier}", but ${layer.at} may use only ${layer.mayUse.join(', ') || 'the language itself'}`;
}
