/** When an accepted connection may begin to be read; a concurrency model decides. */
export interface Admission {
  /**
   * Called on accept. Calls `turn.begin` now or later, and `turn.makeRoom` when others began to wait.
   * The function it returns is called once, when the connection is gone.
   */
  admit(turn: Turn): () => void;
  /** True while a connection that has answered should close because others wait. */
  readonly othersWait: boolean;
}

export interface Turn {
  begin(): void;
  makeRoom(): void;
}
