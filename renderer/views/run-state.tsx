/** Whether anything is served, and for how long the capture has run. */
import { useEffect, useState } from 'react';
import { formatClock, formatElapsed } from '../geometry/quantities.ts';
import { isUp } from './servers/server-lamp.ts';
import { useStore, useStoreState } from './shell/store-context.tsx';

/** A tenth of a second is as fine as a running clock can be read. */
const TICK_MS = 100;

export function RunState() {
  const store = useStore();
  const { hello, servers, captures, paused, link, playhead } = useStoreState(
    'hello',
    'servers',
    'captures',
    'paused',
    'link',
    'playhead',
  );
  if (playhead !== undefined) {
    return (
      <button
        type="button"
        className="run past"
        title="What was known then; click to show the newest"
        data-testid="run-past"
        onClick={() => store.setPlayhead(undefined)}
      >
        <i className="lamp" />
        <b>PAST</b>
        <time>{formatClock(hello?.epochMs ?? 0, playhead, 3)}</time>
      </button>
    );
  }
  if (!hello || link.state !== 'live') return null;
  if (!servers.some(({ status }) => isUp(status)))
    return <span className="run dim">No server is running</span>;
  return (
    <span className={paused ? 'run held' : 'run'}>
      <i className="lamp" />
      <b>{paused ? 'HELD' : 'RUN'}</b>
      {/* While a capture is shown, the epoch is that of the capture. */}
      {captures.every(({ shown }) => !shown) && <Clock epochMs={hello.epochMs} still={paused} />}
    </span>
  );
}

function Clock({ epochMs, still }: { readonly epochMs: number; readonly still: boolean }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (still) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [still]);
  return <time>{formatElapsed((now - epochMs) * 1000).slice(0, -2)}</time>;
}
