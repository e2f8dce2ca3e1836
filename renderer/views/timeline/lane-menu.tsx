/** What can be done with a lane. */
import type { ConnectionView } from '../../store/queries/connection.ts';
import { useOpenIn } from '../open-in.ts';
import { Menu, MenuItem } from '../shell/menu.tsx';

export interface LaneMenuPlace {
  readonly lane: ConnectionView;
  /** An exchange of it that is in sight. */
  readonly exchange: number | undefined;
  /** CSS pixels in the window. */
  readonly at: { readonly x: number; readonly y: number };
}

interface Props {
  readonly place: LaneMenuPlace;
  /** Shows the requests that a term of the filter asks for, of one server. */
  onFilter(term: string, server: number): void;
  onClose(): void;
}

export function LaneMenu({ place: { lane, exchange, at }, onFilter, onClose }: Props) {
  const { ladder } = useOpenIn();
  const address = `${lane.remoteAddress}:${lane.remotePort}`;
  return (
    <Menu label={`Connection c${lane.conn}`} at={at} onClose={onClose}>
      <MenuItem about={`conn:c${lane.conn}`} onPick={() => onFilter(`conn:c${lane.conn}`, lane.server)}>
        Its requests in the list
      </MenuItem>
      {exchange !== undefined && <MenuItem onPick={() => ladder(exchange)}>Draw it as a ladder</MenuItem>}
      <MenuItem about={address} onPick={() => void navigator.clipboard.writeText(address)}>
        Copy the client's address
      </MenuItem>
    </Menu>
  );
}
