import type { StoreState } from '../../store/queries/state.ts';

export { isLoopback } from '../../../server-core/capture/loopback.ts';

/** Whether a server that is added can be reached from elsewhere: the host was started so. */
export function servesLan(hello: Pick<NonNullable<StoreState['hello']>, 'lan'> | undefined): boolean {
  return hello?.lan ?? false;
}
