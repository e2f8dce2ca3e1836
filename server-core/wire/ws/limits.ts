/** What a reader of messages bounds, in bytes. */
export interface MessageLimits {
  /**
   * 16 MiB over all fragments of a message, control frames apart: a frame's limit in tungstenite, a sixth of what
   * ws takes. Memory grows with what arrived, never with what a frame announces.
   */
  readonly maxMessageBytes: number;
}

export const MESSAGE_DEFAULTS: MessageLimits = { maxMessageBytes: 16 * 1024 * 1024 };
