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
function checkFaultPlan(value: unknown): FaultPlan | string {
  if (typeof value !== 'object' || value === null) return 'A fault plan is a JSON object';
  const given = value as Record<string, unknown>;
  const wrong = FAULT_NUMBERS.find((name) => !isWithin(given[name], FAULT_LIMITS[name]));
  if (wrong !== undefined) return `\`${wrong}\` is a whole number from 0 to ${FAULT_LIMITS[wrong]}`;
  if (typeof given.close !== 'boolean') return '`close` is true or false';
  const numbers = Object.fromEntries(FAULT_NUMBERS.map((name) => [name, given[name]]));
  return { ...(numbers as Record<FaultNumber, number>), close: given.close };
}

/** A plan for the requests whose path fits a pattern; of several rules the first that fits is followed. */
export interface FaultRule extends FaultPlan {
  /** A path, in which `*` stands for anything: `*` for all, `/api/*`, `*.png`. The query does not count. */
  readonly path: string;
}

/** A rule for each kind of file, and some for single paths. */
export const MOST_RULES = 20;
const LONGEST_PATTERN = 200;

/** Checks rules that came over a transport; a string says in one sentence why they are none. */
export function checkFaultRules(value: unknown): readonly FaultRule[] | string {
  if (!Array.isArray(value) || value.length > MOST_RULES)
    return `Fault rules are a list of at most ${MOST_RULES}`;
  const rules: FaultRule[] = [];
  for (const given of value as readonly unknown[]) {
    const plan = checkFaultPlan(given);
    if (typeof plan === 'string') return plan;
    const { path } = given as Record<string, unknown>;
    if (!isPattern(path)) return 'The path of a fault rule begins with / or *, without spaces';
    rules.push({ path, ...plan });
  }
  return rules;
}

export function isPattern(path: unknown): path is string {
  return typeof path === 'string' && path.length <= LONGEST_PATTERN && /^[/*]\S*$/.test(path);
}

/** Without regular expressions: those of a stranger can take for ever. */
export function fitsPattern(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return path === pattern;
  const last = rest.pop() ?? '';
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}

export function isFaultless(plan: FaultPlan): boolean {
  // A length of a stall says nothing without its place.
  return !plan.close && FAULT_NUMBERS.every((name) => name === 'stallMs' || plan[name] === 0);
}

function isWithin(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
