/** When an accepted connection may begin to be read; a concurrency model decides. */
export interface Admission {
  /**
   * Called on accept. Calls `turn.begin` now or later, and `turn.makeRoom` when others began to wait.
   * The function it returns is called once, when the connection is gone.
   */
  admit(turn: Turn): () => void;
  /** Connections that wait. While there are any, one that has answered should close. */
  readonly waiting: number;
}

export interface Turn {
  begin(): void;
  makeRoom(): void;
}
