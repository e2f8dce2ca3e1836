import { CHIPS, type Chip } from '../../store/queries/filter.ts';
import { useStore, useStoreState } from '../shell/store-context.tsx';

const LABEL: Record<Chip, string> = {
  doc: 'Doc',
  css: 'CSS',
  js: 'JS',
  img: 'Img',
  font: 'Font',
  media: 'Media',
  data: 'Data',
  ws: 'WS',
  other: 'Other',
  errors: 'Errors',
};

/** Kinds of content. One click shows one kind, or all again; Ctrl or ⌘ adds and takes away. */
export function TypeChips() {
  const store = useStore();
  const { filter } = useStoreState('filter');
  const { chips } = filter;
  const set = (next: readonly Chip[]) => store.setFilter({ ...store.state().filter, chips: next });
  const press = (chip: Chip, adds: boolean) => {
    const isOn = chips.includes(chip);
    if (!adds) return set(isOn && chips.length === 1 ? [] : [chip]);
    return set(isOn ? chips.filter((other) => other !== chip) : [...chips, chip]);
  };
  return (
    <fieldset className="chips" aria-label="Kinds">
      <button
        type="button"
        className={chips.length === 0 ? 'btn on' : 'btn'}
        aria-pressed={chips.length === 0}
        onClick={() => set([])}
      >
        All
      </button>
      {CHIPS.map((chip) => (
        <button
          key={chip}
          type="button"
          className={chips.includes(chip) ? 'btn on' : 'btn'}
          aria-pressed={chips.includes(chip)}
          title="Ctrl-click adds or takes away"
          onClick={(event) => press(chip, event.ctrlKey || event.metaKey)}
        >
          {LABEL[chip]}
        </button>
      ))}
    </fieldset>
  );
}
