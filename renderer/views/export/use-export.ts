import { EXPORT_FORMATS } from '../../../server-core/capture/export-call.ts';
import { formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { ExportPlan } from '../../store/queries/store.ts';
import { desktop } from '../host.ts';
import { followDownload } from '../servers/use-capture.ts';
import { useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';

/** Writes a file that is chosen on the desktop, or downloads it in a browser. Resolves to false where none was chosen. */
export function useExport(): (plan: Omit<ExportPlan, 'path'>) => Promise<boolean> {
  const store = useStore();
  const toast = useToast();
  return async (plan) => {
    const path = await desktop?.chooseSavePath(EXPORT_FORMATS[plan.as].ending);
    if (desktop && path === undefined) return false;
    const { bytes, download } = await store.exportAs({ ...plan, path });
    if (download !== undefined) followDownload(download);
    if (bytes !== undefined) toast({ text: `Wrote ${spell(formatExactBytes(bytes))} to ${path}` });
    return true;
  };
}
