/**
 * Every action of the window by name, with its keys: what the palette offers, the keyboard obeys and the sheet of keys
 * shows. What an action does is given by the view that can do it, see `action-context.tsx`.
 */
import { VIEWS, type ViewName } from '../tabs.ts';

export interface Action {
  readonly title: string;
  readonly group: ActionGroup;
  /** As they are shown: `Ctrl E`. The first is the one that the palette names. */
  readonly keys: readonly string[];
  /** Its keys are those of the list, which has to have the focus. */
  readonly local: boolean;
}

export const ACTION_GROUPS = ['Go to', 'Window', 'Capture', 'List', 'Chosen requests', 'Timeline'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

function action(group: ActionGroup, title: string, ...keys: readonly string[]): Action {
  return { title, group, keys, local: false };
}

function local(group: ActionGroup, title: string, ...keys: readonly string[]): Action {
  return { title, group, keys, local: true };
}

export function viewAction(view: ViewName): `view-${ViewName}` {
  return `view-${view}`;
}

const VIEW_ACTIONS = Object.fromEntries(
  VIEWS.map(({ name, label }, i) => [viewAction(name), action('Go to', label, String(i + 1))]),
) as Record<`view-${ViewName}`, Action>;

export const ACTIONS = {
  ...VIEW_ACTIONS,
  glossary: action('Go to', 'Glossary: look something up'),
  present: action('Window', 'Present, or end presenting', 'Shift P'),
  palette: action('Window', 'Find an action by its name', 'Ctrl K', 'Ctrl Shift P'),
  shortcuts: action('Window', 'Show all keys', '?'),
  'next-pane': action('Window', 'Go to the next pane', 'F6'),
  'previous-pane': action('Window', 'Go to the pane before', 'Shift F6'),
  'detail-side': action('Window', 'Detail below the list, or beside it'),
  'theme-next': action('Window', 'Next theme'),
  'theme-system': action('Window', 'Theme as the system has it'),
  'theme-dark': action('Window', 'Theme: dark'),
  'theme-light': action('Window', 'Theme: light'),
  'theme-contrast': action('Window', 'Theme: high contrast'),
  pause: action('Capture', 'Hold the picture, or go on', 'Ctrl E'),
  playhead: action('Capture', 'Playhead: go back through recorded time', 'P'),
  clear: action('Capture', 'Clear: forget what has ended and is not pinned', 'Ctrl L', 'Ctrl Shift Delete'),
  'add-folder': action('Capture', 'Serve a folder', 'Ctrl O'),
  'open-capture': action('Capture', 'Open a capture', 'Ctrl Shift O'),
  'save-capture': action('Capture', 'Save the capture', 'Ctrl S'),
  export: action('Capture', 'Export: HAR, pcapng, report, access log', 'Ctrl Shift E'),
  settings: action('Capture', 'Settings of the server', 'Ctrl ,'),
  'save-servers': action('Capture', 'Export all servers with their settings'),
  'open-servers': action('Capture', 'Import servers with their settings'),
  share: action('Capture', 'Share this window with a class'),
  'lab-run': action('Capture', 'Load: run', 'Ctrl Enter'),
  'lab-stop': action('Capture', 'Load: stop'),
  filter: action('List', 'Filter', '/', 'Ctrl F'),
  'clear-filter': action('List', 'Clear the filter'),
  follow: local('List', 'Follow the newest', 'End'),
  'group-none': action('List', 'No groups'),
  'group-connection': action('List', 'Group by connection'),
  'group-path': action('List', 'Group by folder of the path'),
  'fold-all': action('List', 'Fold all groups'),
  'open-all': action('List', 'Open all groups'),
  'sort-time': action('List', 'Sort by time'),
  'sort-status': action('List', 'Sort by status'),
  'sort-size': action('List', 'Sort by size'),
  'sort-duration': action('List', 'Sort by duration'),
  'sort-path': action('List', 'Sort by path'),
  'time-clock': action('List', 'Times of day'),
  'time-since': action('List', 'Times since the first request, or the reference'),
  'time-delta': action('List', 'Times since the row above'),
  pin: local('Chosen requests', 'Pin, or let go', 'S'),
  mark: local('Chosen requests', 'Mark, or take the mark off', 'M'),
  note: local('Chosen requests', 'Write a note', 'N', 'Ctrl Alt C'),
  compare: action('Chosen requests', 'Compare the two'),
  'copy-table': local('Chosen requests', 'Copy as a table', 'Ctrl C'),
  'copy-curl': local('Chosen requests', 'Copy as cURL', 'Ctrl Shift C'),
  'send-again': local('Chosen requests', 'Send again, as it was', 'R', 'Ctrl R'),
  forget: local('Chosen requests', 'Delete from the list', 'D', 'Ctrl Delete'),
  step: action('Chosen requests', 'Step the parser through it'),
  'timeline-fit': action('Timeline', 'Fit everything'),
  'timeline-follow': action('Timeline', 'Keep the newest in sight'),
  'timeline-chosen': action('Timeline', 'Zoom to the chosen request'),
  'timeline-only': action('Timeline', 'Only requests of the time in sight, or all'),
  'timeline-zero': action('Timeline', 'Count times from elsewhere'),
  replay: action('Timeline', 'Replay, or stop the replay'),
} as const satisfies Record<string, Action>;

export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as readonly ActionId[];

export function actionOf(id: ActionId): Action {
  return ACTIONS[id];
}
