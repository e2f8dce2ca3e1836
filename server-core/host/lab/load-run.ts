/** A plan carried out: phase after phase, all groups of one at once. */
import { LAB_LIMITS } from '../../capture/lab-scenarios.ts';
import { Sleep } from '../../http/middleware/sleep.ts';
import { LoadClient, type LoadClock } from './load-client.ts';
import type { LoadRecord } from './load-messages.ts';
import type { LoadGroup, LoadPlan, LoadTarget } from './load-plan.ts';

export class LoadRun {
  readonly #target: LoadTarget;
  readonly #plan: LoadPlan;
  readonly #clock: LoadClock;
  readonly #record: (record: LoadRecord) => void;
  readonly #clients = new Set<LoadClient>();
  readonly #pauses = new Set<Sleep>();
  #stopped = false;

  constructor(target: LoadTarget, plan: LoadPlan, clock: LoadClock, record: (record: LoadRecord) => void) {
    this.#target = target;
    this.#plan = plan;
    this.#clock = clock;
    this.#record = record;
  }

  /** Resolves when all was asked and answered, or cut off. */
  async finish(): Promise<void> {
    let place = 0;
    for (const groups of this.#plan) {
      await this.#phase(groups, place);
      place += groups.length;
    }
  }

  /** What is under way is cut off, and nothing else is begun. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
    for (const client of this.#clients) client.close();
  }

  async #phase(groups: readonly LoadGroup[], first: number): Promise<void> {
    let lasts = true;
    const others: Promise<void>[] = [];
    const counted: Promise<void>[] = [];
    for (const [n, group] of groups.entries()) {
      if (group.requests !== undefined) counted.push(this.#group(group, first + n, () => true));
      else others.push(this.#group(group, first + n, () => lasts));
    }
    await Promise.all(counted);
    lasts = false;
    this.#wake();
    await Promise.all(others);
  }

  async #group(group: LoadGroup, place: number, goesOn: () => boolean): Promise<void> {
    let left = group.requests ?? LAB_LIMITS.maxRequests;
    const work = async () => {
      const client = new LoadClient(this.#target, group, place, this.#clock);
      this.#clients.add(client);
      while (left > 0 && !this.#stopped && goesOn()) {
        left--;
        this.#record(await client.ask());
        if (group.everyMs > 0 && goesOn()) await this.#pause(group.everyMs);
      }
      client.close();
      this.#clients.delete(client);
    };
    await Promise.all(Array.from({ length: group.clients }, work));
  }

  async #pause(ms: number): Promise<void> {
    const sleep = new Sleep();
    this.#pauses.add(sleep);
    await sleep.for(ms);
    this.#pauses.delete(sleep);
  }

  #wake(): void {
    for (const sleep of this.#pauses) sleep.end();
  }
}
