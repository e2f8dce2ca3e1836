/**
 * The connections to one origin: so many at once, the rest of the requests wait their turn in order. Those that are
 * free are used again newest first, so that the others reach their idle deadline and few stay open in quiet times.
 */
import type { Deadline, Deadlines } from '../deadlines.ts';
import { connectTo, type TlsTrust } from './connect.ts';
import type { Origin } from './origin.ts';
import { OriginConnection } from './origin-connection.ts';
import type { ProxyLimits } from './proxy-limits.ts';

interface Idle {
  readonly connection: OriginConnection;
  readonly deadline: Deadline;
}

export class OriginPool {
  readonly #origin: Origin;
  readonly #trust: TlsTrust;
  readonly #limits: ProxyLimits;
  readonly #deadlines: Deadlines;
  #idle: Idle[] = [];
  /** Open or being opened. One that was switched to another protocol is no longer ours. */
  #open = 0;
  #waiting: (() => void)[] = [];

  constructor(origin: Origin, trust: TlsTrust, limits: ProxyLimits, deadlines: Deadlines) {
    this.#origin = origin;
    this.#trust = trust;
    this.#limits = limits;
    this.#deadlines = deadlines;
  }

  /**
   * A connection for one exchange, a kept one unless it must be `fresh`. Rejects with an OriginProblem when it cannot
   * be made. Whoever gets it gives it to `release`, or destroys it. A request that waited and is no longer `wanted`
   * gets undefined, and its turn goes to the next.
   */
  async take(fresh: boolean, wanted: () => boolean): Promise<OriginConnection | undefined> {
    for (let waited = false; ; waited = true) {
      if (waited && !wanted()) {
        this.#waiting.shift()?.();
        return undefined;
      }
      const kept = fresh ? undefined : this.#keptConnection();
      if (kept) return kept;
      if (this.#open < this.#limits.maxConnections) return this.#connect();
      // All are taken, or the free ones are not fresh.
      const oldest = this.#idle[0];
      if (oldest) oldest.connection.destroy();
      await new Promise<void>((resolve) => {
        // Whoever was overtaken on his way here keeps his place.
        if (waited) this.#waiting.unshift(resolve);
        else this.#waiting.push(resolve);
      });
    }
  }

  /** Gives a connection back after an exchange that left it in order. `idleMs` is how long the origin keeps it. */
  release(connection: OriginConnection, idleMs: number | undefined): void {
    const { maxIdle } = this.#limits;
    const ms = Math.min(this.#limits.idleMs, idleMs ?? this.#limits.idleMs);
    if (connection.destroyed) return;
    if (ms <= 0 || (this.#idle.length >= maxIdle && this.#waiting.length === 0)) return connection.destroy();
    const deadline = this.#deadlines.watch(() => connection.destroy());
    this.#deadlines.arm(deadline, 'idle', ms);
    this.#idle.push({ connection, deadline });
    connection.idle();
    this.#waiting.shift()?.();
  }

  /** Ends the connections that serve no request. */
  close(): void {
    for (const { connection } of [...this.#idle]) connection.destroy();
  }

  #keptConnection(): OriginConnection | undefined {
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      this.#deadlines.unwatch(last.deadline);
      if (!last.connection.destroyed) return last.connection;
    }
    return undefined;
  }

  async #connect(): Promise<OriginConnection> {
    this.#open++;
    try {
      const socket = await connectTo(this.#origin, this.#trust, this.#limits.connectMs);
      const connection = new OriginConnection(socket);
      connection.onGone = () => this.#gone(connection);
      return connection;
    } catch (problem) {
      this.#left();
      throw problem;
    }
  }

  #gone(connection: OriginConnection): void {
    const at = this.#idle.findIndex((idle) => idle.connection === connection);
    const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (idle) this.#deadlines.unwatch(idle.deadline);
    this.#left();
  }

  #left(): void {
    this.#open--;
    this.#waiting.shift()?.();
  }
}
