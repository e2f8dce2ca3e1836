/** How the connections of one server share it. Everything but the order of service is the same under every model. */
import type { ModelName } from '../capture/model-names.ts';
import type { Carrier } from '../net/carrier.ts';
import { LocalCarrier } from '../net/local-carrier.ts';
import { EventLoop } from './event-loop.ts';
import { Iterative } from './iterative.ts';
import type { ModelContext } from './model-context.ts';
import { Prefork } from './prefork.ts';
import { ProcessPerConnection } from './process-per-connection.ts';
import { ThreadPool } from './thread-pool.ts';

export { MODEL_NAMES, MODEL_SENTENCES, type ModelName } from '../capture/model-names.ts';

/**
 * Resolves once it can serve. Rejects with ModelProblem, and with whatever making the handler throws.
 * @param cores how many processes or threads make sense where nobody says
 */
export async function createModel(name: ModelName, context: ModelContext, cores: number): Promise<Carrier> {
  const { site, identity, workers } = context;
  const count = workers.count ?? Math.max(LEAST_WORKERS, cores);
  switch (name) {
    case 'process':
      return new ProcessPerConnection(context);
    case 'prefork':
      return Prefork.start(context, count);
    case 'event-loop':
    case 'iterative':
    case 'threads': {
      const answers = name === 'threads' ? await ThreadPool.start(context, count) : context.answers();
      const admission = name === 'iterative' ? new Iterative() : new EventLoop();
      const here = { ...site, handler: answers.handler, mustClose: () => false };
      return new LocalCarrier(here, admission, identity, answers);
    }
  }
}

/** With one, nothing could be seen of what several are for. */
const LEAST_WORKERS = 2;
