import { useSyncExternalStore } from 'react';

/** Below this the window drops words and columns, as LOOK.md lays down. */
export const NARROW = '(max-width: 1280px)';

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
