import type { ServerStatus } from '../../../server-core/capture/events.ts';

/** Whether its switch stands on: it serves, or is about to. */
export function isUp(status: ServerStatus): boolean {
  return status === 'running' || status === 'starting' || status === 'folder-gone';
}

export function lampOf(status: ServerStatus): 'ok' | 'bad' | 'off' {
  if (status === 'failed' || status === 'folder-gone') return 'bad';
  return isUp(status) ? 'ok' : 'off';
}
