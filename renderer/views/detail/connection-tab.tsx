/** The connection that carried the exchange, and all that was said on it. */
import { useRef } from 'react';
import type { CloseReason } from '../../../server-core/capture/events.ts';
import { formatClock, formatCount, formatDuration, formatExactBytes } from '../../geometry/quantities.ts';
import type { TlsView } from '../../store/queries/connection.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import { Figure } from '../shell/figures.tsx';
import { DirectionArrow } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { ConversationView } from './conversation.tsx';
import { type Fact, Facts } from './facts.tsx';
import { LadderButton } from './ladder-button.tsx';

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
  'tls-error': 'TLS failed',
  'worker-died': 'The process that served it died',
};

export function ConnectionTab({ detail }: { readonly detail: DetailResult }) {
  const { hello, servers, lastTime } = useStoreState('hello', 'servers', 'lastTime');
  const { connection: c } = detail;
  const scroller = useRef<HTMLDivElement>(null);
  const server = servers.find(({ id }) => id === c.server);
  const clock = (time: number) => <span className="mono">{formatClock(hello?.epochMs ?? 0, time, 6)}</span>;
  return (
    <div className="sheet-pane" tabIndex={0} ref={scroller}>
      <div className="connection-facts">
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
            { name: 'Served by', value: servedBy(c.worker, detail.row.worker) },
            { name: 'Accepted', value: clock(c.openedTime) },
            ...tlsFacts(c.tls),
            { name: 'Closed', value: c.closedTime === undefined ? 'still open' : clock(c.closedTime) },
            { name: 'How it ended', value: c.closeReason && howItEnded(c.closeReason, c.closeDetail) },
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
                  <span>
                    <Figure of={formatExactBytes(c.bytesIn)} />
                  </span>
                </span>
              ),
            },
            {
              name: 'Written',
              value: (
                <span className="with-arrow">
                  <DirectionArrow direction="out" />
                  <span>
                    <Figure of={formatExactBytes(c.bytesOut)} />
                  </span>
                </span>
              ),
            },
            { name: 'Drawing', value: <LadderButton exchange={detail.row.id} /> },
          ]}
        />
      </div>
      <ConversationView key={c.conn} detail={detail} scroller={scroller} />
    </div>
  );
}

function howItEnded(reason: CloseReason, detail: string): string {
  return detail === '' ? CLOSE_SENTENCES[reason] : `${CLOSE_SENTENCES[reason]}: ${detail}`;
}

/** The process that has the connection; where that is the server's own, the thread that the request was given to. */
function servedBy(connection: string, exchange: string): string | undefined {
  return connection || (exchange && `${exchange}, for this request`) || undefined;
}

function tlsFacts(tls: TlsView | undefined): Fact[] {
  if (tls === undefined) return [];
  const mono = (text: string, without: string) =>
    text === '' ? <span className="dim">{without}</span> : <span className="mono">{text}</span>;
  return [
    { name: 'TLS', value: <span className="mono">{tls.version.replace('TLSv', 'TLS ')}</span> },
    { name: 'Cipher', value: <span className="mono">{tls.cipher}</span> },
    { name: 'Server name (SNI)', value: mono(tls.serverName, 'none asked for') },
    { name: 'Protocol (ALPN)', value: mono(tls.alpn, 'none offered, so HTTP/1.1') },
    {
      name: 'Handshake',
      value: (
        <>
          <Figure of={formatDuration(tls.handshakeMicros)} />
          {tls.resumed ? ', resumed an earlier session' : ', a new session'}
        </>
      ),
    },
  ];
}
