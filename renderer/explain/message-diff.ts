/** Where two messages differ: fields aligned in wire order, and the first byte at which contents part. */
export interface DiffLine {
  readonly kind: 'same' | 'changed' | 'left' | 'right';
  readonly left: Named | undefined;
  readonly right: Named | undefined;
}
export interface Named {
  readonly name: string;
  readonly value: string;
}

/**
 * Fields paired by name without case, in the order of both sides: a longest common subsequence of names. A pair
 * whose values differ is `changed`.
 */
export function diffFields(left: readonly Named[], right: readonly Named[]): DiffLine[] {
  const same = (i: number, j: number) => left[i]!.name.toLowerCase() === right[j]!.name.toLowerCase();
  const width = right.length + 1;
  const longest = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      longest[i * width + j] = same(i, j)
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && same(i, j)) {
      const [l, r] = [left[i++]!, right[j++]!];
      lines.push({ kind: l.value === r.value && l.name === r.name ? 'same' : 'changed', left: l, right: r });
    } else if (
      j >= right.length ||
      (i < left.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
    ) {
      lines.push({ kind: 'left', left: left[i++]!, right: undefined });
    } else lines.push({ kind: 'right', left: undefined, right: right[j++]! });
  }
  return lines;
}

/** Offset of the first byte that differs; the shorter length when one begins with the other; undefined when equal. */
export function firstDifference(left: Uint8Array, right: Uint8Array): number | undefined {
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) if (left[i] !== right[i]) return i;
  return left.length === right.length ? undefined : shared;
}
