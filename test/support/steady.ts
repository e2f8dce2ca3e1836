import { expect } from 'vitest';

/** Resolves when two readings in a row, `interval` milliseconds apart, are the same. */
export async function steady(read: () => Promise<unknown>, interval = 100): Promise<void> {
  let last: unknown;
  const isSame = async () => {
    const before = last;
    last = await read();
    return last === before;
  };
  await expect.poll(isSame, { interval }).toBe(true);
}

/** Resolves when a count has come to `goal`, however long that takes while it grows. */
export async function arrived(count: () => Promise<number>, goal: number): Promise<void> {
  for (let now = await count(); now < goal; now = await count()) {
    await expect.poll(count).toBeGreaterThan(now);
  }
}
