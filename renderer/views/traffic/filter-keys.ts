/** What a key means in the filter box. */
export type FilterMove =
  /** Opens the list, with its first line chosen or none. */
  | 'open-first'
  | 'open'
  | 'next'
  | 'previous'
  | 'accept'
  /** Forgets the saved filter that is chosen in the list. */
  | 'forget'
  /** The filter is as wanted: to the list of requests. */
  | 'done'
  | 'close'
  | 'clear'
  | 'leave';

interface Key {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
}

export interface FilterBoxState {
  readonly isEmpty: boolean;
  /** The list is open; something else hangs below the box. */
  readonly isOpen: boolean;
  readonly hasOther: boolean;
  /** There is something to list. */
  readonly hasOptions: boolean;
  /** The kind of the line that is chosen in the open list. */
  readonly chosen: 'completion' | 'saved' | 'recent' | undefined;
  /** The list goes on from something typed. */
  readonly completes: boolean;
}

export function filterMove(
  { key, altKey, ctrlKey, shiftKey }: Key,
  box: FilterBoxState,
): FilterMove | undefined {
  switch (key) {
    case 'ArrowDown':
      if (box.isOpen) return 'next';
      return altKey || box.hasOptions ? 'open-first' : 'leave';
    case 'ArrowUp':
      if (box.isOpen) return 'previous';
      return box.isEmpty ? 'open-first' : undefined;
    case ' ':
      return ctrlKey ? 'open' : undefined;
    case 'Tab':
      return !shiftKey && box.isOpen && (box.chosen || box.completes) ? 'accept' : undefined;
    case 'Enter':
      return box.chosen ? 'accept' : 'done';
    case 'Delete':
      return box.chosen === 'saved' ? 'forget' : undefined;
    case 'Escape':
      if (box.isOpen || box.hasOther) return 'close';
      return box.isEmpty ? 'leave' : 'clear';
    default:
      return undefined;
  }
}
