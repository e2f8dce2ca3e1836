/**
 * The exchanges that fit one condition of a lab. A condition asks for one exchange for each of its filters; those
 * that passed a filter are kept, the latest few, and what fits together is looked for among them.
 */
import { parseFilter } from '../filter/parser.ts';
import type { Columns } from './columns.ts';
import type { ContentSearch } from './content-search.ts';
import type { ExchangePage } from './exchanges.ts';
import { exprTest, type RowTest } from './filter.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { TaskCondition, TaskKey } from './queries/tasks.ts';

/** Exchanges kept for a filter: what belongs together seldom has more than this between it. */
export const MOST_KEPT = 256;

interface Step {
  readonly test: RowTest;
  /** Numbers of those that passed, ascending. */
  readonly passed: number[];
}

export class TaskMatches {
  readonly #columns: Columns;
  readonly #condition: TaskCondition;
  /** One for each filter; equal filters share one. */
  readonly #steps: readonly Step[];
  readonly #distinct: readonly Step[];
  /** The lowest number that passed since it was last asked: only a chain that ends there or later can be new. */
  #fresh = Number.POSITIVE_INFINITY;
  #furthest: readonly number[] = [];

  constructor(columns: Columns, contents: ContentSearch, condition: TaskCondition) {
    this.#columns = columns;
    this.#condition = condition;
    const made = new Map<string, Step>();
    this.#steps = condition.see.map((text) => {
      const step = made.get(text) ?? { test: testOf(columns, contents, text), passed: [] };
      made.set(text, step);
      return step;
    });
    this.#distinct = [...made.values()];
  }

  get wanted(): number {
    return this.#steps.length;
  }

  /** Looks at a row that is new, or of which more is known. */
  look(page: ExchangePage, row: number, id: number): void {
    const { model } = this.#condition;
    if (model !== undefined && this.#columns.servers.get(page.server[row]!)?.model !== model) return;
    for (const step of this.#distinct) {
      if (!step.test(page, row, id) || step.passed.includes(id)) continue;
      insert(step.passed, id);
      if (step.passed.length > MOST_KEPT) step.passed.shift();
      this.#fresh = Math.min(this.#fresh, id);
    }
  }

  /** The exchanges that came furthest towards the condition, in order. */
  furthest(): readonly number[] {
    if (this.#fresh === Number.POSITIVE_INFINITY) return this.#furthest;
    const found = this.#condition.atOnce === true ? this.#mostAtOnce() : this.#longestChain();
    if (found.length > this.#furthest.length) this.#furthest = found;
    this.#fresh = Number.POSITIVE_INFINITY;
    return this.#furthest;
  }

  /** Exchanges for as many of the first filters as can be had. */
  #longestChain(): readonly number[] {
    for (let count = this.#steps.length; count > this.#furthest.length; count--) {
      const last = this.#steps[count - 1]!.passed;
      for (const id of last) {
        const chain = id < this.#fresh ? undefined : this.#chainTo(id, count);
        if (chain !== undefined) return chain;
      }
    }
    return [];
  }

  /** Backwards, each the latest one that fits: it leaves the most before it, and the least time. */
  #chainTo(last: number, count: number): number[] | undefined {
    const chain = [last];
    for (let step = count - 2; step >= 0; step--) {
      const found = this.#steps[step]!.passed.findLast((id) => id < chain[0]! && this.#joins(chain, id));
      if (found === undefined) return undefined;
      chain.unshift(found);
    }
    return chain;
  }

  #joins(chain: readonly number[], id: number): boolean {
    const { same, different, within } = this.#condition;
    if (same !== undefined && this.#key(same, id) !== this.#key(same, chain[0]!)) return false;
    if (different !== undefined && this.#isTaken(different, chain, id)) return false;
    return within === undefined || this.#begin(chain.at(-1)!) - this.#begin(id) <= within * 1000;
  }

  #isTaken(different: TaskKey, chain: readonly number[], id: number): boolean {
    const key = this.#key(different, id);
    return chain.some((other) => this.#key(different, other) === key);
  }

  /** Of the moments at which one began, that with the most of them under way. */
  #mostAtOnce(): number[] {
    const { different, same } = this.#condition;
    const ids = [...new Set(this.#distinct.flatMap(({ passed }) => passed))].sort((a, b) => a - b);
    // Those that begin before the first fresh one were looked at with all that can be under way then.
    const first = ids.findIndex((id) => id >= this.#fresh);
    let most: number[] = [];
    for (const moment of ids.slice(first)) {
      const time = this.#begin(moment);
      const under: number[] = [moment];
      for (const id of ids) {
        if (under.length === this.wanted) break;
        if (id === moment || this.#begin(id) > time || this.#end(id) <= time) continue;
        if (same !== undefined && this.#key(same, id) !== this.#key(same, moment)) continue;
        if (different !== undefined && this.#isTaken(different, under, id)) continue;
        under.push(id);
      }
      if (under.length > most.length) most = under;
    }
    return most.sort((a, b) => a - b);
  }

  #key(key: TaskKey, id: number): string | number {
    const page = this.#columns.exchanges.page(id);
    // Of one that was trimmed nothing is known: it has nothing in common with any.
    if (page === undefined) return -id;
    const row = id & PAGE_MASK;
    switch (key) {
      case 'connection':
        return page.conn[row]!;
      case 'target':
        return page.target[row]!;
      case 'server':
        return page.server[row]!;
      case 'worker':
        return page.worker[row]!;
      case 'client': {
        const conn = page.conn[row]!;
        return this.#columns.connections.page(conn)?.remoteAddress[conn & PAGE_MASK] ?? 0;
      }
    }
  }

  #begin(id: number): number {
    return this.#columns.exchanges.page(id)?.begin[id & PAGE_MASK] ?? Number.NaN;
  }

  /** NaN while it is under way, which is at or before no time. */
  #end(id: number): number {
    return this.#columns.exchanges.page(id)?.end[id & PAGE_MASK] ?? Number.NaN;
  }
}

/** A text with an error in it passes nothing: a task must not be done by a mistake in its file. */
function testOf(columns: Columns, contents: ContentSearch, text: string): RowTest {
  const { expr, error } = parseFilter(text);
  if (error !== undefined) return () => false;
  return expr === undefined ? () => true : exprTest(columns, expr, contents);
}

/** Most come in order; those that were read late do not. */
function insert(ids: number[], id: number): void {
  let at = ids.length;
  while (at > 0 && ids[at - 1]! > id) at--;
  ids.splice(at, 0, id);
}
