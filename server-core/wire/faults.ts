/**
 * THE fault table: every way in which bytes on the wire can be wrong, with one plain sentence, the clause that
 * says so, and what a server should answer. README documents each code; a test checks both directions.
 */
export interface FaultInfo {
  /** One sentence for people, without echoing peer bytes. */
  readonly sentence: string;
  /** The governing clause, such as `RFC 9112 §3`. */
  readonly section: string;
  /** Suggested response status; undefined where no response can be sent (a response's own fault, or after it). */
  readonly status?: number;
}

/** A fault as it happened: the last event of a parser. */
export interface Fault {
  readonly code: FaultCode;
  /** Stream offset of the first byte that could not be accepted. */
  readonly at: number;
}

export const FAULTS = {
  'method-invalid': {
    sentence: 'The method has a byte that a token cannot hold',
    section: 'RFC 9112 §3.1',
    status: 400,
  },
} as const satisfies Record<string, FaultInfo>;

export type FaultCode = keyof typeof FAULTS;
