/** What a filter text means. Positions count UTF-16 units from the start of the text; `end` is one past. */
import type { FieldName } from './fields.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

export type Compare = '=' | '<' | '<=' | '>' | '>=';

/** Texts compare without case. In a `glob` each `*` stands for any run of signs. */
export type Test =
  | { readonly kind: 'contains' | 'equals'; readonly text: string; readonly glob: boolean }
  | { readonly kind: 'matches'; readonly source: string; readonly flags: '' | 'i' }
  /** Bytes for a size, microseconds for a duration, and of the day for a time of day. */
  | { readonly kind: 'compare'; readonly compare: Compare; readonly value: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  /** Pairs of hex digits. */
  | { readonly kind: 'bytes'; readonly hex: string }
  /** One of the words that the field's table lists. */
  | { readonly kind: 'word'; readonly word: string };

/** `any` is whatever a row shows. `name` is the header field's, in lower case, where one was given. */
export interface Term extends Place {
  readonly kind: 'term';
  readonly field: FieldName | 'any';
  readonly name?: string;
  readonly test: Test;
}

export type Expr =
  | Term
  | (Place & { readonly kind: 'and' | 'or'; readonly parts: readonly Expr[] })
  | (Place & { readonly kind: 'not'; readonly of: Expr });

export interface FilterError extends Place {
  /** One sentence without its full stop. */
  readonly message: string;
  /** It may yet become right as it is typed on. */
  readonly incomplete: boolean;
  /** What would stand well in its place. */
  readonly fix?: string;
}

/** `expr` undefined without an error lets every row through. */
export interface ParsedFilter {
  readonly expr: Expr | undefined;
  readonly error: FilterError | undefined;
}
