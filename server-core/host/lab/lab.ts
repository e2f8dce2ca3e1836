/**
 * The lab: the same load for one model after another, on a server of its own that serves while it runs. What is
 * measured is kept until the next run, for any number of viewers.
 */
import type {
  LabCall,
  LabGroupRun,
  LabModelRun,
  LabPlan,
  LabRecord,
  LabReport,
} from '../../capture/lab-call.ts';
import { LAB_REPORT_RECORDS } from '../../capture/lab-call.ts';
import { LAB_LIMITS } from '../../capture/lab-scenarios.ts';
import type { ModelName } from '../../capture/model-names.ts';
import { DEFAULT_SERVER_SETTINGS } from '../../capture/server-settings.ts';
import type { Clock } from '../../net/clock.ts';
import { isLoopback } from '../addresses.ts';
import type { ServedSite } from '../served-site.ts';
import type { SiteOptions } from '../site-options.ts';
import { type Load, startLoad } from './load-driver.ts';
import type { LoadRecord } from './load-messages.ts';
import { loadPlan } from './load-plan.ts';
import { PeakMeter } from './peak-meter.ts';

export interface LabOptions {
  readonly clock: Clock;
  servers(): Iterable<ServedSite>;
  /** Makes a server, which is then started; what is not said is as usual. */
  add(site: Pick<SiteOptions, 'source' | 'name' | 'port' | 'compress'>): ServedSite;
}

type ModelRun = { -readonly [Key in keyof LabModelRun]: LabModelRun[Key] };

/** A viewer that hears nothing for so long asks again: shorter than what proxies and people wait for. */
const WATCH_MS = 20_000;
/** What a run has of its server, whatever a person switched there. */
const SETTINGS = { lan: false, https: false, headSeconds: DEFAULT_SERVER_SETTINGS.headSeconds };

export class Lab {
  readonly #options: LabOptions;
  readonly #waiting = new Set<() => void>();
  #run = 0;
  #revision = 0;
  #plan: LabPlan | undefined;
  #server: number | undefined;
  #models: ModelRun[] = [];
  #records: LabRecord[] = [];
  #running = false;
  #stopped = false;
  #load: Load | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(options: LabOptions) {
    this.#options = options;
  }

  answer(call: LabCall): Promise<unknown> {
    if (call.act === 'run') return this.run(call.plan);
    return call.act === 'stop' ? this.stop() : this.#watch(call);
  }

  /** Resolves once it has begun; what ran before is stopped. */
  async run(plan: LabPlan): Promise<void> {
    // Another viewer may have begun one meanwhile.
    do await this.stop();
    while (this.#running);
    this.#run++;
    this.#plan = plan;
    this.#models = [];
    this.#records = [];
    this.#stopped = false;
    this.#running = true;
    this.#changed();
    this.#done = this.#all(plan);
  }

  /** Resolves when nothing of it runs any more: no generator, and no server. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#load?.stop();
    await this.#done;
  }

  async #all(plan: LabPlan): Promise<void> {
    for (const model of plan.models) {
      if (this.#stopped) break;
      await this.#one(model, plan);
    }
    this.#running = false;
    this.#changed();
  }

  async #one(model: ModelName, plan: LabPlan): Promise<void> {
    const load = loadPlan(plan);
    const groups: LabGroupRun[] = load.flat().map(({ name, requests }) => ({ name, requests }));
    const meter = new PeakMeter();
    const run: ModelRun = { model, groups, began: 0, ended: undefined, peak: meter.peak };
    const place = this.#models.push(run) - 1;
    const site = this.#site();
    this.#server = site.id;
    try {
      await begin(site, model, plan);
      meter.begin(site);
      run.began = this.#options.clock.now();
      this.#changed();
      const problem = await this.#carryOut(site, load, (records) => {
        run.peak = meter.peak;
        for (const record of records) this.#records.push(relative(record, place, run.began));
        this.#changed();
      });
      if (problem !== undefined) run.problem = problem;
    } catch (error) {
      run.problem = (error as Error).message;
    }
    run.peak = meter.end();
    run.ended = this.#options.clock.now();
    await site.stop();
    this.#changed();
  }

  /** Resolves to one sentence where not all was done. */
  async #carryOut(
    site: ServedSite,
    plan: ReturnType<typeof loadPlan>,
    records: (records: readonly LoadRecord[]) => void,
  ): Promise<string | undefined> {
    const { status, host, port } = site.state;
    if (status !== 'running') return site.state.problem ?? 'Its server was stopped';
    if (!isLoopback(host)) return `${host} is not on the loopback interface`;
    if (this.#stopped) return STOPPED;
    const { origin } = this.#options.clock;
    this.#load = startLoad({ target: { host, port }, plan, origin, runMs: LAB_LIMITS.maxRunMs, records });
    const problem = await this.#load.ended;
    this.#load = undefined;
    return this.#stopped ? STOPPED : problem;
  }

  async #watch(seen: Extract<LabCall, { readonly act: 'watch' }>): Promise<LabReport> {
    const isNews = seen.run !== this.#run || seen.revision !== this.#revision;
    if (!isNews && seen.records >= this.#records.length) await this.#news();
    const have = seen.run === this.#run ? seen.records : 0;
    return {
      run: this.#run,
      revision: this.#revision,
      plan: this.#plan,
      running: this.#running,
      server: this.#server,
      models: this.#models,
      records: this.#records.slice(have, have + LAB_REPORT_RECORDS),
    };
  }

  /** The lab's own server: on loopback, at a port of its own, and stopped but for a run. */
  #site(): ServedSite {
    for (const site of this.#options.servers()) if (site.options.source.kind === 'lab') return site;
    return this.#options.add({ source: { kind: 'lab' }, name: 'load', port: 0, compress: false });
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, WATCH_MS).unref();
      this.#waiting.add(wake);
    });
  }

  #changed(): void {
    this.#revision++;
    for (const wake of [...this.#waiting]) wake();
  }
}

const STOPPED = 'Stopped before its end';

/** Has the lab's server serve under a model. Throws where it cannot. */
async function begin(site: ServedSite, model: ModelName, { parameters }: LabPlan): Promise<void> {
  const { headSeconds = SETTINGS.headSeconds } = parameters;
  await site.stop();
  await site.configure({ ...site.settings, ...SETTINGS, headSeconds, model });
  await site.start();
  const { status, problem } = site.state;
  if (status !== 'running') throw new Error(problem ?? 'Its server could not be started');
}

function relative(record: LoadRecord, model: number, began: number): LabRecord {
  const since = (time: number | undefined) => (time === undefined ? undefined : time - began);
  return {
    ...record,
    model,
    start: record.start - began,
    end: record.end - began,
    connected: since(record.connected),
    born: since(record.born),
    served: since(record.served),
    first: since(record.first),
  };
}
