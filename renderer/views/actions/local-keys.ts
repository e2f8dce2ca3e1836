/** Keys of one part of the window, which has to have the focus: they are no actions by name. */
export type KeyLine = readonly [keys: string, meaning: string];

export const LOCAL_KEYS: readonly (readonly [part: string, keys: readonly KeyLine[]])[] = [
  ['Window', [['Esc', 'Close what was opened last, then clear the filter']]],
  [
    'List',
    [
      ['↑ ↓', 'Previous, next (also k, j)'],
      ['PgUp PgDn', 'A page up, down'],
      ['Home', 'First'],
      ['Alt ↑ ↓', 'Previous, next on the same connection'],
      ['Shift ↑ ↓', 'Choose several (also Shift or Ctrl click, Ctrl A)'],
      ['Enter', 'Into the detail; on a group, fold or open it'],
      ['←', 'To the head of the group, then fold it'],
      ['T', 'Time the others from this row, or no longer (also Ctrl T)'],
      ['Shift F10', 'What can be done with a row (also right click)'],
    ],
  ],
  [
    'Filter',
    [
      ['↓', 'What it may go on with; in an empty box, filters of before'],
      ['Tab', 'Take what is offered'],
      ['Enter', 'To the list'],
      ['Esc', 'Close the offer, then clear'],
    ],
  ],
  [
    'Names of columns',
    [
      ['Enter', 'Sort: up, down, in the order of time'],
      ['Shift ← →', 'Move the column'],
      ['Alt ← →', 'Move its edge'],
      ['↓', 'Which columns are shown'],
    ],
  ],
  [
    'Edges of panes',
    [
      ['← → ↑ ↓', 'Move the edge'],
      ['Enter', 'Where it was at first (also double click)'],
    ],
  ],
  [
    'Detail',
    [
      ['← →', 'Tabs, when a tab has the focus'],
      ['↑ ↓ ← →', 'Bytes, when a hex view has the focus'],
      ['Shift ← →', 'Choose bytes there (also drag); Ctrl C copies them as hex'],
      ['Ctrl F', 'Find in the bytes or the content, from anywhere in their tab'],
      ['Ctrl G', 'Go to an offset there'],
      ['Esc', 'Close it'],
    ],
  ],
  [
    'Playhead',
    [
      ['Space', 'Replay, stop'],
      ['← →', 'The event before, after'],
      ['PgUp PgDn', 'A twentieth of the recording back, on'],
      ['Home End', 'The first; back to the newest'],
    ],
  ],
  [
    'Heat map',
    [
      ['↑ ↓', 'Previous, next'],
      ['← →', 'Fold, open; to the folder, to the first in it'],
      ['Enter', 'Its requests in the list'],
      ['Shift F10', 'What can be done with a file (also right click)'],
    ],
  ],
  [
    'Timeline',
    [
      ['+ −', 'Zoom about the pointer (also the wheel)'],
      ['← →', 'Earlier, later (also drag)'],
      ['↑ ↓', 'The connection before, after'],
      ['Shift ← →', 'What happened on it before, next; it is read out'],
      ['Enter', 'Open the request there'],
      ['Shift F10', 'What can be done with the connection (also click its name)'],
      ['T', 'Count times from a time of day, the start, or A'],
      ['H', 'Put the playhead where the pointer is'],
      ['A', 'Put cursor A where the pointer is, or take it away (also click)'],
      ['S', 'Only requests of the time in sight; all again (also Shift and drag)'],
      ['F', 'Fit everything'],
      ['Z', 'The chosen request (also a double click on it)'],
      ['End', 'Follow'],
    ],
  ],
  [
    'Concurrency',
    [
      ['← →', 'Cursor a step back, on; PgUp PgDn twenty'],
      ['+ −', 'Zoom about the cursor (also the wheel)'],
      ['A', 'Put cursor A there, or take it away (also click)'],
      ['S', 'Only requests between the cursors, or in sight; all again (also Shift and drag)'],
      ['H', 'Put the playhead there'],
      ['F', 'Fit everything'],
      ['End', 'Follow'],
    ],
  ],
  [
    'Parser',
    [
      ['← →', 'A byte back, on; with Shift a state'],
      ['Home End', 'To the start, to the end'],
      ['Space', 'Play, hold'],
      ['R', 'Run to the next stop'],
    ],
  ],
  ['Compose', [['Ctrl Enter', 'Send']]],
  ['Presenting', [['PgUp PgDn', 'The note before, the next']]],
  [
    'Load',
    [
      ['↑ ↓', 'The request before, the next, of a plot; PgUp PgDn ten'],
      ['← →', 'Cursor of a graph back, on'],
    ],
  ],
];
