import type { CloseReason } from '../../../server-core/capture/events.ts';
import type { LaneEnd } from '../../paint/lane-end.ts';

/** The word and shape at the end of a lane. */
export const LANE_ENDS: Readonly<Record<CloseReason, LaneEnd>> = {
  'client-fin': { shape: 'fin', word: 'FIN' },
  'server-fin': { shape: 'fin', word: 'FIN by server' },
  'client-reset': { shape: 'reset', word: 'RST' },
  'server-reset': { shape: 'reset', word: 'RST by server' },
  'head-timeout': { shape: 'timeout', word: 'head timeout' },
  'idle-timeout': { shape: 'timeout', word: 'idle timeout' },
  'write-timeout': { shape: 'timeout', word: 'write timeout' },
  'body-timeout': { shape: 'timeout', word: 'body timeout' },
  'server-stop': { shape: 'stop', word: 'stopped' },
  error: { shape: 'reset', word: 'error' },
  'tls-error': { shape: 'reset', word: 'TLS failed' },
  'worker-died': { shape: 'reset', word: 'process died' },
};

/** The same in one word, for the gutter. */
export function endWord(reason: CloseReason | undefined): string {
  if (reason === undefined) return 'open';
  const { shape } = LANE_ENDS[reason];
  if (reason === 'tls-error') return 'TLS failed';
  return shape === 'fin' ? 'FIN' : shape === 'reset' ? 'RST' : shape;
}
