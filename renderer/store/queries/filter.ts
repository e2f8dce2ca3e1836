/** Which rows are asked for. */

/** Everything in it must hold. */
export interface Filter {
  /** In the language of `renderer/filter`. */
  readonly text: string;
  /** Any of these kinds; all rows when there is none. */
  readonly chips: readonly Chip[];
  readonly server: number | undefined;
  /** Exchanges that overlap this span of time. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export const NO_FILTER: Filter = { text: '', chips: [], server: undefined, from: undefined, to: undefined };

/** A value of a field, and how many rows have it; 0 for one that is offered uncounted. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export const CHIPS = ['doc', 'css', 'js', 'img', 'font', 'media', 'data', 'ws', 'other', 'errors'] as const;

export type Chip = (typeof CHIPS)[number];
