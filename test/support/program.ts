/** Runs the built command as a person does: a process with output, signals and an exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '..', '..', 'out', 'cli', 'wirescope.mjs');

export class Program {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  /** Resolves to the exit code when the process is gone and its output was read to the end. */
  readonly ended: Promise<number | null>;
  readonly #waiting = new Set<() => void>();

  /** `script` is another copy of the command, where it is that which is run. */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}, script = CLI) {
    this.child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.child.stdout?.on('data', (data: Buffer) => {
      this.stdout += data.toString();
      this.#look();
    });
    this.child.stderr?.on('data', (data: Buffer) => {
      this.stderr += data.toString();
      this.#look();
    });
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        resolve(code);
        this.#look();
      });
    });
  }

  /** The first group of the first match in standard output (or error). Rejects when the process ends without. */
  async find(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<string> {
    for (;;) {
      const match = pattern.exec(this[where]);
      if (match) return match[1] ?? match[0];
      if (this.child.exitCode !== null)
        throw new Error(`It ended with ${this.child.exitCode}: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Ends it if it still runs. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null) this.child.kill(signal);
    return this.ended;
  }

  #look(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
