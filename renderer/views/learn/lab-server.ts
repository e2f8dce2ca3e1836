import type { ServerView } from '../../store/queries/state.ts';
import { useStoreState } from '../shell/store-context.tsx';

export interface LabServer {
  /** The tour where it is served, since the labs of the program are written for it; any other that runs, else. */
  readonly server: ServerView | undefined;
  /** The folder of the tour while it is not served; undefined when it is, or where it cannot be. */
  readonly missing: string | undefined;
}

/** The server that a lab is done on. */
export function useLabServer(): LabServer {
  const { servers, hello } = useStoreState('servers', 'hello');
  const running = servers.filter(({ status }) => status === 'running');
  const tour = hello?.tour ?? '';
  // Where the program runs from its sources, what the tour was built from is the same site.
  const roots = [tour, tour.replace(/([\\/])out[\\/]www$/, '$1www')];
  const served = running.find(({ root }) => root !== '' && roots.includes(root));
  return { server: served ?? running[0], missing: served || tour === '' ? undefined : tour };
}
