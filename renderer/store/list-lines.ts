/**
 * The lines of the list. In groups, each group has a head, and under it come its groups and rows unless it is folded.
 * Groups stand in the order in which their first rows do. Rows that are added at the end of the order join their
 * groups; after any other change all are dealt out anew.
 */
import type { Columns } from './columns.ts';
import { grown } from './grown.ts';
import type { ListOrder } from './list-order.ts';
import { PAGE_MASK } from './paged-rows.ts';
import { folderOf, foldersOf } from './path-folders.ts';
import type { Grouping } from './queries/list.ts';

export interface Group {
  /** Names it as long as the grouping stays. */
  readonly key: string;
  readonly depth: number;
  /** 0 where it is no connection. */
  readonly conn: number;
  readonly parent: Group | undefined;
  readonly groups: Group[];
  /** Exchanges that stand directly in it. */
  readonly ids: number[];
  /** Exchanges in it and in the groups within. */
  count: number;
  /** Places of its head and of its first row; -1 while they are folded away. */
  headAt: number;
  rowsAt: number;
}

/** A head, or the number of an exchange. */
export type Line = Group | number;

export class ListLines {
  grouping: Grouping = 'none';
  #version = 0;
  /** The version of the order that was dealt out. */
  #dealt = -1;
  #ids = new Uint32Array(0);
  #idCount = 0;
  /** Rows whose target is not read yet: they will move. */
  readonly #unsettled = new Set<number>();
  #roots: Group[] = [];
  readonly #byKey = new Map<string, Group>();
  readonly #byConn = new Map<number, Group>();
  /** By the whole folder of a target, which may lie deeper than its group. */
  readonly #byFolder = new Map<string, Group>();
  #foldsAll = false;
  /** Groups that are not as `foldsAll` says. */
  readonly #exceptions = new Set<string>();
  /** Runs of lines: where each starts, and of which group it is the head or the rows. */
  #starts: number[] = [];
  #runs: Group[] = [];
  #count = 0;

  readonly #columns: Columns;
  readonly #order: ListOrder;

  constructor(columns: Columns, order: ListOrder) {
    this.#columns = columns;
    this.#order = order;
  }

  get count(): number {
    return this.grouping === 'none' ? this.#order.count : this.#count;
  }

  /** Raised when the lines differ from what they were. */
  get version(): number {
    return this.#version + this.#order.version;
  }

  set(grouping: Grouping): void {
    if (grouping === this.grouping) return;
    this.grouping = grouping;
    this.#exceptions.clear();
    this.#foldsAll = false;
    this.#forget();
    this.#version++;
  }

  isFolded({ key }: Group): boolean {
    return this.#foldsAll !== this.#exceptions.has(key);
  }

  /** Folds a group or opens it; without a key, all of them. */
  fold(key: string | undefined, folded: boolean): void {
    if (key === undefined) {
      this.#foldsAll = folded;
      this.#exceptions.clear();
    } else if (folded === this.#foldsAll) this.#exceptions.delete(key);
    else this.#exceptions.add(key);
    this.#layOut();
    this.#version++;
  }

  /** The line at a place of the list, which must be in it. Call `refresh` first, here and below. */
  at(place: number): Line {
    if (this.grouping === 'none') return this.#order.at(place);
    let low = 0;
    let high = this.#starts.length;
    while (low < high - 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle;
    }
    const group = this.#runs[low]!;
    return place === group.headAt ? group : group.ids[place - group.rowsAt]!;
  }

  /** The place of an exchange; undefined when it is filtered or folded away. */
  indexOf(exchange: number): number | undefined {
    if (this.grouping === 'none') return this.#order.indexOf(exchange);
    const group = this.#groupOf(exchange);
    const at = group === undefined || group.rowsAt < 0 ? -1 : group.ids.indexOf(exchange);
    return at < 0 ? undefined : group!.rowsAt + at;
  }

  /** The place of a group's head; undefined when there is no such group, or it lies in a folded one. */
  headOf(key: string): number | undefined {
    const at = this.#byKey.get(key)?.headAt ?? -1;
    return at < 0 ? undefined : at;
  }

  /** The place of the head under which a line stands; undefined at the top. */
  headAbove(place: number): number | undefined {
    const line = place >= 0 && place < this.count ? this.at(place) : 0;
    if (typeof line !== 'number') return line.parent?.headAt;
    return this.#groupOf(line)?.headAt;
  }

  /** Takes in what changed in the order since the last call. */
  refresh(): void {
    this.#order.refresh();
    if (this.grouping === 'none') return;
    const settled = this.#hasSettled();
    if (this.#dealt === this.#order.version && !settled) return;
    this.#dealt = this.#order.version;
    const same = settled ? -1 : this.#sameFromStart();
    if (same < this.#idCount) this.#forget();
    this.#deal();
    this.#layOut();
    this.#version++;
  }

  #groupOf(exchange: number): Group | undefined {
    const page = this.#columns.exchanges.page(exchange);
    if (page === undefined) return undefined;
    const row = exchange & PAGE_MASK;
    if (this.grouping === 'connection') return this.#byConn.get(page.conn[row]!);
    return this.#byFolder.get(folderOf(this.#columns.strings.text(page.target[row]!)));
  }

  #hasSettled(): boolean {
    const { exchanges } = this.#columns;
    for (const id of this.#unsettled) {
      if (exchanges.page(id)?.target[id & PAGE_MASK] !== 0) return true;
    }
    return false;
  }

  /** How many rows of the order are where they were. */
  #sameFromStart(): number {
    const most = Math.min(this.#idCount, this.#order.count);
    let same = 0;
    while (same < most && this.#order.at(same) === this.#ids[same]) same++;
    return same;
  }

  #forget(): void {
    this.#idCount = 0;
    this.#dealt = -1;
    this.#unsettled.clear();
    this.#roots = [];
    this.#byKey.clear();
    this.#byConn.clear();
    this.#byFolder.clear();
  }

  /** Puts the rows after the `idCount` first into their groups. */
  #deal(): void {
    const { count } = this.#order;
    const { exchanges } = this.#columns;
    const from = this.#idCount;
    this.#dealt = this.#order.version;
    this.#ids = grown(this.#ids, count);
    for (let place = from; place < count; place++) {
      const id = this.#order.at(place);
      this.#ids[place] = id;
      const page = exchanges.page(id)!;
      const row = id & PAGE_MASK;
      const isPath = this.grouping === 'path';
      if (isPath && page.target[row] === 0) this.#unsettled.add(id);
      const group = isPath ? this.#folder(page.target[row]!) : this.#connection(page.conn[row]!);
      group.ids.push(id);
      for (let up: Group | undefined = group; up !== undefined; up = up.parent) up.count++;
    }
    this.#idCount = count;
  }

  #connection(conn: number): Group {
    const known = this.#byConn.get(conn);
    if (known !== undefined) return known;
    const group = this.#group(`c${conn}`, conn, undefined);
    this.#byConn.set(conn, group);
    return group;
  }

  #folder(text: number): Group {
    const target = this.#columns.strings.text(text);
    const folder = folderOf(target);
    const known = this.#byFolder.get(folder);
    if (known !== undefined) return known;
    let group: Group | undefined;
    for (const key of foldersOf(target)) group = this.#byKey.get(key) ?? this.#group(key, 0, group);
    this.#byFolder.set(folder, group!);
    return group!;
  }

  #group(key: string, conn: number, parent: Group | undefined): Group {
    const depth = parent === undefined ? 0 : parent.depth + 1;
    const group = { key, depth, conn, parent, groups: [], ids: [], count: 0, headAt: -1, rowsAt: -1 };
    this.#byKey.set(key, group);
    (parent?.groups ?? this.#roots).push(group);
    return group;
  }

  #layOut(): void {
    for (const group of this.#byKey.values()) {
      group.headAt = -1;
      group.rowsAt = -1;
    }
    this.#starts = [];
    this.#runs = [];
    this.#count = 0;
    for (const group of this.#roots) this.#layOutGroup(group);
  }

  #layOutGroup(group: Group): void {
    group.headAt = this.#run(group, 1);
    if (this.isFolded(group)) return;
    for (const within of group.groups) this.#layOutGroup(within);
    if (group.ids.length > 0) group.rowsAt = this.#run(group, group.ids.length);
  }

  #run(group: Group, lines: number): number {
    const start = this.#count;
    this.#starts.push(start);
    this.#runs.push(group);
    this.#count += lines;
    return start;
  }
}
