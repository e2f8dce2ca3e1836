/** The files of a served folder with what was asked for of each, and what was asked for that is no file. */
import type { TreeNode } from '../../../server-core/capture/served-tree.ts';
import type { HeatPath } from '../../store/queries/heat.ts';

/** `missing` was asked for and is not there (404, 410); `other` is no file either: a route, or not answered yet. */
export type HeatKind = 'folder' | 'file' | 'missing' | 'other';

export interface HeatCounts {
  readonly hits: number;
  readonly bytes: number;
  readonly notModified: number;
  readonly failed: number;
}

export interface HeatNode extends HeatCounts {
  readonly name: string;
  /** From the root; that of a folder ends with a slash. */
  readonly path: string;
  readonly kind: HeatKind;
  /** Bytes of a file on the disk. */
  readonly size: number | undefined;
  /** Of the requests for itself, not for what lies below it. */
  readonly lastStatus: number | undefined;
  /** Paths under which it was asked for, as they were sent. */
  readonly sent: readonly string[];
  readonly nodes: readonly HeatNode[];
}

type Draft = { -readonly [K in keyof Omit<HeatNode, 'sent' | 'nodes'>]: HeatNode[K] } & {
  readonly sent: string[];
  /** By name, in one Unicode form: macOS writes names decomposed, everyone else types them composed. */
  readonly below: Map<string, Draft>;
};

/** The page that answers for its folder. */
const INDEX = 'index.html';

/** @param nodes undefined where no files are known */
export function heatTree(nodes: readonly TreeNode[] | undefined, paths: readonly HeatPath[]): HeatNode {
  const root = draft('/', '/', 'folder');
  for (const node of nodes ?? []) addNode(root, node);
  for (const heat of paths) count(target(root, heat), heat);
  return finished(root);
}

function draft(name: string, path: string, kind: HeatKind, size?: number): Draft {
  const counts = { hits: 0, bytes: 0, notModified: 0, failed: 0, lastStatus: undefined };
  return { name, path, kind, size, ...counts, sent: [], below: new Map() };
}

function addNode(folder: Draft, { name, bytes, nodes }: TreeNode): void {
  const made = nodes
    ? draft(name, `${folder.path}${name}/`, 'folder')
    : draft(name, folder.path + name, 'file', bytes);
  folder.below.set(name.normalize('NFC'), made);
  for (const node of nodes ?? []) addNode(made, node);
}

/** What a request for a path got: the file, the index or the folder itself, or a place for what is no file. */
function target(root: Draft, heat: HeatPath): Draft {
  const names = heat.path.normalize('NFC').split('/').slice(1);
  if (!heat.path.startsWith('/')) return place(root, heat.path, heat);
  const last = names.pop() ?? '';
  let folder = root;
  for (const name of names) folder = intoFolder(folder, name, heat);
  if (last === '') {
    const index = folder.below.get(INDEX);
    return index?.kind === 'file' && folder.kind === 'folder' ? index : folder;
  }
  const found = folder.below.get(last);
  if (found) return found;
  // The host may answer for the name alone: /about with about.html.
  const clean = folder.below.get(`${last}.html`);
  return clean?.kind === 'file' && isSuccess(heat) ? clean : place(folder, last, heat);
}

function intoFolder(folder: Draft, name: string, heat: HeatPath): Draft {
  const found = folder.below.get(name);
  if (found) return found;
  const made = draft(name, `${folder.path.replace(/\/?$/, '/')}${name}/`, kindOf(heat));
  folder.below.set(name, made);
  return made;
}

function place(folder: Draft, name: string, heat: HeatPath): Draft {
  const path = folder.path.replace(/\/?$/, '/') + name;
  const made = folder.below.get(name) ?? draft(name, path, kindOf(heat));
  folder.below.set(name, made);
  return made;
}

function kindOf(heat: HeatPath): HeatKind {
  return heat.lastStatus === 404 || heat.lastStatus === 410 ? 'missing' : 'other';
}

function isSuccess({ lastStatus }: HeatPath): boolean {
  return lastStatus !== undefined && lastStatus < 400;
}

function count(node: Draft, heat: HeatPath): void {
  node.hits += heat.hits;
  node.bytes += heat.bytes;
  node.notModified += heat.notModified;
  node.failed += heat.failed;
  node.lastStatus = heat.lastStatus ?? node.lastStatus;
  // One way to something is enough for it to be there.
  if (node.kind === 'missing') node.kind = kindOf(heat);
  node.sent.push(heat.sent);
}

/** Counts of folders are those of all that lies below them. */
function finished({ below, ...node }: Draft): HeatNode {
  const nodes = [...below.values()].map(finished);
  const sum = (of: keyof HeatCounts) => nodes.reduce((total, each) => total + each[of], node[of]);
  return {
    ...node,
    hits: sum('hits'),
    bytes: sum('bytes'),
    notModified: sum('notModified'),
    failed: sum('failed'),
    nodes,
  };
}
