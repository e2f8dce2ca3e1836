/** What is built from what. Everything is bundled, so that `out/` runs without `node_modules`. */
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { fontLicenses } from './font-licenses.ts';
import { ROOT } from './project.ts';

export const TARGET_NAMES = ['main', 'preload', 'utility', 'cli', 'renderer', 'www'] as const;
export type TargetName = (typeof TARGET_NAMES)[number];

export interface Target {
  /** Files and folders whose change makes the target stale, from the top of the repository. */
  readonly sources: readonly string[];
  /** How Vite builds it into `outDir`, each file for itself; undefined for a folder that is only copied. */
  readonly configs: readonly ((outDir: string) => InlineConfig)[] | undefined;
  /** A file in the output that people run as a command. */
  readonly command?: string;
}

const TOOLCHAIN = ['build', 'package.json', 'package-lock.json'];
/** The options of the command, whose names the desktop knows. */
const OPTIONS = ['server-core/host/cli-spec.ts', 'server-core/capture/model-names.ts'];
/** The Node of Electron 45. */
const ELECTRON_NODE = 'node24';
/** The oldest Node that the published command runs on. */
const COMMAND_NODE = 'node22';
/** One that is too old must still understand what tells it so. */
const ANY_NODE = 'node14';
/** What processes and threads of a server run, found beside the bundle that starts them. */
const WORKER = 'server-core/host/worker.ts';
/** The thread that reads what other programs captured, found the same way. */
const IMPORT_THREAD = 'server-core/host/import-thread.ts';
/** The load generator of the lab, which is a process of its own, too. */
const LOAD = 'server-core/host/lab/load-process.ts';
/** The licences of what is bundled ask for their texts to come along. */
const LICENSES = { fileName: 'licenses.md' };

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  main: {
    sources: ['electron', ...OPTIONS, ...TOOLCHAIN],
    configs: [nodeBundle('electron/main.ts', 'main.mjs', ELECTRON_NODE)],
  },
  preload: {
    sources: ['electron', ...TOOLCHAIN],
    // A sandboxed preload cannot be an ES module, nor require a file of its own.
    configs: [nodeBundle('electron/preload.ts', 'preload.cjs', ELECTRON_NODE)],
  },
  utility: {
    sources: ['electron', 'server-core', ...TOOLCHAIN],
    configs: [
      nodeBundle('electron/utility.ts', 'utility.mjs', ELECTRON_NODE),
      nodeBundle(WORKER, 'worker.mjs', ELECTRON_NODE),
      nodeBundle(LOAD, 'load-process.mjs', ELECTRON_NODE),
      nodeBundle(IMPORT_THREAD, 'import-thread.mjs', ELECTRON_NODE),
    ],
  },
  cli: {
    sources: ['server-core', ...TOOLCHAIN],
    configs: [
      nodeBundle('server-core/host/command.ts', 'wirescope.mjs', ANY_NODE),
      nodeBundle('server-core/host/cli.ts', 'cli.mjs', COMMAND_NODE),
      nodeBundle(WORKER, 'worker.mjs', COMMAND_NODE),
      nodeBundle(LOAD, 'load-process.mjs', COMMAND_NODE),
      nodeBundle(IMPORT_THREAD, 'import-thread.mjs', COMMAND_NODE),
    ],
    command: 'wirescope.mjs',
  },
  renderer: {
    sources: ['renderer', 'server-core', 'electron', ...TOOLCHAIN],
    configs: [rendererBundle],
  },
  www: { sources: ['www'], configs: undefined },
};

function nodeBundle(entry: string, file: string, target: string) {
  return (outDir: string): InlineConfig => ({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, entry),
      outDir,
      // The folder is new, and another bundle may be in it already.
      emptyOutDir: false,
      target,
      license: LICENSES,
      // Stack traces of a program under inspection should read like its source.
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        external: [/^electron($|\/)/, /^node:/, ...builtinModules],
        output: {
          format: file.endsWith('.cjs') ? 'cjs' : 'es',
          entryFileNames: file,
          codeSplitting: false,
        },
      },
    },
  });
}

function rendererBundle(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: join(ROOT, 'renderer'),
    // The page is at the root of `app://bundle/` and of the browser host alike.
    base: './',
    logLevel: 'warn',
    plugins: [react(), fontLicenses()],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      license: LICENSES,
      sourcemap: true,
      // The content security policy has `font-src 'self'`: a font inlined as a data: URL would be refused.
      assetsInlineLimit: 0,
      // It comes from this machine: what a network would wait for is a few milliseconds here.
      chunkSizeWarningLimit: 2048,
      modulePreload: { polyfill: false },
    },
  };
}
