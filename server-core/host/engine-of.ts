/** An engine as the options of the command want it: what both hosts begin with. */
import type { CliOptions } from './cli-options.ts';
import { Engine, type EngineOptions } from './engine.ts';
import type { ServeDefaults } from './site-options.ts';

const MIB = 1024 * 1024;

type Surroundings = Omit<EngineOptions, 'memoryBudgetBytes' | 'diskBudgetBytes' | 'capture'>;

export function engineOf(options: CliOptions, surroundings: Surroundings): Engine {
  return new Engine(
    {
      ...surroundings,
      memoryBudgetBytes: options.memoryMiB * MIB,
      diskBudgetBytes: options.diskMiB * MIB,
      capture: options.capture,
    },
    serveDefaults(options),
  );
}

/** How the options want a server to be. */
export function serveDefaults({
  host,
  port,
  model,
  workers,
  https,
  limits,
  settings,
}: CliOptions): ServeDefaults {
  return { host, port, model, workers, https, limits, ...settings };
}
