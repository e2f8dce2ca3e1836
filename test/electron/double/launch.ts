/** The test's side of the double: `launchDouble` has the shape of Playwright's `_electron.launch`. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { FromTest, Inside, ToTest } from './remote.ts';

const REGISTER = join(import.meta.dirname, 'register.ts');
/** On a machine that is busy with other tests. */
const WINDOW_MS = 30_000;

export interface LaunchOptions {
  readonly main: string;
  readonly args: readonly string[];
  /** Beside what this process has. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The commands of a test, without their ids. */
type Command = FromTest extends infer C ? (C extends FromTest ? Omit<C, 'id'> : never) : never;

export class DoubleApp {
  readonly #main: ChildProcess;
  readonly #browser: Browser;
  readonly #waiting = new Map<number, (result: Extract<ToTest, { op: 'result' }>) => void>();
  readonly #said: readonly string[];
  readonly #ended: Promise<number | null>;
  #lastId = 0;

  constructor(main: ChildProcess, browser: Browser, said: readonly string[]) {
    this.#main = main;
    this.#browser = browser;
    this.#said = said;
    this.#ended = new Promise((resolve) => main.once('exit', (code) => resolve(code)));
    void this.#ended.then(() => {
      for (const [id, settle] of this.#waiting) settle({ op: 'result', id, error: this.#afterEnd() });
    });
    main.on('message', (message: ToTest) => {
      if (message.op !== 'result') return;
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    });
  }

  windows(): Page[] {
    return this.#pages();
  }

  async firstWindow(): Promise<Page> {
    const [context] = this.#browser.contexts();
    const page = this.#pages()[0] ?? (await context?.waitForEvent('page', { timeout: WINDOW_MS }));
    if (!page) throw new Error(`No window opened\n${this.output()}`);
    await page.waitForURL(/\.localhost\//, { timeout: WINDOW_MS });
    return page;
  }

  /** Runs a function in the main process. It must not use anything from around it. */
  evaluate<R, A>(run: (electron: typeof Electron, arg: A, inside: Inside) => R, arg: A): Promise<Awaited<R>> {
    return this.#command({ op: 'evaluate', text: String(run), arg }) as Promise<Awaited<R>>;
  }

  /** Says which files the next drop carries. */
  async announcePaths(paths: readonly string[]): Promise<void> {
    await this.#command({ op: 'paths', paths });
  }

  /** What main and the process that serves have written. */
  output(): string {
    return this.#said.join('');
  }

  /** Quits as the menu does, and resolves to the exit code; also when it has ended already. */
  async close(): Promise<number | null> {
    if (this.#main.connected) {
      await this.evaluate(({ app }) => void setImmediate(() => app.quit()), undefined);
    }
    const code = await this.#ended;
    await this.#browser.close();
    return code;
  }

  #pages(): Page[] {
    return this.#browser.contexts().flatMap((context) => context.pages());
  }

  #afterEnd(): string {
    return `The app has ended\n${this.output()}`;
  }

  #command(command: Command): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.#main.connected) throw new Error(this.#afterEnd());
      const id = ++this.#lastId;
      this.#waiting.set(id, ({ value, error }) => {
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      this.#main.send({ ...command, id } as FromTest);
    });
  }
}

/** Rejects with what main wrote when it ends before it is ready. */
export async function launchDouble({ main, args, env }: LaunchOptions): Promise<DoubleApp> {
  const child = fork(main, [...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
    execArgv: ['--import', REGISTER],
  });
  const said: string[] = [];
  child.stdout?.on('data', (data) => said.push(String(data)));
  child.stderr?.on('data', (data) => said.push(String(data)));
  const devTools = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ToTest) => message.op === 'ready' && resolve(message.devTools));
    child.once('exit', (code) => reject(new Error(`The main process ended with ${code}\n${said.join('')}`)));
  });
  return new DoubleApp(child, await chromium.connectOverCDP(devTools), said);
}
