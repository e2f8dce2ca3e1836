/** The connection that carried the exchange. */
import type { CloseReason } from '../../../server-core/capture/events.ts';
import { formatClock, formatCount, formatDuration, formatExactBytes } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries.ts';
import { Figure } from '../shell/figures.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { Facts } from './facts.tsx';

export const CLOSE_SENTENCES: Readonly<Record<CloseReason, string>> = {
  'client-fin': 'The client closed it (FIN)',
  'server-fin': 'The server closed it (FIN)',
  'client-reset': 'The client reset it (RST)',
  'server-reset': 'The server reset it (RST)',
  'head-timeout': 'The head took too long to come',
  'idle-timeout': 'Nothing came for too long',
  'write-timeout': 'The client took nothing for too long',
  'body-timeout': 'The body took too long to come',
  'server-stop': 'The server was stopped',
  error: 'The socket failed',
};

export function ConnectionTab({ detail }: { readonly detail: DetailResult }) {
  const { hello, servers, lastTime } = useStoreState();
  const { connection: c } = detail;
  const server = servers.find(({ id }) => id === c.server);
  const clock = (time: number) => <span className="mono">{formatClock(hello?.epochMs ?? 0, time, 6)}</span>;
  return (
    <div className="sheet-pane" tabIndex={0}>
      <Facts
        facts={[
          { name: 'Connection', value: `c${c.conn}` },
          { name: 'Server', value: server?.name },
          {
            name: 'Client',
            value: (
              <span className="mono">
                {c.remoteAddress}:{c.remotePort}
              </span>
            ),
          },
          { name: 'Server port', value: <span className="mono">{c.localPort}</span> },
          { name: 'Accepted', value: clock(c.openedTime) },
          { name: 'Closed', value: c.closedTime === undefined ? 'still open' : clock(c.closedTime) },
          { name: 'How it ended', value: c.closeReason && CLOSE_SENTENCES[c.closeReason] },
          {
            name: c.closedTime === undefined ? 'Open for' : 'Was open for',
            value: <Figure of={formatDuration((c.closedTime ?? lastTime) - c.openedTime)} />,
          },
          { name: 'Exchanges on it', value: formatCount(c.exchanges) },
          {
            name: 'Read',
            value: (
              <span className="with-arrow">
                <DirectionArrow direction="in" />
                <Figure of={formatExactBytes(c.bytesIn)} />
              </span>
            ),
          },
          {
            name: 'Written',
            value: (
              <span className="with-arrow">
                <DirectionArrow direction="out" />
                <Figure of={formatExactBytes(c.bytesOut)} />
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
