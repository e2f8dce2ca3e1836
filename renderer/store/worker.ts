/** The worker's entry: gives the store its globals. */
import { openTransport } from '../link/connect.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { StoreWorker } from './store-worker.ts';

declare const self: DedicatedWorkerGlobalScope;

/** What is said in one turn goes in one message: the page then draws state and rows together, and once. */
let said: FromWorker[] = [];

function post(message: FromWorker): void {
  if (said.push(message) > 1) return;
  queueMicrotask(() => {
    self.postMessage(said);
    said = [];
  });
}

const store = new StoreWorker({
  post,
  open: openTransport,
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  clock: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<ToWorker>) => store.receive(event.data));
