import { formatExactBytes, spell } from '../../geometry/quantities.ts';
import { desktop } from '../host.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { sentenceOf, useServe } from './use-serve.ts';

/** Saves all that is held: to a file that is chosen on the desktop, as a download in a browser. */
export function useSaveCapture(): () => Promise<void> {
  const store = useStore();
  const toast = useToast();
  return async () => {
    try {
      const path = await desktop?.chooseSavePath('wirescope');
      if (desktop && path === undefined) return;
      const { bytes, download } = await store.save(path);
      if (download !== undefined) followDownload(download);
      if (bytes !== undefined) toast({ text: `Saved ${spell(formatExactBytes(bytes))} to ${path}` });
    } catch (error) {
      toast({ text: sentenceOf(error) });
    }
  };
}

/** Lets the person choose a capture file and opens it. Only the desktop can. */
export function useOpenCapture(): () => Promise<void> {
  const serve = useServe();
  const toast = useToast();
  return async () => {
    const path = await desktop?.chooseCapture();
    if (path === undefined) return;
    const problem = await serve(path);
    if (problem !== undefined) toast({ text: problem });
  };
}

/** The server says by its fields that it is a download, so the page stays. */
export function followDownload(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
