/** Room for segments outside of memory: numbered slots of one size. It does the I/O; which slot holds what is the log's. */
export interface SegmentStore {
  /** Writes whole bytes into a slot; they do not change until it resolves. Rejects with one sentence for people. */
  write(slot: number, bytes: Uint8Array): Promise<void>;
  /** Fills `target` from the slot's start. Rejects with one sentence for people. */
  read(slot: number, target: Uint8Array): Promise<void>;
  /** Lets all slots go, and what they take on disk. Slots may be written again after it. */
  clear(): void;
}
