/** The worker's entry: gives the store its globals. */
import { openTransport } from '../link/connect.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { StoreWorker } from './store-worker.ts';

declare const self: DedicatedWorkerGlobalScope;

const store = new StoreWorker({
  post: (message: FromWorker) => self.postMessage(message),
  open: openTransport,
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  clock: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<ToWorker>) => store.receive(event.data));
