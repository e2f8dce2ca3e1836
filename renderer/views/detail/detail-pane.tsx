/** One exchange: title line, tabs, pane. The tab stays when the row changes. */
import { X } from 'lucide-react';
import { useRef } from 'react';
import { formatCount, formatDuration } from '../../geometry/quantities.ts';
import type { DetailResult } from '../../store/queries.ts';
import { Figure } from '../shell/figures.tsx';
import { ICON, StatusShape, statusClass } from '../shell/icons.tsx';
import { oneOf, useSetting } from '../shell/setting.ts';
import { useDetail, useStore } from '../shell/store-context.tsx';
import { useToast } from '../shell/toast.tsx';
import { printable, splitTarget } from '../traffic/path-text.ts';
import { BytesTab } from './bytes-tab.tsx';
import { ConnectionTab } from './connection-tab.tsx';
import './detail-pane.css';
import { HeadersTab } from './headers-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { TimingTab } from './timing-tab.tsx';
import { WhyTab } from './why-tab.tsx';

const TABS = ['Overview', 'Headers', 'Bytes', 'Timing', 'Why', 'Connection'] as const;
type TabName = (typeof TABS)[number];
const PANES: Record<TabName, (props: { readonly detail: DetailResult }) => React.ReactNode> = {
  Overview: OverviewTab,
  Headers: HeadersTab,
  Bytes: BytesTab,
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
  const [tab, setTab] = useSetting<TabName>('detail-tab', 'Bytes', oneOf(TABS));
  const Pane = PANES[tab];
  const shown = detail === 'trimmed' ? undefined : detail;
  return (
    <section className="detail" aria-label="Detail" data-testid="detail">
      <Title exchange={exchange} detail={shown} onClose={onClose} />
      <Tabs tab={tab} onTab={setTab} />
      <div className="detail-pane" role="tabpanel" id="detail-panel" aria-label={tab}>
        {shown && <Pane detail={shown} />}
        {detail === 'trimmed' && (
          <p className="detail-none">This exchange was trimmed from the log to make room for newer ones.</p>
        )}
      </div>
    </section>
  );
}

interface TitleProps extends Props {
  readonly detail: DetailResult | undefined;
}

function Title({ exchange, detail, onClose }: TitleProps) {
  const row = detail?.row;
  const { path, query } = splitTarget(printable(row?.target ?? ''));
  const reason = detail?.response?.startLine[2] ?? '';
  return (
    <header className="detail-head">
      <h2 className="mono clip" title={printable(row?.target ?? '')}>
        {row?.method === '' ? (
          <span className="meta">[no valid request line]</span>
        ) : (
          printable(row?.method ?? '')
        )}{' '}
        {path}
        <span className="dim">{query}</span>
      </h2>
      {row && (
        <span className={`verdict ${statusClass(row)}`}>
          <StatusShape row={row} />
          {row.status === undefined ? row.phase : `${row.status} ${printable(reason).replaceAll('·', ' ')}`}
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
      {row && row.method !== '' && <CopyCurl exchange={exchange} />}
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

/** Puts the request on the clipboard as a command; where curl will differ, a toast says how. */
function CopyCurl({ exchange }: { readonly exchange: number }) {
  const store = useStore();
  const toast = useToast();
  const copy = async () => {
    try {
      const { command, notes } = await store.curl(exchange);
      await navigator.clipboard.writeText(command);
      toast({ text: ['Copied as cURL', ...notes].join('. ') });
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <button
      type="button"
      className="btn"
      title="Copy the request as a curl command"
      onClick={() => void copy()}
    >
      cURL
    </button>
  );
}

function Tabs({ tab, onTab }: { readonly tab: TabName; onTab(tab: TabName): void }) {
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const to = (TABS.indexOf(tab) + by + TABS.length) % TABS.length;
    onTab(TABS[to]!);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <div className="detail-tabs" role="tablist" aria-label="Detail" data-detail-tabs ref={list}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls="detail-panel"
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onTab(name)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            else if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
