/**
 * The logs that the store reads: the host's own, which goes on, and the captures that are open there. One of them is
 * shown; every question about rows, bytes and times is about that one.
 */
import type { Call, CallReply, Hello, SaveReply } from '../../server-core/capture/feed-messages.ts';
import type { LabCall, LabReport } from '../../server-core/capture/lab-call.ts';
import { runsOf } from '../../server-core/capture/runs.ts';
import type { SendReply } from '../../server-core/capture/send-call.ts';
import { CaptureReader } from './capture-reader.ts';
import { Ingest } from './ingest.ts';
import type { CaptureView, Restart } from './queries/state.ts';
import type { ExportPlan, SendPlan } from './queries/store.ts';

export interface SourcesOptions {
  call<C extends Call>(call: C): Promise<CallReply<C>>;
  /** Something of what is shown, or of what there is to show, has changed. */
  onChange(): void;
  /** Another log is shown: everything is asked anew. */
  onShown(ingest: Ingest): void;
}

const GONE = 'These bytes went with the server process that had captured them';

export class Sources {
  readonly live = new Ingest();
  readonly #captures = new Map<string, CaptureReader>();
  readonly #options: SourcesOptions;
  readonly #restarts: Restart[] = [];
  #shown: CaptureReader | undefined;
  #hello: Hello | undefined;
  /** Wall-clock milliseconds at the time 0 of `live`, which is that of its first log. */
  #epochMs = 0;

  constructor(options: SourcesOptions) {
    this.#options = options;
  }

  /** What is shown. */
  get ingest(): Ingest {
    return this.#shown?.ingest ?? this.live;
  }
  get isLive(): boolean {
    return this.#shown === undefined;
  }
  /** The host's settings, with the epoch of what is shown. */
  get hello(): Hello | undefined {
    const hello = this.#hello;
    const epochMs = this.#shown?.info.epochMs ?? this.#epochMs;
    return hello && epochMs !== hello.epochMs ? { ...hello, epochMs } : hello;
  }
  get restarts(): readonly Restart[] {
    return this.isLive ? this.#restarts : [];
  }

  captures(): CaptureView[] {
    return [...this.#captures.values()].map((reader) => {
      const { id, name, path, exchanges } = reader.info;
      const problem = reader.problem ?? reader.info.problem;
      const view = { id, name, path, exchanges, progress: reader.progress, shown: reader === this.#shown };
      return {
        ...view,
        ...(problem !== undefined && { problem }),
        ...(reader.info.rebuilt && { rebuilt: true as const }),
      };
    });
  }

  /** `fresh` is true for the first hello of a link. */
  onHello(hello: Hello, fresh: boolean): void {
    const before = this.#hello;
    this.#hello = hello;
    if (!before) {
      this.#epochMs = hello.epochMs;
      this.live.columns.day.epochMs = hello.epochMs;
    } else if (fresh && before.epochMs !== hello.epochMs) this.#goOn(hello);
    for (const info of hello.captures) {
      const known = this.#captures.get(info.path);
      if (known) known.info = info;
      else this.#captures.set(info.path, this.#reader(info));
      if (!known && info.byHost) this.show(info.id);
    }
    for (const [path, reader] of this.#captures) {
      if (hello.captures.every((info) => info.path !== path)) this.#drop(path, reader);
    }
    // A link that was lost may have stopped it.
    if (fresh) void this.#shown?.read();
  }

  /** Shows a capture by its number, or what is live. */
  show(capture: number | undefined): void {
    this.ingest.index.setTime(Number.POSITIVE_INFINITY);
    const { index, order, lines } = this.ingest;
    this.#shown = [...this.#captures.values()].find((reader) => reader.info.id === capture);
    const { ingest } = this;
    ingest.index.set(index.filter);
    ingest.order.set(order.sort);
    ingest.lines.set(lines.grouping);
    this.#options.onShown(ingest);
    void this.#shown?.read();
  }

  /** The payloads of `bytes` records of what is shown. */
  pull(positions: readonly number[]): Promise<Uint8Array> {
    if (this.#shown) return this.#options.call({ op: 'pull', positions, capture: this.#shown.info.id });
    const { position } = this.live.shift;
    if (positions.some((at) => at < position)) return Promise.reject(new Error(GONE));
    if (position === 0) return this.#options.call({ op: 'pull', positions });
    return this.#options.call({ op: 'pull', positions: positions.map((at) => at - position) });
  }

  /** The number by which the host knows a server of the list. */
  serverNumber(server: number): number {
    return server - this.live.shift.server;
  }

  /** Has the host write the log that is shown. What an earlier process had captured is gone there. */
  exportAs({ as, scope, chosen, redact, path }: ExportPlan): Promise<SaveReply> {
    const before = this.#shown ? 0 : this.live.shift.exchange;
    const wanted = scope === 'shown' ? this.ingest.index.ids() : chosen;
    const only = scope === 'all' ? undefined : runsOf(Array.from(wanted, (id) => id - before));
    return this.#options.call({
      ...{ op: 'export', as, redact },
      ...(path !== undefined && { path }),
      ...(this.#shown && { capture: this.#shown.info.id }),
      ...(only && { only }),
    });
  }

  /** Has the host send bytes; server and times are the store's. */
  async send(plan: SendPlan): Promise<SendReply> {
    const { time } = this.live.shift;
    const call = { op: 'send', ...plan, server: this.#targetOf(plan.server) } as const;
    const { connections } = await this.#options.call(call);
    return {
      connections: connections.map((sent) => ({
        ...sent,
        events: sent.events.map((event) => ({ ...event, time: event.time + time })),
      })),
    };
  }

  /** Has the host run the lab, stop it, or tell of it; server and times are the store's. */
  async lab(call: LabCall): Promise<LabReport | undefined> {
    if (call.act !== 'watch') return void (await this.#options.call(call));
    const { time, server } = this.live.shift;
    const report = await this.#options.call(call);
    return {
      ...report,
      ...(report.server !== undefined && { server: report.server + server }),
      models: report.models.map((run) => ({
        ...run,
        began: run.began + time,
        ...(run.ended !== undefined && { ended: run.ended + time }),
      })),
    };
  }

  #targetOf(server: SendPlan['server']): SendPlan['server'] {
    return typeof server === 'number' ? this.serverNumber(server) : server;
  }

  #goOn(hello: Hello): void {
    this.live.goOn((hello.epochMs - this.#epochMs) * 1000);
    const sentence = hello.restarted ?? 'The server process was started again';
    this.#restarts.push({ exchange: this.live.columns.exchanges.last + 1, sentence });
  }

  #reader(info: Hello['captures'][number]): CaptureReader {
    return new CaptureReader(
      info,
      (capture, from) => this.#options.call({ op: 'read', capture, from }),
      () => this.#options.onChange(),
    );
  }

  #drop(path: string, reader: CaptureReader): void {
    reader.close();
    this.#captures.delete(path);
    if (reader === this.#shown) this.show(undefined);
  }
}
