import { sentenceOf } from '../servers/use-serve.ts';
import { saveText } from '../shell/save-file.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { serveListed, serversText } from './servers-file.ts';

export function useServersFile() {
  const store = useStore();
  const toast = useToast();
  const fail = (error: unknown) => toast({ text: sentenceOf(error) });
  return {
    save: () =>
      void serversText(store).then(
        (text) => saveText('wirescope-servers.json', 'application/json', text),
        fail,
      ),
    /** Asks for the file. */
    open: () => {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = 'application/json,.json';
      input.addEventListener('change', () => {
        const read = async () => {
          const text = await input.files?.[0]?.text();
          if (text !== undefined) toast({ text: await serveListed(store, text) });
        };
        read().catch(fail);
      });
      input.click();
    },
  };
}
