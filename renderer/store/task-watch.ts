/**
 * Checks the tasks that a page watches against traffic as it comes. Each exchange is looked at when it is new and until
 * it has ended, never again: the cost goes with the traffic, not with what is held.
 */
import type { Columns } from './columns.ts';
import { ContentSearch } from './content-search.ts';
import { type ExchangePage, FLAG } from './exchanges.ts';
import { PAGE_MASK } from './paged-rows.ts';
import type { Pull } from './payloads.ts';
import type { Row } from './queries/list.ts';
import type { TaskSeen, TasksParams, TasksResult } from './queries/tasks.ts';
import { buildRow } from './rows.ts';
import { TaskMatches } from './task-matches.ts';

/** Exchanges under way that are looked at again; of more, the oldest are given up: streams that never end. */
const MOST_OPEN = 2048;
/** Rows whose bytes are read at once. */
const READS = 32;

interface Task {
  readonly id: string;
  readonly matches: TaskMatches;
  seen: readonly number[];
}

export class TaskWatch {
  readonly #columns: Columns;
  readonly #pull: Pull;
  /** Its own: what the filter of the list asks for is another matter. */
  readonly #contents: ContentSearch;
  /** Those that are not done. */
  #tasks: Task[];
  readonly #done: TaskSeen[] = [];
  readonly #open = new Set<number>();
  /** Of them, those whose bytes are still to be read. */
  readonly #unread = new Set<number>();
  #next: number;
  #isTold = false;

  constructor(columns: Columns, { tasks, after }: TasksParams, pull: Pull) {
    this.#columns = columns;
    this.#pull = pull;
    this.#contents = new ContentSearch(columns);
    this.#next = after + 1;
    this.#tasks = tasks.map(({ id, when }) => ({
      id,
      matches: new TaskMatches(columns, this.#contents, when),
      seen: [],
    }));
  }

  stamp(): string {
    return this.#tasks.length === 0 && this.#isTold ? 'done' : String(this.#columns.serial);
  }

  /** Undefined when nothing came of what is new. */
  async result(): Promise<TasksResult | undefined> {
    let isNews = this.#advance();
    for (let ids = this.#contents.take(READS); ids.length > 0; ids = this.#contents.take(READS)) {
      await Promise.all(ids.map((id) => this.#contents.read(id, this.#pull, () => true)));
      for (const id of ids) this.#unread.delete(id);
      isNews = this.#advance() || isNews;
    }
    if (!isNews && this.#isTold) return undefined;
    this.#isTold = true;
    return [...this.#done, ...this.#tasks.map((task) => this.#told(task))];
  }

  #advance(): boolean {
    const { exchanges } = this.#columns;
    for (const id of this.#open) {
      const page = exchanges.page(id);
      if (page === undefined) this.#open.delete(id);
      else this.#look(page, id & PAGE_MASK, id);
    }
    exchanges.eachFrom(this.#next, (page, row, id) => {
      this.#next = id + 1;
      this.#look(page, row, id);
      return true;
    });
    for (const id of this.#open) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#open.delete(id);
    }
    return this.#settle();
  }

  #look(page: ExchangePage, row: number, id: number): void {
    const { waiting } = this.#contents;
    for (const { matches } of this.#tasks) matches.look(page, row, id);
    if (this.#contents.waiting > waiting) this.#unread.add(id);
    const isEnded = (page.flags[row]! & FLAG.ended) !== 0;
    if (isEnded && !this.#unread.has(id)) this.#open.delete(id);
    else this.#open.add(id);
  }

  /** Whether any task came further. */
  #settle(): boolean {
    let isNews = false;
    this.#tasks = this.#tasks.filter((task) => {
      const seen = task.matches.furthest();
      if (seen === task.seen) return true;
      task.seen = seen;
      isNews = true;
      if (seen.length < task.matches.wanted) return true;
      this.#done.push(this.#told(task));
      return false;
    });
    return isNews;
  }

  #told({ id, seen }: Task): TaskSeen {
    const rows = seen.map((each) => buildRow(this.#columns, each));
    return { id, rows: rows.filter((row): row is Row => row !== undefined) };
  }
}
