/** The window: bar, servers, one of the views, status. Holds what is selected, since all views share it. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { NO_FILTER } from '../store/queries.ts';
import './app.css';
import { AppBar } from './app-bar.tsx';
import { useAppKeys } from './app-keys.ts';
import { ConcurrencyView } from './concurrency/concurrency-view.tsx';
import { desktop } from './host.ts';
import { LearnView } from './learn/learn-view.tsx';
import { FIRST_LESSON, type Lesson } from './learn/lesson.ts';
import { LinkBanner } from './link-banner.tsx';
import { type OpenIn, OpenInProvider } from './open-in.ts';
import { AddFolder } from './servers/add-folder.tsx';
import { CaptureStrip } from './servers/capture-strip.tsx';
import { DropTarget } from './servers/drop-target.tsx';
import { Rail } from './servers/rail.tsx';
import { useOpenCapture, useSaveCapture } from './servers/use-capture.ts';
import { useServe } from './servers/use-serve.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { useStore } from './shell/store-context.tsx';
import { useTheme } from './shell/theme.ts';
import { ToastProvider, useToast } from './shell/toast.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import type { ViewName } from './tabs.ts';
import { TimelineView } from './timeline/timeline-view.tsx';
import { TrafficView } from './traffic/traffic-view.tsx';

export function App() {
  return (
    <ToastProvider>
      <Window />
    </ToastProvider>
  );
}

function Window() {
  const store = useStore();
  const toast = useToast();
  const serve = useServe();
  const openCapture = useOpenCapture();
  const saveCapture = useSaveCapture();
  const theme = useTheme();
  const [view, setView] = useState<ViewName>('traffic');
  const [selected, setSelected] = useState<number>();
  const [lesson, setLesson] = useState<Lesson>(FIRST_LESSON);
  const [sheet, setSheet] = useState(false);
  const [adding, setAdding] = useState<{ readonly dropped: string | undefined }>();

  const addFolder = useCallback(async () => {
    if (!desktop) {
      setAdding({ dropped: undefined });
      return;
    }
    const path = await desktop.chooseFolder();
    if (path === undefined) return;
    const problem = await serve(path);
    if (problem !== undefined) toast({ text: problem });
  }, [serve, toast]);

  const openIn = useMemo<OpenIn>(
    () => ({
      step: (exchange, side) => {
        setLesson((before) => ({ ...before, exchange, side }));
        setView('learn');
      },
    }),
    [],
  );

  const keys = {
    view: setView,
    sheet: () => setSheet((open) => !open),
    pause: () => store.setPaused(!store.state().paused),
    clear: () => {
      store.clear();
      setSelected(undefined);
    },
    theme: theme.next,
    add: () => void addFolder(),
    /** From the last thing opened to the first: the detail, then the filter. */
    escape: () => {
      if (selected !== undefined) setSelected(undefined);
      else store.setFilter({ ...NO_FILTER, server: store.state().filter.server });
    },
  };
  useAppKeys(keys);
  useEffect(
    () =>
      desktop?.onCommand((command) => {
        if (command === 'choose-folder') keys.add();
        else if (command === 'open-capture') void openCapture();
        else if (command === 'save-capture') void saveCapture();
        else if (command === 'toggle-theme') keys.theme();
        else if (command === 'toggle-pause') keys.pause();
        else keys.clear();
      }),
    // The latest closures, so that a command acts on what is shown now.
    [keys.add, keys.theme, keys.pause, keys.clear, openCapture, saveCapture],
  );

  return (
    <div className="window">
      <AppBar view={view} onView={setView} onClear={keys.clear} onSheet={keys.sheet} theme={theme} />
      {view !== 'learn' && (
        <ErrorBoundary pane="The list of servers">
          <Rail narrow={view !== 'traffic'} onAdd={keys.add} />
        </ErrorBoundary>
      )}
      <main className="view">
        <LinkBanner />
        <CaptureStrip />
        <ErrorBoundary key={view} pane={`The ${view} view`}>
          <OpenInProvider value={openIn}>
            {view === 'traffic' && (
              <TrafficView selected={selected} onSelect={setSelected} onAdd={keys.add} />
            )}
            {view === 'timeline' && <TimelineView selected={selected} onSelect={setSelected} />}
            {view === 'concurrency' && <ConcurrencyView />}
            {view === 'learn' && <LearnView lesson={lesson} onLesson={setLesson} />}
          </OpenInProvider>
        </ErrorBoundary>
      </main>
      <StatusBar />
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      {adding && <AddFolder dropped={adding.dropped} onClose={() => setAdding(undefined)} />}
      <DropTarget onAskPath={(dropped) => setAdding({ dropped })} />
    </div>
  );
}
