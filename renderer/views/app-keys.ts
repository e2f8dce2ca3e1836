import { useEffect, useRef } from 'react';
import { VIEWS, type ViewName } from './tabs.ts';

export interface AppActions {
  view(name: ViewName): void;
  sheet(): void;
  pause(): void;
  clear(): void;
  theme(): void;
  add(): void;
  escape(): void;
}

/** Keys that work wherever the focus is. What a focused control wants for itself it stops from coming here. */
export function useAppKeys(actions: AppActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const action = actionOf(event, latest.current);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function actionOf(event: KeyboardEvent, actions: AppActions): (() => void) | undefined {
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command && !event.altKey) {
    if (key === 'e') return actions.pause;
    if (key === 'l') return actions.clear;
    if (key === 'f') return focusFilter;
    return undefined;
  }
  if (event.altKey || isTyping(event.target)) return undefined;
  const view = VIEWS[Number(event.key) - 1];
  if (view) return () => actions.view(view.name);
  if (event.key === '?') return actions.sheet;
  if (event.key === '/') return focusFilter;
  if (event.key === 'Escape') return actions.escape;
  return undefined;
}

function focusFilter(): void {
  const box = document.querySelector<HTMLInputElement>('input[data-filter]');
  box?.focus();
  box?.select();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
