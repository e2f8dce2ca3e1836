/** The rows of a tree that are seen, and the way from a byte to its row. */
import type { TreeNode } from './message-tree.ts';

export interface TreeRow {
  readonly node: TreeNode;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  readonly expanded: boolean | undefined;
  /** Place among its siblings from 1, and how many they are. */
  readonly place: number;
  readonly size: number;
}

/** @param toggled ids of nodes that are not as they were at first */
export function treeRows(nodes: readonly TreeNode[], toggled: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeNode[], level: number) => {
    for (const [i, node] of siblings.entries()) {
      const expanded = node.children ? (node.open ?? false) !== toggled.has(node.id) : undefined;
      rows.push({ node, level, expanded, place: i + 1, size: siblings.length });
      if (expanded && node.children) add(node.children(), level + 1);
    }
  };
  add(nodes, 1);
  return rows;
}

/** Index of the deepest row that is seen and holds the byte; -1 when none does. */
export function rowOfByte(rows: readonly TreeRow[], offset: number): number {
  let found = -1;
  for (const [i, { node, level }] of rows.entries()) {
    if (offset < node.start || offset >= node.end) continue;
    if (found < 0 || level > rows[found]!.level) found = i;
  }
  return found;
}
