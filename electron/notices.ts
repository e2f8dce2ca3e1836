/** Tells of servers that stopped serving while nobody looks at the window. */
import { Notification } from 'electron/main';
import type { ServedSource } from './channels.ts';

export class Notices {
  readonly #isWatched: () => boolean;
  readonly #show: () => void;
  /** Nobody else holds them, and one that is collected tells of no click. */
  readonly #shown = new Set<Notification>();
  /** What is known to be wrong, by what is served. */
  #problems = new Map<string, string>();

  /** `show` brings the window to the front. */
  constructor(isWatched: () => boolean, show: () => void) {
    this.#isWatched = isWatched;
    this.#show = show;
  }

  update(sources: readonly ServedSource[]): void {
    const problems = new Map<string, string>();
    for (const { what, server } of sources) {
      if (server?.problem === undefined) continue;
      problems.set(what, server.problem);
      if (this.#problems.get(what) !== server.problem) this.#tell(server.name, server.problem);
    }
    this.#problems = problems;
  }

  #tell(title: string, body: string): void {
    if (this.#isWatched() || !Notification.isSupported()) return;
    const notice = new Notification({ title, body });
    this.#shown.add(notice);
    notice.on('click', () => {
      this.#shown.delete(notice);
      this.#show();
    });
    notice.on('close', () => this.#shown.delete(notice));
    notice.show();
  }
}
