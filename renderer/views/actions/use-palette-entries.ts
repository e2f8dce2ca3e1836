/** What the palette offers: the actions that can be done now, and what there is to go to. */
import { GLOSSARY } from '../../explain/glossary/glossary.ts';
import type { ServerView } from '../../store/queries/state.ts';
import type { Store } from '../../store/queries/store.ts';
import { useOpenIn } from '../open-in.ts';
import { isUp } from '../servers/server-lamp.ts';
import { sentenceOf } from '../servers/use-serve.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { useFilterMemory } from '../traffic/filter-memory.ts';
import { useAllActions } from './action-context.tsx';
import { type ActionId, actionOf } from './registry.ts';

export interface Entry {
  /** Stays the same from one time to the next. */
  readonly key: string;
  readonly title: string;
  /** What it belongs to, or what it does it with. */
  readonly about: string;
  /** As they are shown; '' without any. */
  readonly keys: string;
  /** A thing to read about: what can be done comes first. */
  readonly isLater?: true;
  run(): void;
}

const MOST_RECENT_FILTERS = 6;
export function usePaletteEntries(): readonly Entry[] {
  const store = useStore();
  const toast = useToast();
  const actions = useAllActions();
  const memory = useFilterMemory();
  const { explain } = useOpenIn();
  const { servers, captures, filter } = useStoreState('servers', 'captures', 'filter');
  const tell = (done: Promise<unknown>) => {
    done.catch((error: unknown) => toast({ text: sentenceOf(error) }));
  };
  const byName = (id: ActionId): Entry => {
    const { title, group, keys } = actionOf(id);
    return { key: id, title, about: group, keys: keys[0] ?? '', run: () => actions.run(id) };
  };
  const filterBy = (title: string, text: string): Entry => ({
    key: `filter ${text}`,
    title,
    about: text === title ? 'Filter of before' : text,
    keys: '',
    run: () => store.setFilter({ ...store.state().filter, text }),
  });
  const recent = memory.recent.filter((text) => memory.saved.every((saved) => saved.text !== text));
  return [
    ...actions
      .available()
      .filter((id) => id !== 'palette')
      .map(byName),
    ...servers
      .filter(({ status }) => status !== 'removed')
      .flatMap((server) => serverEntries(store, server, filter.server === server.id, tell)),
    ...captures.map((capture) => ({
      key: `capture ${capture.path}`,
      title: capture.shown ? `Leave ${capture.name}` : `Show ${capture.name}`,
      about: 'Capture',
      keys: '',
      run: () => store.show(capture.shown ? undefined : capture.id),
    })),
    ...memory.saved.map(({ name, text }) => filterBy(`Filter: ${name}`, text)),
    ...recent.slice(0, MOST_RECENT_FILTERS).map((text) => filterBy(text, text)),
    ...GLOSSARY.map(({ kind, key, name }) => ({
      key: `explain ${kind} ${key}`,
      title: name,
      about: `Glossary: ${kind}`,
      keys: '',
      isLater: true as const,
      run: () => explain(kind, key),
    })),
  ];
}

function serverEntries(
  store: Store,
  { id, name, url, status }: ServerView,
  chosen: boolean,
  tell: (done: Promise<unknown>) => void,
): readonly Entry[] {
  const entry = (title: string, run: () => void): Entry => ({
    key: `${title} ${url}`,
    title,
    about: url,
    keys: '',
    run,
  });
  const only = () => store.setFilter({ ...store.state().filter, server: chosen ? undefined : id });
  const shown = entry(chosen ? 'Show all servers' : `Show only ${name}`, only);
  if (!isUp(status)) return [shown, entry(`Start ${name}`, () => tell(store.server('start', id)))];
  return [
    shown,
    entry(`Open ${name} in the browser`, () => tell(store.open(id))),
    entry(`Copy the address of ${name}`, () => tell(navigator.clipboard.writeText(url))),
    entry(`Stop ${name}`, () => tell(store.server('stop', id))),
  ];
}
