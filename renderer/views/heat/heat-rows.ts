/** The rows of the tree that are to be seen: sorted among their like, those of a kind only, folders open or not. */
import type { HeatNode } from './heat-tree.ts';

export const HEAT_SORTS = ['name', 'hits', 'bytes', 'status', 'cached', 'size'] as const;
export type HeatSort = (typeof HEAT_SORTS)[number];
export interface HeatOrder {
  readonly by: HeatSort;
  readonly descending: boolean;
}

export const SHOWN = [
  { id: 'all', label: 'All', none: '' },
  { id: 'asked', label: 'Asked for', none: 'Nothing was asked for' },
  { id: 'never', label: 'Never', none: 'Every file was asked for' },
  { id: 'missing', label: 'Missing', none: 'Nothing that was asked for is missing' },
] as const;
export type Shown = (typeof SHOWN)[number]['id'];

export interface HeatRow {
  readonly node: HeatNode;
  /** From 1. */
  readonly level: number;
  /** Place among its like from 1, and how many they are. */
  readonly place: number;
  readonly of: number;
  /** Undefined for what cannot be opened. */
  readonly isOpen: boolean | undefined;
}

export function heatRows(
  root: HeatNode,
  order: HeatOrder,
  shown: Shown,
  isOpen: (node: HeatNode, level: number) => boolean,
): HeatRow[] {
  const rows: HeatRow[] = [];
  const compare = comparison(order);
  const add = (nodes: readonly HeatNode[], level: number) => {
    const seen = nodes.filter((node) => isShown(node, shown)).sort(compare);
    for (const [i, node] of seen.entries()) {
      const opens = node.nodes.length > 0;
      const open = opens && isOpen(node, level);
      rows.push({ node, level, place: i + 1, of: seen.length, isOpen: opens ? open : undefined });
      if (open) add(node.nodes, level + 1);
    }
  };
  add([root], 1);
  return rows;
}

/** A folder is shown for what lies below it. */
function isShown(node: HeatNode, shown: Shown): boolean {
  if (shown === 'all') return true;
  if (node.nodes.some((each) => isShown(each, shown))) return true;
  if (shown === 'asked') return node.hits > 0;
  return shown === 'missing' ? node.kind === 'missing' : node.kind === 'file' && node.hits === 0;
}

/** What was asked for, as a share of what could have been answered from the client's own copy. */
export function cachedShare({ hits, notModified }: HeatNode): number | undefined {
  return hits === 0 ? undefined : notModified / hits;
}

const VALUE: Readonly<Record<Exclude<HeatSort, 'name'>, (node: HeatNode) => number | undefined>> = {
  hits: (node) => node.hits,
  bytes: (node) => node.bytes,
  status: (node) => node.lastStatus,
  cached: cachedShare,
  size: (node) => node.size,
};

/** `part-2` before `part-10`. */
const NAMES = new Intl.Collator(undefined, { numeric: true });

/** What has no value stands last either way; folders come first in the order of names. */
function comparison({ by, descending }: HeatOrder): (a: HeatNode, b: HeatNode) => number {
  const sign = descending ? -1 : 1;
  const byName = (a: HeatNode, b: HeatNode) =>
    Number(b.path.endsWith('/')) - Number(a.path.endsWith('/')) || NAMES.compare(a.name, b.name);
  if (by === 'name') return (a, b) => sign * byName(a, b);
  const value = VALUE[by];
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === right) return byName(a, b);
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return sign * (left - right);
  };
}

/** What the most asked for file has: bars are drawn against it, since a folder's sum would dwarf all. */
export function mostOf(root: HeatNode, of: 'hits' | 'bytes'): number {
  if (root.nodes.length === 0) return root[of];
  return root.nodes.reduce((most, node) => Math.max(most, mostOf(node, of)), 0);
}

/** How long a bar is, from 0 to 1: by square root, so that one request beside a thousand is still seen. */
export function barShare(value: number, most: number): number {
  return most > 0 ? Math.sqrt(Math.min(1, value / most)) : 0;
}
