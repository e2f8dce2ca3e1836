import { useEffect, useRef } from 'react';
import { useAllActions } from './actions/action-context.tsx';
import { isPressed, isTyped } from './actions/chord.ts';
import { ACTION_IDS, actionOf } from './actions/registry.ts';

/** Keys that work wherever the focus is. What a focused control wants for itself it stops from coming here. */
export function useAppKeys(onEscape: () => void): void {
  const actions = useAllActions();
  const leave = useRef(onEscape);
  leave.current = onEscape;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
      if (event.key === 'Escape' && !isTyping(event.target)) {
        event.preventDefault();
        return leave.current();
      }
      const id = ACTION_IDS.find((each) => answers(each, event));
      if (id === undefined || !actions.available().includes(id)) return;
      event.preventDefault();
      actions.run(id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [actions]);
}

function answers(id: (typeof ACTION_IDS)[number], event: KeyboardEvent): boolean {
  const { keys, local } = actionOf(id);
  if (local) return false;
  return keys.some((chord) => isPressed(chord, event) && !(isTyped(chord) && isTyping(event.target)));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  );
}
