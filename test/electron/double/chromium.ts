/** A headless Chromium and a bare client of its DevTools protocol. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../../../build/find-browser.ts';

const SWITCHES = [
  '--headless=new',
  '--remote-debugging-port=0',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--password-store=basic',
  // Electron switches this on; stock Chromium has no `close` event on ports.
  '--enable-features=MessagePortCloseEvent',
];
const START_MS = 30_000;

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** One attached target. Emits the protocol's events by their method name. */
export class CdpSession extends EventEmitter {
  readonly #send: (method: string, params: object) => Promise<unknown>;

  constructor(send: (method: string, params: object) => Promise<unknown>) {
    super();
    this.#send = send;
  }

  /** `T` is the part of the result that the caller reads. */
  send<T = unknown>(method: string, params: object = {}): Promise<T> {
    return this.#send(method, params) as Promise<T>;
  }
}

export class Chromium {
  /** Address of the DevTools protocol; a second client may connect there. */
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #pending = new Map<number, { method: string; settle: (reply: Reply) => void }>();
  #lastId = 0;

  private constructor(process: ChildProcess, profile: string, url: string, socket: WebSocket) {
    this.#process = process;
    this.#profile = profile;
    this.url = url;
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#heard(JSON.parse(String(data)) as Reply);
  }

  static async launch(switches: readonly string[]): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), 'wirescope-chromium-'));
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(
      ensureBrowser(),
      [...SWITCHES, ...asRoot, ...switches, `--user-data-dir=${profile}`],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        // A group of its own, so that all of its processes can be ended.
        detached: true,
      },
    );
    const url = await devToolsUrl(child);
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('Chromium did not take a DevTools connection'));
    });
    return new Chromium(child, profile, url, socket);
  }

  async newPage(width: number, height: number): Promise<{ targetId: string; session: CdpSession }> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width,
      height,
    });
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const session = new CdpSession((method, params) => this.send(method, params, sessionId));
    this.#sessions.set(sessionId, session);
    return { targetId, session };
  }

  send<T>(method: string, params: object, sessionId?: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const settle = ({ error, result }: Reply) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result as T);
      };
      this.#pending.set(id, { method, settle });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** At once: the process that owns us may be about to exit. */
  kill(): void {
    const { pid } = this.#process;
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It had gone by itself.
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }

  #heard(reply: Reply): void {
    if (reply.id !== undefined) {
      this.#pending.get(reply.id)?.settle(reply);
      this.#pending.delete(reply.id);
    } else if (reply.sessionId !== undefined && reply.method !== undefined) {
      this.#sessions.get(reply.sessionId)?.emit(reply.method, reply.params);
    }
  }
}

function devToolsUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`Chromium did not start: ${said}`)), START_MS);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`Chromium did not start: ${why} ${said}`));
    };
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`exit code ${code}`));
    child.stderr?.on('data', (data) => {
      said += String(data);
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
