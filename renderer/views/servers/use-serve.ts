import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

/**
 * Serves a path of the host machine, or opens a capture. Resolves to undefined, or to one sentence saying why not. What
 * few people mean to share is served only after they have said so.
 */
export function useServe(): (path: string) => Promise<string | undefined> {
  const store = useStore();
  const toast = useToast();
  const serve = async (path: string, sure = false): Promise<string | undefined> => {
    try {
      const reply = await store.serve(path, undefined, sure);
      if ('capture' in reply) return undefined;
      if ('warning' in reply) {
        const again = () => void serve(path, true).then((text) => text !== undefined && toast({ text }));
        toast({ text: reply.warning, action: { label: 'Serve it all the same', run: again } });
        return undefined;
      }
      const { server, notes, open } = reply;
      for (const text of notes) {
        toast({ text, action: { label: 'Open', run: () => void store.open(server.id, open) } });
      }
      return undefined;
    } catch (error) {
      return sentenceOf(error);
    }
  };
  return serve;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
