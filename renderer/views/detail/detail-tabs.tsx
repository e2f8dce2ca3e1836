/** The tabs of the detail: arrow keys go from one to the next, and the chosen one is brought into view. */
import { useEffect, useRef } from 'react';

export const TABS = [
  'Overview',
  'Headers',
  'Bytes',
  'Body',
  'Messages',
  'Timing',
  'Why',
  'Connection',
  'Compare',
] as const;
export type TabName = (typeof TABS)[number];

export function tabId(tab: TabName): string {
  return `detail-tab-${tab.toLowerCase()}`;
}

interface TabsProps {
  readonly tabs: readonly TabName[];
  readonly tab: TabName;
  onTab(tab: TabName): void;
}

export function Tabs({ tabs, tab, onTab }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${tabId(tab)}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  const go = (to: number) => {
    const name = tabs[(to + tabs.length) % tabs.length]!;
    onTab(name);
    list.current?.querySelector<HTMLElement>(`#${tabId(name)}`)?.focus();
  };
  return (
    <div className="detail-tabs" role="tablist" aria-label="Detail" data-detail-tabs ref={list}>
      {tabs.map((name, i) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(name)}
          aria-selected={tab === name}
          aria-controls="detail-panel"
          tabIndex={tab === name ? 0 : -1}
          onClick={() => onTab(name)}
          onKeyDown={(event) => {
            const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 }[event.key];
            if (to === undefined) return;
            event.preventDefault();
            go(to);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
