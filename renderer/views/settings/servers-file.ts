/** All servers as one file, each as its own file has it: to be taken to another machine, or kept beside a project. */
import type { ServerView } from '../../store/queries/state.ts';
import type { Store } from '../../store/queries/store.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { configText, settingsFrom } from './config-file.ts';

/** As many as are read in a moment. */
const MOST_PROBLEMS = 3;

export async function serversText(store: Store): Promise<string> {
  const servers = await Promise.all(
    store
      .state()
      .servers.filter(isKept)
      .map(async ({ id, root }): Promise<unknown> => {
        const { settings } = await store.settings(id);
        return JSON.parse(configText(settings, root));
      }),
  );
  return `${JSON.stringify({ servers }, undefined, 2)}\n`;
}

/** A folder that a page lends goes with it, and the lab makes its own server. */
function isKept({ status, tags = [] }: ServerView): boolean {
  return status !== 'removed' && !tags.includes('LENT') && !tags.includes('LAB');
}

/** Serves all that a file lists, by its settings; what is served already gets them. Resolves to what was done, and not. */
export async function serveListed(store: Store, text: string): Promise<string> {
  const listed = listIn(text);
  if (typeof listed === 'string') return listed;
  const problems: string[] = [];
  for (const config of listed) {
    const problem = await serveOne(store, config).catch(sentenceOf);
    if (problem !== undefined) problems.push(problem);
  }
  const done = `${listed.length - problems.length} of ${listed.length} of the file’s servers are there`;
  const more = problems.length - MOST_PROBLEMS;
  const told = problems.slice(0, MOST_PROBLEMS);
  return [done, ...told, ...(more > 0 ? [`${more} more are left out`] : [])].join('. ');
}

/** One sentence says why there is no list. */
function listIn(text: string): readonly unknown[] | string {
  try {
    const { servers } = JSON.parse(text) as { readonly servers?: unknown };
    if (Array.isArray(servers)) return servers;
  } catch {}
  return 'That file lists no servers';
}

/** Resolves to one sentence where it is not served as the file says. */
async function serveOne(store: Store, config: unknown): Promise<string | undefined> {
  const path: unknown = (config as { readonly path?: unknown } | null)?.path;
  if (typeof path !== 'string') return 'A server without a path is left out';
  const reply = await store.serve(path);
  if ('warning' in reply) return `${path} is left out: ${reply.warning}`;
  if ('capture' in reply) return undefined;
  const { id } = reply.server;
  const settings = settingsFrom(JSON.stringify(config), (await store.settings(id)).settings);
  if (typeof settings === 'string') return `${path}: ${settings}`;
  await store.configure(id, settings);
  return undefined;
}
