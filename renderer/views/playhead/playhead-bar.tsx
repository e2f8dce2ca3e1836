/** Goes through recorded time: the window shows what was known at the playhead, while capturing goes on. */
import { ChevronsRight, Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formatClock } from '../../geometry/quantities.ts';
import { useActions } from '../actions/action-context.tsx';
import { ICON } from '../shell/icons.tsx';
import { useStoreState } from '../shell/store-context.tsx';
import { SPEEDS, type SpeedId } from './playback.ts';
import './playhead-bar.css';
import { PlayheadTrack } from './playhead-track.tsx';
import { type Playback, usePlayback } from './use-playback.ts';

/** It is there when it is wanted, and always while the past is shown. */
export function PlayheadBar({ open }: { readonly open: boolean }) {
  const { playhead } = useStoreState('playhead');
  return open || playhead !== undefined ? <Bar /> : null;
}

function Bar() {
  const { hello, captures } = useStoreState('hello', 'captures');
  const playback = usePlayback();
  const { time, isPast, playing, speed } = playback;
  useSpace(playback.toggle);
  useActions({ replay: playback.toggle });
  const newest = captures.some(({ shown }) => shown) ? 'Back to the end' : 'Back to live';
  return (
    <section
      className={isPast ? 'tools playhead past' : 'tools playhead'}
      aria-label="Playhead"
      data-testid="playhead"
    >
      <Moves playback={playback} />
      <label className="playhead-speed">
        <span className="spoken">Speed</span>
        <select
          className="mono"
          value={speed}
          title={playing ? 'Speed of the replay' : 'Speed of a replay'}
          onChange={(event) => playback.setSpeed(event.target.value as SpeedId)}
        >
          {SPEEDS.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={playback.skips ? 'btn square on' : 'btn square'}
        aria-pressed={playback.skips}
        aria-label="Pass over quiet"
        title="A replay passes over stretches in which nothing happens"
        onClick={() => playback.setSkips(!playback.skips)}
      >
        <ChevronsRight {...ICON} />
      </button>
      <PlayheadTrack playback={playback} />
      <span className="playhead-time mono">
        <b>{isPast ? 'PAST' : 'NEWEST'}</b> {formatClock(hello?.epochMs ?? 0, time, 6)}
      </span>
      <button type="button" className="btn line" disabled={!isPast} onClick={playback.end}>
        {newest}
      </button>
    </section>
  );
}

function Moves({ playback }: { readonly playback: Playback }) {
  const { playing, isPast } = playback;
  const PlayIcon = playing ? Pause : Play;
  return (
    <div className="playhead-moves">
      <button
        type="button"
        className="btn square"
        aria-label="To the first"
        title="To the first (Home)"
        onClick={playback.start}
      >
        <SkipBack {...ICON} />
      </button>
      <button
        type="button"
        className="btn square"
        aria-label="One event back"
        title="One event back (←)"
        onClick={() => void playback.step(-1)}
      >
        <StepBack {...ICON} />
      </button>
      <button
        type="button"
        className={playing ? 'btn square on' : 'btn square'}
        aria-label={playing ? 'Stop the replay' : 'Replay'}
        title={playing ? 'Stop the replay (Space)' : 'Replay (Space)'}
        onClick={playback.toggle}
      >
        <PlayIcon {...ICON} />
      </button>
      <button
        type="button"
        className="btn square"
        aria-label="One event on"
        title="One event on (→)"
        disabled={!isPast}
        onClick={() => void playback.step(1)}
      >
        <StepForward {...ICON} />
      </button>
      <button
        type="button"
        className="btn square"
        aria-label="To the newest"
        title="To the newest (End)"
        disabled={!isPast}
        onClick={playback.end}
      >
        <SkipForward {...ICON} />
      </button>
    </div>
  );
}

/** Space, unless what has the focus takes it for itself. */
function useSpace(toggle: () => void): void {
  const latest = useRef(toggle);
  latest.current = toggle;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      if (event.key !== ' ' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (
        target instanceof Element &&
        target.closest('button, input, textarea, select, summary, a, [role=menu]')
      )
        return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
