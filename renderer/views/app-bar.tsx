/** Mark, views, run state, and the few things that concern the whole window. */
import {
  CircleSlash,
  Command,
  Contrast,
  History,
  Keyboard,
  Moon,
  Pause,
  Play,
  Presentation,
  Sun,
  SunMoon,
} from 'lucide-react';
import { useRef } from 'react';
import './app-bar.css';
import { RunState } from './run-state.tsx';
import { ShareButton } from './share/share-button.tsx';
import { ICON, Mark } from './shell/icons.tsx';
import { useStore, useStoreState } from './shell/store-context.tsx';
import type { Theme, useTheme } from './shell/theme.ts';
import { VIEWS, type ViewName } from './tabs.ts';

interface Props {
  readonly view: ViewName;
  readonly theme: ReturnType<typeof useTheme>;
  /** Whether the playhead is there. */
  readonly scrubbing: boolean;
  onView(view: ViewName): void;
  onScrub(): void;
  onClear(): void;
  readonly presenting: boolean;
  onPresent(): void;
  onShare(): void;
  onSheet(): void;
  onPalette(): void;
}

const THEME_ICON: Record<Theme, typeof Sun> = { system: SunMoon, dark: Moon, light: Sun, contrast: Contrast };
const THEME_WORD: Record<Theme, string> = {
  system: 'as the system',
  dark: 'dark',
  light: 'light',
  contrast: 'high contrast',
};

export function AppBar({
  view,
  theme,
  scrubbing,
  onView,
  onScrub,
  onClear,
  presenting,
  onPresent,
  onShare,
  onSheet,
  onPalette,
}: Props) {
  const store = useStore();
  const { paused } = useStoreState('paused');
  const ThemeIcon = THEME_ICON[theme.theme];
  const pauseLabel = paused ? 'Go on showing (Ctrl E)' : 'Hold the picture; capturing goes on (Ctrl E)';
  return (
    <header className="bar" data-pane>
      <h1 className="brand">
        <Mark />
        Wirescope
      </h1>
      <Views view={view} onView={onView} />
      <div className="bar-end">
        <RunState />
        <button
          type="button"
          className={paused ? 'btn square on' : 'btn square'}
          aria-pressed={paused}
          aria-label="Pause"
          title={pauseLabel}
          onClick={() => store.setPaused(!paused)}
        >
          {paused ? <Play {...ICON} /> : <Pause {...ICON} />}
        </button>
        <button
          type="button"
          className={scrubbing ? 'btn square on' : 'btn square'}
          aria-pressed={scrubbing}
          aria-label="Playhead"
          title="Go back through recorded time (P)"
          onClick={onScrub}
        >
          <History {...ICON} />
        </button>
        <button
          type="button"
          className="btn square"
          aria-label="Clear"
          title="Clear (Ctrl L)"
          onClick={onClear}
        >
          <CircleSlash {...ICON} />
        </button>
        <button
          type="button"
          className={presenting ? 'btn square on' : 'btn square'}
          aria-pressed={presenting}
          aria-label="Present"
          title="Present: large type, a spotlight, and notes as slides (Shift P)"
          onClick={onPresent}
        >
          <Presentation {...ICON} />
        </button>
        <ShareButton onShare={onShare} />
        <i className="rule" />
        <button
          type="button"
          className="btn square"
          aria-label={`Theme: ${THEME_WORD[theme.theme]}`}
          title={`Theme: ${THEME_WORD[theme.theme]}`}
          onClick={theme.next}
        >
          <ThemeIcon {...ICON} />
        </button>
        <button
          type="button"
          className="btn square"
          aria-label="Actions"
          title="Find an action by its name (Ctrl K)"
          onClick={onPalette}
        >
          <Command {...ICON} />
        </button>
        <button
          type="button"
          className="btn square"
          aria-label="Keyboard"
          title="Keyboard (?)"
          onClick={onSheet}
        >
          <Keyboard {...ICON} />
        </button>
      </div>
    </header>
  );
}

/** Tabs as the pattern has them: one stop in the tab order, arrows move within. */
function Views({ view, onView }: Pick<Props, 'view' | 'onView'>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (by: number) => {
    const at = VIEWS.findIndex(({ name }) => name === view);
    const to = (at + by + VIEWS.length) % VIEWS.length;
    onView(VIEWS[to]!.name);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <div className="views" role="tablist" aria-label="Views" ref={list}>
      {VIEWS.map(({ name, label }, i) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={view === name}
          tabIndex={view === name ? 0 : -1}
          onClick={() => onView(name)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            else if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          {label}
          <span className="key" aria-hidden="true">
            {i + 1}
          </span>
        </button>
      ))}
    </div>
  );
}
