/** What the benchmark of the window puts into the page before anything else runs there. */
export interface BenchWindow {
  readonly bench: {
    /** Exchanges that the latest state tells of. */
    captured(): number;
    /** Bars and ticks that the timeline's latest answer has. */
    drawn(): number;
    /** Milliseconds from a question to its answer. */
    question(question: unknown): Promise<number>;
    /** Milliseconds from an order to the next list that it leads to. */
    ask(order: unknown): Promise<number>;
    /** Milliseconds between animation frames, `act` being called in each. */
    frames(ms: number, act: () => void): Promise<number[]>;
    framesUntil(done: () => boolean): Promise<number[]>;
  };
}

/** Keeps hold of the store's worker, and counts along with what it says. Runs in the page, on its own. */
export function watchWorker(): void {
  const Plain = window.Worker;
  const FIRST_ID = 1_000_000_000;
  let worker: Worker;
  let captured = 0;
  let drawn = 0;
  let lastId = FIRST_ID;
  const answers = new Map<number, () => void>();
  let onList: (() => void) | undefined;
  window.Worker = class extends Plain {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      worker = this;
      this.addEventListener('message', (event: MessageEvent) => {
        for (const data of [event.data].flat()) {
          if (data.type === 'state') captured = data.state.ledger.captured;
          else if (data.type === 'answer') answers.get(data.id)?.();
          else if (data.type !== 'result' || !data.result) continue;
          else if ('total' in data.result) onList?.();
          else if ('bars' in data.result) drawn = data.result.bars.count + data.result.ticks.count;
        }
      });
    }
  };
  const framesUntil = (done: () => boolean, act = () => {}) =>
    new Promise<number[]>((resolve) => {
      const gaps: number[] = [];
      let before = 0;
      const frame = (now: number) => {
        if (before > 0) gaps.push(now - before);
        before = now;
        act();
        if (done()) resolve(gaps);
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  const bench: BenchWindow['bench'] = {
    captured: () => captured,
    drawn: () => drawn,
    question: (question) =>
      new Promise((resolve) => {
        const id = ++lastId;
        const began = performance.now();
        answers.set(id, () => resolve(performance.now() - began));
        worker.postMessage({ type: 'ask', id, question });
      }),
    ask: (order) =>
      new Promise((resolve) => {
        const began = performance.now();
        onList = () => {
          onList = undefined;
          resolve(performance.now() - began);
        };
        worker.postMessage(order);
      }),
    frames: (ms, act) => {
      const end = performance.now() + ms;
      return framesUntil(() => performance.now() >= end, act);
    },
    framesUntil,
  };
  Object.assign(window, { bench });
}
