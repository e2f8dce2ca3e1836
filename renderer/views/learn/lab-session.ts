/**
 * The labs of this window: which one is open, what was done of each, and the watch on the traffic for the open one. It
 * outlives the view, so that a task is ticked while the learner is in Compose or in a browser.
 */
import { isLab, type Lab, type LabTask, readLab } from '../../learn/lab-file.ts';
import { type BegunLab, type Progress, parseProgress, proofOf } from '../../learn/lab-progress.ts';
import { builtInLabs } from '../../learn/labs.ts';
import type { Store, Watch } from '../../store/queries/store.ts';
import type { TasksParams, TasksResult } from '../../store/queries/tasks.ts';

export interface LabState {
  readonly labs: readonly Lab[];
  /** Ids of those that came from a file. */
  readonly added: readonly string[];
  readonly open: Lab | undefined;
  readonly progress: Progress;
  /** Exchanges seen so far for tasks of the open lab that are not done. */
  readonly seen: ReadonlyMap<string, number>;
}

type OnDone = (task: LabTask, lab: Lab) => void;

const PROGRESS_KEY = 'wirescope.labs';
const FILES_KEY = 'wirescope.lab-files';
const OPEN_KEY = 'wirescope.lab';
const NOTHING: ReadonlyMap<string, number> = new Map();

export class LabSession {
  #state: LabState;
  readonly #listeners = new Set<() => void>();
  /** Texts of the files that were added. */
  #files: readonly string[];
  #watch: Watch<TasksParams> | undefined;
  /** Where labs that were begun since the page was loaded begin: numbers of exchanges go on after a restart. */
  readonly #after = new Map<string, number>();
  #onDone: OnDone = () => {};

  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.#files = readFiles(localStorage.getItem(FILES_KEY));
    const labs = this.#labs();
    const open = labs.all.find(({ id }) => id === localStorage.getItem(OPEN_KEY));
    const progress = parseProgress(localStorage.getItem(PROGRESS_KEY));
    this.#state = { labs: labs.all, added: labs.added, open, progress, seen: NOTHING };
    store.subscribe(() => this.#follow());
    this.#follow();
  }

  state = (): LabState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Who is told when a task was done; the one before is told no more. */
  tell(onDone: OnDone): void {
    this.#onDone = onDone;
  }

  /** Begins a lab, or goes on with it; undefined leaves the open one, which then counts nothing more. */
  open(id: string | undefined): void {
    const open = this.#state.labs.find((lab) => lab.id === id);
    if (open) localStorage.setItem(OPEN_KEY, open.id);
    else localStorage.removeItem(OPEN_KEY);
    this.#rewatch({ open });
  }

  /** Keeps what the learner wrote to a question of the open lab. */
  answer(question: string, text: string): void {
    const { open, progress: before } = this.#state;
    const begun = open && before[open.id];
    if (open === undefined || begun === undefined) return;
    const progress = { ...before, [open.id]: { ...begun, answers: { ...begun.answers, [question]: text } } };
    this.#keep(progress);
    this.#set({ progress });
  }

  /** Forgets what was done of one lab. Traffic counts from now on. */
  reset(id: string): void {
    const { [id]: _gone, ...progress } = this.#state.progress;
    this.#after.delete(id);
    this.#keep(progress);
    this.#rewatch({ progress });
  }

  /** Adds the lab of a file, in place of an added one with its id. Returns what is wrong with it. */
  add(text: string): string | undefined {
    const lab = readLab(text);
    if (!isLab(lab)) return lab.sentence;
    if (builtInLabs().some(({ id }) => id === lab.id))
      return `A lab of the program has the id ${lab.id} already`;
    this.#setFiles([...this.#files.filter((other) => idOf(other) !== lab.id), text]);
    this.open(lab.id);
    return undefined;
  }

  remove(id: string): void {
    this.#setFiles(this.#files.filter((text) => idOf(text) !== id));
    this.reset(id);
    this.open(undefined);
  }

  #labs(): { readonly all: readonly Lab[]; readonly added: readonly string[] } {
    const added = this.#files.map(readLab).filter(isLab);
    return { all: [...added, ...builtInLabs()], added: added.map(({ id }) => id) };
  }

  #setFiles(files: readonly string[]): void {
    this.#files = files;
    localStorage.setItem(FILES_KEY, JSON.stringify(files));
    const { all, added } = this.#labs();
    this.#set({ labs: all, added });
  }

  #rewatch(change: Partial<LabState>): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#set({ ...change, seen: NOTHING });
    this.#follow();
  }

  /** Watches for the open lab as soon as the host is known, and not while a capture is shown: that is no traffic. */
  #follow(): void {
    const { hello, captures, ledger } = this.#store.state();
    const { open } = this.#state;
    const isLive = hello !== undefined && !captures.some(({ shown }) => shown);
    if (open === undefined || !isLive) {
      this.#watch?.close();
      this.#watch = undefined;
      return;
    }
    if (this.#watch !== undefined) return;
    const { epochMs } = hello;
    const begun = this.#state.progress[open.id] ?? this.#begin(open.id, epochMs, ledger.captured);
    const tasks = open.tasks.filter(({ id }) => begun.done[id] === undefined);
    if (tasks.length === 0) return;
    // Of another log nothing was seen yet.
    const after = this.#after.get(open.id) ?? (begun.epochMs === epochMs ? begun.after : 0);
    this.#watch = this.#store.watchTasks({ tasks, after }, (result) => this.#take(open, result));
  }

  #begin(id: string, epochMs: number, after: number): BegunLab {
    const begun: BegunLab = { at: Date.now(), epochMs, after, done: {}, answers: {} };
    this.#after.set(id, after);
    const progress = { ...this.#state.progress, [id]: begun };
    this.#keep(progress);
    this.#set({ progress });
    return begun;
  }

  #take(lab: Lab, result: TasksResult): void {
    const before = this.#state.progress[lab.id];
    if (before === undefined || this.#state.open !== lab) return;
    const epochMs = this.#store.state().hello?.epochMs ?? before.epochMs;
    const done = { ...before.done };
    const news: LabTask[] = [];
    for (const { id, rows } of result) {
      const task = lab.tasks.find((each) => each.id === id);
      if (task === undefined || done[id] !== undefined || rows.length < task.when.see.length) continue;
      done[id] = { at: Date.now(), epochMs, by: rows.map(proofOf) };
      news.push(task);
    }
    const progress = { ...this.#state.progress, [lab.id]: { ...before, done } };
    if (news.length > 0) this.#keep(progress);
    this.#set({ progress, seen: new Map(result.map(({ id, rows }) => [id, rows.length])) });
    for (const task of news) this.#onDone(task, lab);
  }

  #keep(progress: Progress): void {
    localStorage.setItem(PROGRESS_KEY, JSON.stringify(progress));
  }

  #set(change: Partial<LabState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

function readFiles(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

function idOf(text: string): string | undefined {
  const lab = readLab(text);
  return isLab(lab) ? lab.id : undefined;
}
