import { useState } from 'react';
import type { FilterMemory } from './filter-memory.ts';

interface Props {
  readonly text: string;
  readonly memory: FilterMemory;
  onClose(): void;
}

/** Gives the filter a name under which it comes back, or takes it away. */
export function SaveFilter({ text, memory, onClose }: Props) {
  const known = memory.saved.find((saved) => saved.text === text);
  const [name, setName] = useState(known?.name ?? text);
  return (
    <form
      className="filter-save"
      aria-label="Save the filter"
      onSubmit={(event) => {
        event.preventDefault();
        memory.save({ name: name.trim() || text, text });
        onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <label>
        Name
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
          autoFocus
          value={name}
          maxLength={60}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="btn ink small">
        {known ? 'Rename' : 'Save'}
      </button>
      {known && (
        <button
          type="button"
          className="btn line small"
          onClick={() => {
            memory.forget(text);
            onClose();
          }}
        >
          Remove
        </button>
      )}
    </form>
  );
}
