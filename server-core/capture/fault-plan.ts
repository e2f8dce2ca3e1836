/** What a server does wrong on purpose, and how slowly: for seeing what clients make of it. 0 switches a part off. */
export interface FaultPlan {
  /** Milliseconds before the first byte of an answer. */
  readonly delayMs: number;
  /** Of content, no faster. */
  readonly bytesPerSecond: number;
  /** Content goes out in writes of this many bytes. */
  readonly writeBytes: number;
  /** After this many bytes of content nothing comes for `stallMs`. */
  readonly stallAfter: number;
  readonly stallMs: number;
  /** The connection closes after this many bytes of content, wherever the message ends. */
  readonly truncateAfter: number;
  /** The connection is reset (RST) after this many bytes of content. */
  readonly resetAfter: number;
  /** Every so many requests are answered 503. */
  readonly unavailableEvery: number;
  /** Content-Length says this many bytes more than there are. */
  readonly lengthTooLarge: number;
  /** Every answer closes its connection. */
  readonly close: boolean;
}

export const NO_FAULTS: FaultPlan = {
  delayMs: 0,
  bytesPerSecond: 0,
  writeBytes: 0,
  stallAfter: 0,
  stallMs: 0,
  truncateAfter: 0,
  resetAfter: 0,
  unavailableEvery: 0,
  lengthTooLarge: 0,
  close: false,
};

/** A minute for whatever waits: the longest deadline that clients commonly have. Sizes up to 1 GiB. */
export const FAULT_LIMITS: Readonly<Record<FaultNumber, number>> = {
  delayMs: 60_000,
  bytesPerSecond: 2 ** 30,
  writeBytes: 2 ** 20,
  stallAfter: 2 ** 30,
  stallMs: 60_000,
  truncateAfter: 2 ** 30,
  resetAfter: 2 ** 30,
  unavailableEvery: 1000,
  lengthTooLarge: 2 ** 20,
};

export type FaultNumber = Exclude<keyof FaultPlan, 'close'>;

export const FAULT_NUMBERS = Object.keys(FAULT_LIMITS) as readonly FaultNumber[];

/** Checks a plan that came over a transport; a string says in one sentence why it is none. */
export function checkFaultPlan(value: unknown): FaultPlan | string {
  if (typeof value !== 'object' || value === null) return 'A fault plan is a JSON object';
  const given = value as Record<string, unknown>;
  const wrong = FAULT_NUMBERS.find((name) => !isWithin(given[name], FAULT_LIMITS[name]));
  if (wrong !== undefined) return `\`${wrong}\` is a whole number from 0 to ${FAULT_LIMITS[wrong]}`;
  if (typeof given.close !== 'boolean') return '`close` is true or false';
  const numbers = Object.fromEntries(FAULT_NUMBERS.map((name) => [name, given[name]]));
  return { ...(numbers as Record<FaultNumber, number>), close: given.close };
}

export function isFaultless(plan: FaultPlan): boolean {
  // A length of a stall says nothing without its place.
  return !plan.close && FAULT_NUMBERS.every((name) => name === 'stallMs' || plan[name] === 0);
}

function isWithin(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
