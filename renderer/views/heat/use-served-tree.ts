/** The files of a server's folder, read when it is first looked at and when a request got a file that is not among them. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TreeNode, TreeReply } from '../../../server-core/capture/served-tree.ts';
import type { HeatResult } from '../../store/queries/heat.ts';
import { useStore } from '../shell/store-context.tsx';

interface Served {
  readonly server: number;
  readonly tree: TreeReply | undefined;
  /** Why there are none, in one sentence. */
  readonly problem: string | undefined;
}

export function useServedTree(server: number | undefined, heat: HeatResult | undefined) {
  const store = useStore();
  const [served, setServed] = useState<Served>();
  /** Paths that were answered and are no files: asking again will not find them. */
  const known = useRef(new Set<string>());
  /** The server that is asked now. */
  const reading = useRef<number>(undefined);

  const read = useCallback(() => {
    if (server === undefined || reading.current === server) return;
    reading.current = server;
    const end = (tree: TreeReply | undefined, problem?: string) => {
      // Another one may have been picked since.
      if (reading.current !== server) return;
      reading.current = undefined;
      setServed({ server, tree, problem });
    };
    store.tree(server).then(
      (tree) => end(tree),
      (error: Error) => end(undefined, error.message),
    );
  }, [store, server]);

  useEffect(() => {
    known.current.clear();
    read();
  }, [read]);

  const tree = served !== undefined && served.server === server ? served.tree : undefined;
  useEffect(() => {
    if (tree === undefined || heat === undefined) return;
    const files = pathsOf(tree.nodes, '/', new Set(['/']));
    const fresh = heat.paths.filter(
      ({ path, lastStatus = 0 }) =>
        lastStatus >= 200 && lastStatus < 300 && !files.has(path) && !known.current.has(path),
    );
    for (const { path } of fresh) known.current.add(path);
    if (fresh.length > 0) read();
  }, [tree, heat, read]);

  const problem = served !== undefined && served.server === server ? served.problem : undefined;
  return { tree, problem, read };
}

function pathsOf(nodes: readonly TreeNode[], at: string, paths: Set<string>): Set<string> {
  for (const { name, nodes: below } of nodes) {
    paths.add(below ? `${at}${name}/` : at + name);
    if (below) pathsOf(below, `${at}${name}/`, paths);
  }
  return paths;
}
