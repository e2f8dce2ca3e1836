/** The window: bar, servers, one of the views, status. Holds what is selected, since all views share it. */
import { type CSSProperties, useCallback, useEffect, useMemo, useState } from 'react';
import type { MenuCommand } from '../../electron/channels.ts';
import { SEND_LIMITS } from '../../server-core/capture/send-call.ts';
import { NO_FILTER } from '../store/queries/filter.ts';
import { ActionProvider, type Handlers, useActions, useAllActions } from './actions/action-context.tsx';
import { Palette } from './actions/palette.tsx';
import { type ActionId, viewAction } from './actions/registry.ts';
import './app.css';
import { AppBar } from './app-bar.tsx';
import { useAppKeys } from './app-keys.ts';
import { ComposeView } from './compose/compose-view.tsx';
import { type Composing, composeCaptured, composeSpecimen, FIRST_COMPOSING } from './compose/composing.ts';
import { ConcurrencyView } from './concurrency/concurrency-view.tsx';
import { ExportDialog } from './export/export-dialog.tsx';
import { HeatView } from './heat/heat-view.tsx';
import { desktop } from './host.ts';
import { LabView } from './lab/lab-view.tsx';
import { LearnView } from './learn/learn-view.tsx';
import { FIRST_LESSON, type Lesson } from './learn/lesson.ts';
import { useLabNews } from './learn/use-labs.ts';
import { LinkBanner } from './link-banner.tsx';
import { type OpenIn, OpenInProvider } from './open-in.ts';
import { PlayheadBar } from './playhead/playhead-bar.tsx';
import { PresentBar } from './present/present-bar.tsx';
import { usePresenter } from './present/use-presenter.ts';
import { RailEdge, useRailWidth } from './rail-edge.tsx';
import { AddFolder } from './servers/add-folder.tsx';
import { CaptureStrip } from './servers/capture-strip.tsx';
import { DropTarget } from './servers/drop-target.tsx';
import { Rail } from './servers/rail.tsx';
import { useOpenCapture, useSaveCapture } from './servers/use-capture.ts';
import { useServe } from './servers/use-serve.ts';
import { SettingsOf, serverInView } from './settings/settings-of.tsx';
import { useServersFile } from './settings/use-servers-file.ts';
import { ShareDialog } from './share/share-dialog.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { cyclePanes } from './shell/panes.ts';
import { useSetting } from './shell/setting.ts';
import { useStore } from './shell/store-context.tsx';
import { useTheme } from './shell/theme.ts';
import { ToastProvider, useToast } from './shell/toast.tsx';
import { useGuest } from './shell/use-guest.ts';
import { useMedia } from './shell/use-media.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import { VIEWS, type ViewName, viewNamed } from './tabs.ts';
import { TimelineView } from './timeline/timeline-view.tsx';
import { FIRST_WINDOW } from './timeline/timeline-window.ts';
import { useKeptAnnotations } from './traffic/annotations.ts';
import { TrafficView } from './traffic/traffic-view.tsx';

export function App() {
  return (
    <ToastProvider>
      <ActionProvider>
        <Window />
      </ActionProvider>
    </ToastProvider>
  );
}

const MENU_ACTIONS: Readonly<Record<MenuCommand, ActionId>> = {
  'choose-folder': 'add-folder',
  'open-capture': 'open-capture',
  'save-capture': 'save-capture',
  'export-capture': 'export',
  settings: 'settings',
  'toggle-theme': 'theme-next',
  'toggle-pause': 'pause',
  'show-keys': 'shortcuts',
  clear: 'clear',
};

function viewHandlers(show: (view: ViewName) => void): Handlers {
  return Object.fromEntries(VIEWS.map(({ name }) => [viewAction(name), () => show(name)]));
}

function Window() {
  const store = useStore();
  const toast = useToast();
  const serve = useServe();
  const openCapture = useOpenCapture();
  const saveCapture = useSaveCapture();
  const serversFile = useServersFile();
  const theme = useTheme();
  useKeptAnnotations();
  const [view, setView] = useSetting<ViewName>('view', 'traffic', viewNamed);
  useLabNews(view === 'learn');
  const [selected, setSelected] = useState<number>();
  const [lesson, setLesson] = useState<Lesson>(FIRST_LESSON);
  const [composing, setComposing] = useState<Composing>(FIRST_COMPOSING);
  const [timelineWindow, setTimelineWindow] = useState(FIRST_WINDOW);
  const [sheet, setSheet] = useState(false);
  const [settingsOf, setSettingsOf] = useState<number>();
  const [sharing, setSharing] = useState(false);
  const [exporting, setExporting] = useState(false);
  const isGuest = useGuest();
  const [palette, setPalette] = useState(false);
  const [railWidth, setRailWidth] = useRailWidth();
  const isSmall = useMedia('(max-width: 900px)');
  const isRailNarrow = view !== 'traffic' || isSmall;
  const [scrubbing, setScrubbing] = useState(false);
  const [adding, setAdding] = useState<{ readonly dropped: string | undefined }>();

  const addFolder = useCallback(async () => {
    if (!desktop) {
      setAdding({ dropped: undefined });
      return;
    }
    for (const path of await desktop.chooseFolders()) {
      const problem = await serve(path);
      if (problem !== undefined) toast({ text: problem });
    }
  }, [serve, toast]);

  const openIn = useMemo<OpenIn>(
    () => ({
      step: (exchange, side) => {
        setLesson((before) => ({ ...before, tool: 'parser', exchange, side }));
        setView('learn');
      },
      ladder: (exchange, sent) => {
        setLesson((before) => ({ ...before, tool: 'ladder', ladder: { exchange, sent } }));
        setView('learn');
      },
      compose: (exchange, server) => {
        const take = (bytes: Uint8Array) => {
          setComposing(composeCaptured(bytes, server));
          setView('compose');
        };
        store.readBytes(exchange, 'in', 0, SEND_LIMITS.bytes).then(take, (error: Error) => {
          toast({ text: error.message });
        });
      },
      specimen: (specimen, server) => {
        setComposing((before) => ({
          ...composeSpecimen(before, specimen),
          ...(server !== undefined && { server, elsewhere: undefined }),
        }));
        setView('compose');
      },
      explain: (kind, key) => {
        const lookUp = { text: '', kind, shown: { kind, key } };
        setLesson((before) => ({ ...before, tool: 'glossary', lookUp }));
        setView('learn');
      },
      traffic: (text, server) => {
        store.setFilter({ ...NO_FILTER, text, server });
        setView('traffic');
      },
      select: (exchange) => {
        setSelected(exchange);
        setView('traffic');
      },
    }),
    [store, toast, setView],
  );

  const presenter = usePresenter(view === 'traffic' ? selected : undefined, {
    select: openIn.select,
    span: (from, to) => {
      setTimelineWindow({ follow: false, from, span: to - from });
      setView('timeline');
    },
  });

  const showRequests = (text: string, server: number) => {
    store.setFilter({ ...NO_FILTER, text, server });
    setView('traffic');
  };

  const pause = () => store.setPaused(!store.state().paused);
  const scrub = () => {
    const isThere = scrubbing || store.state().playhead !== undefined;
    if (isThere) store.setPlayhead(undefined);
    setScrubbing(!isThere);
  };
  const clear = () => {
    store.clear();
    setSelected(undefined);
  };
  useActions({
    ...viewHandlers(setView),
    palette: () => setPalette(true),
    shortcuts: () => setSheet(true),
    'next-pane': () => cyclePanes(1),
    'previous-pane': () => cyclePanes(-1),
    'theme-next': theme.next,
    'theme-system': () => theme.setTheme('system'),
    'theme-dark': () => theme.setTheme('dark'),
    'theme-light': () => theme.setTheme('light'),
    'theme-contrast': () => theme.setTheme('contrast'),
    pause,
    playhead: scrub,
    clear,
    'add-folder': isGuest ? undefined : () => void addFolder(),
    'open-capture': desktop && (() => void openCapture()),
    'save-capture': isGuest ? undefined : () => void saveCapture(),
    export: isGuest ? undefined : () => setExporting(true),
    glossary: () => {
      setLesson((before) => ({ ...before, tool: 'glossary' }));
      setView('learn');
    },
    settings: isGuest ? undefined : () => setSettingsOf(serverInView(store.state())),
    'save-servers': isGuest ? undefined : serversFile.save,
    'open-servers': isGuest ? undefined : serversFile.open,
    present: () => presenter.turn(!presenter.on),
    share: isGuest ? undefined : () => setSharing(true),
    'clear-filter': () => store.setFilter(NO_FILTER),
  });
  useAppKeys(() => {
    // From the last thing opened to the first: the detail, then the filter.
    if (selected !== undefined) setSelected(undefined);
    else store.setFilter({ ...NO_FILTER, server: store.state().filter.server });
  });
  const actions = useAllActions();
  useEffect(() => desktop?.onCommand((command) => actions.run(MENU_ACTIONS[command])), [actions]);

  return (
    <div className="window" style={railWidth > 0 ? ({ '--w-rail': `${railWidth}px` } as CSSProperties) : {}}>
      <AppBar
        view={view}
        scrubbing={scrubbing}
        onView={setView}
        onScrub={scrub}
        onClear={clear}
        presenting={presenter.on}
        onPresent={() => presenter.turn(!presenter.on)}
        onShare={() => setSharing(true)}
        onSheet={() => setSheet(true)}
        onPalette={() => setPalette(true)}
        theme={theme}
      />
      {view !== 'learn' && view !== 'compose' && (
        <ErrorBoundary pane="The list of servers">
          <Rail narrow={isRailNarrow} onAdd={() => void addFolder()} />
        </ErrorBoundary>
      )}
      <main className="view" data-pane>
        {!isRailNarrow && <RailEdge width={railWidth} onWidth={setRailWidth} />}
        <LinkBanner />
        <CaptureStrip />
        {view !== 'learn' && view !== 'compose' && <PlayheadBar open={scrubbing} />}
        <ErrorBoundary key={view} pane={`The ${view} view`}>
          <OpenInProvider value={openIn}>
            {view === 'traffic' && (
              <TrafficView selected={selected} onSelect={setSelected} onAdd={() => void addFolder()} />
            )}
            {view === 'timeline' && (
              <TimelineView
                selected={selected}
                window={timelineWindow}
                onWindow={setTimelineWindow}
                onSelect={setSelected}
                onFilter={showRequests}
                onAdd={() => void addFolder()}
              />
            )}
            {view === 'concurrency' && (
              <ConcurrencyView window={timelineWindow} onWindow={setTimelineWindow} />
            )}
            {view === 'heat' && <HeatView onFilter={showRequests} />}
            {view === 'learn' && <LearnView lesson={lesson} onLesson={setLesson} />}
            {view === 'compose' && <ComposeView composing={composing} onComposing={setComposing} />}
            {view === 'load' && <LabView onTraffic={() => setView('traffic')} />}
          </OpenInProvider>
        </ErrorBoundary>
      </main>
      {presenter.on && <PresentBar presenter={presenter} />}
      <StatusBar />
      {palette && (
        <OpenInProvider value={openIn}>
          <Palette onClose={() => setPalette(false)} />
        </OpenInProvider>
      )}
      {sharing && <ShareDialog onClose={() => setSharing(false)} />}
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      <SettingsOf server={settingsOf} onClose={() => setSettingsOf(undefined)} />
      {adding && <AddFolder dropped={adding.dropped} onClose={() => setAdding(undefined)} />}
      {!isGuest && <DropTarget onAskPath={(dropped) => setAdding({ dropped })} />}
    </div>
  );
}
