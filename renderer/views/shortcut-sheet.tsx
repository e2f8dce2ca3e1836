/** All keys: those of the actions, and those of the parts of the window. */
import { type KeyLine, LOCAL_KEYS } from './actions/local-keys.ts';
import { ACTION_GROUPS, ACTION_IDS, actionOf } from './actions/registry.ts';
import { Dialog } from './shell/dialog.tsx';
import './shortcut-sheet.css';

export function ShortcutSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog label="Keyboard" onClose={onClose}>
      <h2>Keyboard</h2>
      <div className="sheet" role="group" aria-label="Keys" tabIndex={0}>
        {PARTS.map((part) => (
          <Section key={part} title={part} lines={linesOf(part)} />
        ))}
      </div>
    </Dialog>
  );
}

const PARTS: readonly string[] = [...new Set([...ACTION_GROUPS, ...LOCAL_KEYS.map(([part]) => part)])];

function linesOf(part: string): KeyLine[] {
  const actions = ACTION_IDS.map(actionOf)
    .filter((action) => action.group === part && action.keys.length > 0)
    .map(
      ({ keys: [first = '', ...others], title }): KeyLine => [
        first,
        others.length === 0 ? title : `${title} (also ${others.join(', ')})`,
      ],
    );
  return [...actions, ...LOCAL_KEYS.filter(([name]) => name === part).flatMap(([, lines]) => lines)];
}

interface SectionProps {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

function Section({ title, lines }: SectionProps) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {lines.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
