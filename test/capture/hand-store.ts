import type { SegmentStore } from '../../server-core/capture/segment-store.ts';

/** A disk whose work is done when a test says so: bytes are taken and given at that moment, as a slow disk may. */
export class HandStore implements SegmentStore {
  readonly slots = new Map<number, Uint8Array>();
  /** Says why writes fail from now on. */
  broken: string | undefined;
  cleared = 0;
  /** Writes that are not done. */
  writing = 0;
  #waiting: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  write(slot: number, bytes: Uint8Array): Promise<void> {
    this.writing++;
    return this.#later(() => {
      this.writing--;
      if (this.broken !== undefined) throw new Error(this.broken);
      this.slots.set(slot, bytes.slice());
    });
  }

  read(slot: number, target: Uint8Array): Promise<void> {
    return this.#later(() => {
      const held = this.slots.get(slot);
      if (!held || held.length < target.length) throw new Error('There is nothing in that slot');
      target.set(held.subarray(0, target.length));
    });
  }

  clear(): void {
    this.cleared++;
    this.slots.clear();
  }

  /** Does the oldest work that waits, and lets those who asked for it go on. */
  async settle(count = Number.POSITIVE_INFINITY): Promise<void> {
    for (let done = 0; done < count && this.#waiting.length > 0; done++) {
      this.#waiting.shift()?.();
      await new Promise(setImmediate);
    }
  }

  #later(work: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          work();
          resolve();
        } catch (problem) {
          reject(problem);
        }
      });
    });
  }
}
