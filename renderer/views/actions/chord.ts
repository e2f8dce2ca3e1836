/** Keys as they are written in the window, `Ctrl Shift P`, and as they come from a keyboard. */

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Ctrl is Cmd on a Mac. Shift counts where it is not how the sign itself is typed. */
export function isPressed(chord: string, event: Pressed): boolean {
  const parts = chord.split(' ');
  const key = parts.at(-1) ?? '';
  if (key.toLowerCase() !== event.key.toLowerCase()) return false;
  if (parts.includes('Ctrl') !== (event.ctrlKey || event.metaKey)) return false;
  if (parts.includes('Alt') !== event.altKey) return false;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return isSign || parts.includes('Shift') === event.shiftKey;
}

/** Whether a person who types would type it. */
export function isTyped(chord: string): boolean {
  return !chord.startsWith('Ctrl ') && !chord.startsWith('Alt ') && !/F\d+$/.test(chord);
}
