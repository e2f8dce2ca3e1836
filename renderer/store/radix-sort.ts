/**
 * Sorting a million rows by a number: a radix sort over the bits of the keys, whose time does not depend on how the
 * rows lay before, and which keeps rows of equal keys in their order.
 */
const DIGIT = 11;
const BUCKETS = 1 << DIGIT;
const MASK = BUCKETS - 1;
/** Six digits of eleven bits hold the 64 of a key: three in each half. */
const DIGITS_A_HALF = 3;
const SIGN = 0x8000_0000;

/** The ids in the order of `keys`, which has one number for each, not NaN; equal keys stay in the order given. */
export function sortedByKey(ids: Uint32Array, keys: Float64Array): Uint32Array {
  const halves = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  orderBits(halves);
  let order = Uint32Array.from(ids, (_, place) => place);
  let spare = new Uint32Array(order.length);
  for (const half of LOW_HALF_FIRST) {
    for (let digit = 0; digit < DIGITS_A_HALF; digit++) {
      if (!passInto(spare, order, halves, half, digit * DIGIT)) continue;
      [order, spare] = [spare, order];
    }
  }
  for (let place = 0; place < order.length; place++) spare[place] = ids[order[place]!]!;
  return spare;
}

/** Which word of a number is the lower one is the machine's. */
const LOW_HALF_FIRST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? [0, 1] : [1, 0];

/** Turns the bits of numbers into ones whose order as whole numbers is the order of the numbers. Overwrites them. */
function orderBits(halves: Uint32Array): void {
  const [low = 0, high = 1] = LOW_HALF_FIRST;
  for (let at = 0; at < halves.length; at += 2) {
    if (halves[at + high]! >= SIGN) {
      halves[at + low] = ~halves[at + low]!;
      halves[at + high] = ~halves[at + high]!;
    } else {
      halves[at + high]! += SIGN;
    }
  }
}

/** One pass over a digit; false, with nothing done, when all keys have the same. */
function passInto(
  target: Uint32Array,
  order: Uint32Array,
  halves: Uint32Array,
  half: number,
  shift: number,
): boolean {
  const starts = new Uint32Array(BUCKETS);
  for (let at = half; at < halves.length; at += 2) starts[(halves[at]! >>> shift) & MASK]!++;
  if (order.length === 0 || starts[(halves[half]! >>> shift) & MASK] === order.length) return false;
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket]!;
    starts[bucket] = sum;
    sum += count;
  }
  for (let place = 0; place < order.length; place++) {
    const at = order[place]!;
    const bucket = (halves[at * 2 + half]! >>> shift) & MASK;
    target[starts[bucket]!++] = at;
  }
  return true;
}
