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
      ['Enter', 'Into the detail'],
      ['/', 'Filter (also Ctrl F)'],
    ],
  ],
  [
    'Detail',
    [
      ['← →', 'Tabs, when a tab has the focus'],
      ['↑ ↓ ← →', 'Bytes, when a hex view has the focus'],
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
