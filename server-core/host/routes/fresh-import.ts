/**
 * Imports a module of the user anew, with the modules that it imports by path.
 *
 * Node keeps every module for good under its URL, so each import gets a number in its query, and a hook hands that
 * number on to whatever those modules import. CommonJS and packages are kept as they are. An import that was
 * replaced cannot be unloaded: it costs its code and its top-level values until the process ends.
 */
import { registerHooks } from 'node:module';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface FreshImport {
  /** Files that belong to it, the first one included. */
  readonly files: ReadonlySet<string>;
  /** An import that leads nowhere: what is written, and the file that has it. */
  readonly lost: { readonly specifier: string; readonly from: string } | undefined;
  /** The module's exports. Rejects with whatever kept it from being loaded. */
  readonly exports: Promise<Readonly<Record<string, unknown>>>;
}

interface Loading {
  readonly files: Set<string>;
  lost: FreshImport['lost'];
  found(file: string): void;
}

const NUMBER = 'wirescope';
const loadings = new Map<string, Loading>();
let imports = 0;

/** `found` is called for each file as it is met, later ones through `import()` included. */
export function importFresh(path: string, found: (file: string) => void): FreshImport {
  hook();
  const number = String(++imports);
  const loading: Loading = { files: new Set([path]), lost: undefined, found };
  loadings.set(number, loading);
  found(path);
  const url = pathToFileURL(path);
  url.searchParams.set(NUMBER, number);
  const exports = import(/* @vite-ignore */ url.href) as FreshImport['exports'];
  return {
    files: loading.files,
    get lost() {
      return loading.lost;
    },
    exports,
  };
}

/** The path behind a URL that was imported here; undefined for any other. */
export function freshPath(url: string): string | undefined {
  return numberOf(url) === undefined ? undefined : fileURLToPath(url);
}

/** Whose syntax Node would otherwise find out by trying, with a warning. */
const FORMATS: Readonly<Record<string, string>> = { '.js': 'module', '.ts': 'module-typescript' };

let hooked = false;

function hook(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const first = numberOf(specifier);
      if (first !== undefined) {
        const format = FORMATS[extname(fileURLToPath(specifier))];
        return { ...next(specifier, context), ...(format === undefined ? {} : { format }) };
      }
      const number = context.parentURL === undefined ? undefined : numberOf(context.parentURL);
      if (number === undefined) return next(specifier, context);
      const from = fileURLToPath(context.parentURL!);
      const loading = loadings.get(number);
      try {
        const resolved = next(specifier, context);
        if (!isOwn(resolved.url)) return resolved;
        const url = new URL(resolved.url);
        meet(loading, fileURLToPath(url));
        url.searchParams.set(NUMBER, number);
        return { ...resolved, url: url.href };
      } catch (error) {
        if (loading) loading.lost = { specifier, from };
        // It may be made in a moment.
        if (/^\.{0,2}\//.test(specifier)) meet(loading, resolve(dirname(from), specifier));
        throw error;
      }
    },
  });
}

function meet(loading: Loading | undefined, file: string): void {
  if (loading === undefined || loading.files.has(file)) return;
  loading.files.add(file);
  loading.found(file);
}

function isOwn(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/');
}

function numberOf(url: string): string | undefined {
  if (!url.startsWith('file:') || !url.includes(NUMBER)) return undefined;
  return new URL(url).searchParams.get(NUMBER) ?? undefined;
}
