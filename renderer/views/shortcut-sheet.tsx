import { Dialog } from './shell/dialog.tsx';
import './shortcut-sheet.css';

const GROUPS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Window',
    [
      ['1 2 3', 'Traffic, Timeline, Concurrency'],
      ['Ctrl E', 'Hold the picture, go on'],
      ['Ctrl L', 'Clear'],
      ['?', 'This sheet'],
      ['Esc', 'Close what was opened last, then clear the filter'],
    ],
  ],
  [
    'List',
    [
      ['↑ ↓', 'Previous, next (also k, j)'],
      ['PgUp PgDn', 'A page up, down'],
      ['Home End', 'First; last, and follow'],
      ['Alt ↑ ↓', 'Previous, next on the same connection'],
      ['Shift ↑ ↓', 'Choose several (also Shift or Ctrl click, Ctrl A)'],
      ['Ctrl C', 'Copy what is chosen as a table'],
      ['Enter', 'Into the detail'],
      ['/', 'Filter (also Ctrl F)'],
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
    'Detail',
    [
      ['← →', 'Tabs, when a tab has the focus'],
      ['↑ ↓ ← →', 'Bytes, when a hex view has the focus'],
      ['Shift ← →', 'Choose bytes there (also drag); Ctrl C copies them as hex'],
      ['Ctrl F', 'Find in the bytes, from anywhere in their tab'],
      ['Ctrl G', 'Go to an offset there'],
      ['Esc', 'Close it'],
    ],
  ],
  [
    'Timeline',
    [
      ['+ −', 'Zoom (also the wheel)'],
      ['← →', 'Earlier, later (also drag)'],
      ['F', 'Fit everything'],
      ['End', 'Follow'],
    ],
  ],
];

export function ShortcutSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog label="Keyboard" onClose={onClose}>
      <h2>Keyboard</h2>
      <div className="sheet">
        {GROUPS.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((part) => (
                      <kbd key={part}>{part}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
