import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

/** Serves a path of the host machine, or opens a capture. Resolves to undefined, or to one sentence saying why not. */
export function useServe(): (path: string) => Promise<string | undefined> {
  const store = useStore();
  const toast = useToast();
  return async (path) => {
    try {
      const reply = await store.serve(path);
      if ('capture' in reply) return undefined;
      const { server, notes, open } = reply;
      for (const text of notes) {
        toast({ text, action: { label: 'Open', run: () => void store.open(server.id, open) } });
      }
      return undefined;
    } catch (error) {
      return sentenceOf(error);
    }
  };
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
