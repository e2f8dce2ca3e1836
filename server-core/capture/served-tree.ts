/** A served folder as viewers see it. */

/** A file has `bytes`, a folder that was looked into has `nodes`, in the order of their names. */
export interface TreeNode {
  readonly name: string;
  readonly bytes?: number;
  readonly nodes?: readonly TreeNode[];
}

/** What lies below the root, as far as requests could get it. */
export interface TreeReply {
  readonly nodes: readonly TreeNode[];
  /** False when there is more than what is told. */
  readonly complete: boolean;
}
