import { useStoreValue } from './store-context.tsx';

/** Whether this window only looks on: the host shares its own, and answers nothing here but what reads. */
export function useGuest(): boolean {
  return useStoreValue(({ hello }) => hello?.guest === true);
}
