/**
 * The seam between the process that serves and whoever watches. Messages arrive whole and in order, or the
 * transport closes. One contract suite runs over every implementation.
 */
export interface Transport {
  /** Takes the bytes at once (the caller may reuse the array). Does nothing after close. */
  send(message: Uint8Array): void;
  /** Sets the one listener. Messages that came before are kept and delivered to it. The array is the listener's. */
  onMessage(listener: (message: Uint8Array) => void): void;
  /** Sets the one close listener. Called once, also when the transport was closed before it was set. */
  onClose(listener: (reason: string) => void): void;
  close(): void;
}
