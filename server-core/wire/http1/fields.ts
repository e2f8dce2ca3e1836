/**
 * Field lines in wire order, with case and duplicates as received. Holds one copy of the head's bytes and the
 * offsets of each name and value, and decodes a text only when it is asked for.
 */
export interface Fields {
  readonly count: number;
  /** The i-th name as received. */
  name(i: number): string;
  /** The i-th value without surrounding whitespace, one char per byte (latin1). */
  value(i: number): string;
  /** Stream offsets of the i-th line's parts; `lineEnd` is after its CRLF. */
  position(i: number): FieldPosition;
  /** The first value of a field, by case-insensitive name given in lower case; undefined when absent. */
  get(name: string): string | undefined;
  /** All values of a field joined with ", " (RFC 9110 §5.3); undefined when absent. */
  all(name: string): string | undefined;
  has(name: string): boolean;
}

export interface FieldPosition {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly lineEnd: number;
}
