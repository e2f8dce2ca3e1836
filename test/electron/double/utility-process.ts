/** `utilityProcess`: a Node child process that is made to look like Electron's. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { appDouble } from './app.ts';
import { decode, encode } from './codec.ts';
import { MAIN_PLACE, mainRealm } from './main-ports.ts';
import { cancellable, strict } from './strict.ts';
import {
  flush,
  moveTo,
  type Place,
  type PortMessage,
  placeGone,
  reroute,
  routeClose,
  routeMessage,
} from './switchboard.ts';

/** What the child says over Node's own channel, which Electron's has not. */
export type FromChild =
  | { readonly op: 'parent'; readonly data: string }
  | ({ readonly op: 'post'; readonly id: string } & PortMessage)
  | { readonly op: 'close'; readonly id: string }
  | { readonly op: 'bounce'; readonly id: string; readonly data: string; readonly ports: readonly string[] };

export type ToChild =
  | { readonly op: 'parent'; readonly data: string; readonly ports: readonly string[] }
  | { readonly op: 'port'; readonly id: string; readonly data: string; readonly ports: readonly string[] }
  | { readonly op: 'closed'; readonly id: string };

const CHILD_SETUP = join(import.meta.dirname, 'utility-child.ts');
const alive = new Set<UtilityProcessDouble>();

class UtilityProcessDouble
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'pid' | 'stdout' | 'stderr' | 'postMessage' | 'kill'>
{
  /** As with `inherit`, the one setting that is supported. */
  readonly stdout = null;
  readonly stderr = null;
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #place: Place;
  #killed = false;
  #running = false;

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    if (!appDouble.isReady()) throw new Error('utilityProcess cannot be created before app is ready.');
    if (options.stdio !== undefined && options.stdio !== 'inherit') {
      throw new Error('electron double: only stdio "inherit" is implemented');
    }
    this.#name = options.serviceName ?? 'Node Utility Process';
    this.#child = fork(modulePath, [...args], {
      ...(options.cwd !== undefined && { cwd: options.cwd }),
      env: { ...(options.env ?? process.env) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [
        '--import',
        CHILD_SETUP,
        '--unhandled-rejections=warn-with-error-code',
        ...(options.execArgv ?? []),
      ],
    });
    this.#place = {
      port: (id, data, ports) => this.#send({ op: 'port', id, data, ports }),
      closed: (id) => this.#send({ op: 'closed', id }),
    };
    alive.add(this);
    this.#child.on('spawn', () => this.#spawned());
    this.#child.on('message', (message: FromChild) => this.#heard(message));
    this.#child.on('error', (error) => console.error(error));
    this.#child.on('exit', (code, signal) => this.#exited(code, signal));
  }

  get pid(): number | undefined {
    return this.#running ? this.#child.pid : undefined;
  }

  postMessage(message: unknown, transfer?: Electron.MessagePortMain[]): void {
    const data = encode(message);
    const ports = mainRealm.take(transfer);
    if (!this.#child.connected) return;
    this.#send({ op: 'parent', data, ports: moveTo(this.#place, ports, MAIN_PLACE) });
    flush(this.#place, ports);
  }

  kill(): boolean {
    if (!alive.has(this)) return false;
    this.#killed = true;
    return this.#child.kill('SIGTERM');
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #send(message: ToChild): void {
    // Whoever posts to a process that just died is not told so in Electron either.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  #spawned(): void {
    this.#running = true;
    appDouble.utilityStarted(this.#child.pid as number, this.#name);
    this.emit('spawn');
  }

  #heard(message: FromChild): void {
    if (message.op === 'parent') this.emit('message', decode(message.data));
    else if (message.op === 'post') routeMessage(message.id, message, this.#place);
    else if (message.op === 'close') routeClose(message.id);
    else reroute(message.id, message.data, message.ports, this.#place);
  }

  #exited(code: number | null, signal: NodeJS.Signals | null): void {
    alive.delete(this);
    this.#running = false;
    appDouble.utilityEnded(this.#child.pid as number);
    placeGone(this.#place);
    const exitCode = signal === null ? (code ?? 1) : this.#killed ? 0 : constants.signals[signal];
    if (exitCode !== 0) {
      const reason = signal === null ? 'abnormal-exit' : 'crashed';
      const details = {
        type: 'Utility',
        reason,
        exitCode,
        serviceName: 'node.mojom.NodeService',
        name: this.#name,
      };
      appDouble.emit('child-process-gone', cancellable({}), details);
    }
    this.emit('exit', exitCode);
  }
}

export const utilityProcess = strict<typeof Electron.utilityProcess>('utilityProcess', {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) =>
    strict<Electron.UtilityProcess>('UtilityProcess', new UtilityProcessDouble(modulePath, args, options)),
});

export function endUtilities(): void {
  for (const each of alive) each.end();
}
