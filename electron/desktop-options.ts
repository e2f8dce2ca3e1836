/** Which options of the `wirescope` command the desktop takes: all but those about how the command shows things. */
import { SPEC } from '../server-core/host/cli-spec.ts';

const OF_THE_COMMAND: readonly string[] = ['ui-port', 'no-ui', 'no-open', 'log', 'json', 'help', 'version'];

/** Relative to where the person stands, which the process that serves need not know. */
export const PATH_OPTIONS: readonly string[] = ['config', 'cert', 'key', 'routes', 'record'];

type Option = { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: boolean };

export const DESKTOP_SPEC: Readonly<Record<string, Option>> = Object.fromEntries(
  Object.entries<Option>(SPEC).filter(([name]) => !OF_THE_COMMAND.includes(name)),
);
