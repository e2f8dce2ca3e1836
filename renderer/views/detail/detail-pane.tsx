/** One exchange: title line, tabs, pane. The tab stays when the row changes. */
import { ChevronDown, Columns2, Footprints, Send, X } from 'lucide-react';
import { useState } from 'react';
import { wireText } from '../../explain/wire-text.ts';
import { formatCount, formatDuration } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries/detail.ts';
import type { Row } from '../../store/queries/list.ts';
import { useOpenIn } from '../open-in.ts';
import { Figure } from '../shell/figures.tsx';
import { ICON, StatusShape, statusClass } from '../shell/icons.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useDetail, useStoreState } from '../shell/store-context.tsx';
import { CopyMenu } from '../traffic/copy-menu.tsx';
import { splitTarget } from '../traffic/path-text.ts';
import { BodyTab } from './body-tab.tsx';
import { BytesTab } from './bytes-tab.tsx';
import { holdToCompare, useHeld } from './compare-hold.ts';
import { CompareTab } from './compare-tab.tsx';
import { ConnectionTab } from './connection-tab.tsx';
import './detail-pane.css';
import { TABS, type TabName, Tabs, tabId } from './detail-tabs.tsx';
import { HeadersTab } from './headers-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { TimingTab } from './timing-tab.tsx';
import { WhyTab } from './why-tab.tsx';

const PANES: Record<
  Exclude<TabName, 'Compare'>,
  (props: { readonly detail: DetailResult }) => React.ReactNode
> = {
  Overview: OverviewTab,
  Headers: HeadersTab,
  Bytes: BytesTab,
  Body: BodyTab,
  Messages: MessagesTab,
  Timing: TimingTab,
  Why: WhyTab,
  Connection: ConnectionTab,
};

interface Props {
  readonly exchange: number;
  onClose(): void;
}

export function DetailPane({ exchange, onClose }: Props) {
  const detail = useDetail(exchange);
  const [wanted, setTab] = useSetting<TabName>('detail-tab', 'Bytes', oneOf(TABS));
  const held = useHeld();
  const shown = detail === 'trimmed' ? undefined : detail;
  const compares = held !== undefined && held !== exchange;
  const tabs = TABS.filter((name) =>
    name === 'Messages' ? hasTalk(shown) : name === 'Compare' ? compares : true,
  );
  // A tab that this exchange does not have is wanted again for the next one that does.
  const tab = tabs.includes(wanted) ? wanted : wanted === 'Messages' ? 'Body' : 'Headers';
  return (
    <section className="detail" aria-label="Detail" data-testid="detail" data-pane>
      <Title
        exchange={exchange}
        detail={shown}
        held={held}
        onHold={(next) => {
          holdToCompare(next);
          if (next !== undefined) setTab('Compare');
        }}
        onClose={onClose}
      />
      <Tabs tabs={tabs} tab={tab} onTab={setTab} />
      <div className="detail-pane" role="tabpanel" id="detail-panel" aria-labelledby={tabId(tab)}>
        {shown && <Pane tab={tab} detail={shown} held={held} />}
        {detail === 'trimmed' && <NotHeld />}
      </div>
    </section>
  );
}

function NotHeld() {
  const { playhead } = useStoreState('playhead');
  return (
    <p className="detail-none">
      {playhead === undefined
        ? 'This exchange was trimmed from the log to make room for newer ones.'
        : 'This exchange had not begun at the moment that is shown.'}
    </p>
  );
}

interface PaneProps {
  readonly tab: TabName;
  readonly detail: DetailResult;
  readonly held: number | undefined;
}

function Pane({ tab, detail, held }: PaneProps) {
  if (tab === 'Compare') return held === undefined ? null : <CompareTab detail={detail} held={held} />;
  const Shown = PANES[tab];
  return <Shown detail={detail} />;
}

/** What is said on after the head: frames of a WebSocket, events of a stream. */
function hasTalk(detail: DetailResult | undefined): boolean {
  if (detail === undefined) return false;
  const { row } = detail;
  return row.status === 101 || /^text\/event-stream\b/i.test(row.mediaType);
}

interface TitleProps extends Props {
  readonly detail: DetailResult | undefined;
  /** The exchange that is held to compare others with. */
  readonly held: number | undefined;
  onHold(exchange: number | undefined): void;
}

function Title({ exchange, detail, held, onHold, onClose }: TitleProps) {
  const row = detail?.row;
  const { step, compose } = useOpenIn();
  const asked = detail && askedBy(detail);
  const target = wireText(asked?.target ?? '');
  const { path, query } = splitTarget(target);
  const reason = detail?.response?.startLine[2] ?? '';
  return (
    <header className="detail-head">
      <h2 className="mono clip" title={target}>
        {asked?.method === '' ? (
          <span className="meta">[no valid request line]</span>
        ) : (
          wireText(asked?.method ?? '')
        )}{' '}
        {path}
        <span className="dim">{query}</span>
      </h2>
      {row && (
        <span className={`verdict ${statusClass(row)}`}>
          <StatusShape row={row} />
          {row.status === undefined ? row.phase : `${row.status} ${wireText(reason)}`}
        </span>
      )}
      <span className="grow" />
      <span className="place dim">
        #{formatCount(exchange)}
        {row && <> on c{row.conn}</>}
        {row?.endTime !== undefined && (
          <>
            , <Figure of={formatDuration(row.endTime - row.beginTime)} />
          </>
        )}
      </span>
      {row && <CopyButton row={row} />}
      <button
        type="button"
        className="btn square"
        aria-label="Step through it"
        title="Step the parser through it, byte by byte"
        onClick={() => step(exchange, 'in')}
      >
        <Footprints {...ICON} />
      </button>
      {row && (
        <button
          type="button"
          className="btn square"
          aria-label="Edit and resend"
          title="Change the request and send it again"
          onClick={() => compose(exchange, row.server)}
        >
          <Send {...ICON} />
        </button>
      )}
      <button
        type="button"
        className={held === undefined ? 'btn square' : 'btn square on'}
        aria-label="Compare"
        aria-pressed={held !== undefined}
        title={
          held === undefined
            ? 'Hold this one, then choose another to compare with it'
            : `#${formatCount(held)} is held: choose another to compare with it, or press to let it go`
        }
        onClick={() => onHold(held === undefined ? exchange : undefined)}
      >
        <Columns2 {...ICON} />
      </button>
      <button
        type="button"
        className="btn square"
        aria-label="Close the detail"
        title="Close (Esc)"
        onClick={onClose}
      >
        <X {...ICON} />
      </button>
    </header>
  );
}

/** A head with a fault in its fields is not taken for a request, but what its first line asked for was read. */
function askedBy({ row, request }: DetailResult): { readonly method: string; readonly target: string } {
  if (row.method !== '' || request.startLine.length < 3) return row;
  const [method = '', target = ''] = request.startLine;
  return { method, target };
}

/** The ways to take the exchange elsewhere. */
function CopyButton({ row }: { readonly row: Row }) {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>();
  return (
    <>
      <button
        type="button"
        className="btn"
        aria-haspopup="menu"
        title="As cURL, fetch or bytes; to the clipboard or a file"
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt({ x: left, y: bottom });
        }}
      >
        Copy
        <ChevronDown {...ICON} size={12} />
      </button>
      {at && <CopyMenu row={row} exchanges={new Set([row.id])} at={at} onClose={() => setAt(undefined)} />}
    </>
  );
}
