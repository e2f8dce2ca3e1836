/**
 * Each place of the list has a slot among the elements, and slots keep their order in the document: while rows stream
 * by, elements are filled anew where they stand, and none is made or moved.
 */
export function inSlots<T>(rows: readonly T[], start: number, pool: number): T[] {
  const wrapped = pool - slotOf(start, pool);
  return [...rows.slice(wrapped), ...rows.slice(0, wrapped)];
}

export function slotOf(place: number, pool: number): number {
  return place % pool;
}
