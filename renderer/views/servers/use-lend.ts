import { lendFolder } from '../../lend/lend-folder.ts';
import type { SharedFolder } from '../../lend/shared-folder.ts';
import { openLending } from '../host.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { sentenceOf } from './use-serve.ts';

/** Serves a folder that only this page can read. Resolves to undefined, or to one sentence saying why not. */
export function useLend(): (folder: SharedFolder) => Promise<string | undefined> {
  const store = useStore();
  const toast = useToast();
  return async (folder) => {
    try {
      const { server, notes } = await lendFolder(folder, openLending());
      for (const text of notes) toast({ text });
      toast({
        text: `${folder.name} is served through this page, for as long as the page stays open`,
        action: { label: 'Open', run: () => void store.open(server, '/') },
      });
      return undefined;
    } catch (error) {
      return sentenceOf(error);
    }
  };
}
