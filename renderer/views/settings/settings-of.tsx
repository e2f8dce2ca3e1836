/** The settings of a server by its number, for whoever asks by a key or a menu and not at its row. */
import type { StoreState } from '../../store/queries/state.ts';
import { useStoreState } from '../shell/store-context.tsx';
import { ServerSettingsDialog } from './server-settings.tsx';

/** The one whose traffic is shown alone, else the first in the list. */
export function serverInView({ servers, filter }: StoreState): number | undefined {
  const listed = servers.filter(({ status }) => status !== 'removed');
  return (listed.find(({ id }) => id === filter.server) ?? listed[0])?.id;
}

interface Props {
  readonly server: number | undefined;
  onClose(): void;
}

export function SettingsOf({ server: id, onClose }: Props) {
  const { servers } = useStoreState('servers');
  const server = servers.find((each) => each.id === id);
  return server && <ServerSettingsDialog server={server} onClose={onClose} />;
}
