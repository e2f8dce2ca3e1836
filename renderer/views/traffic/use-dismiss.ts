import { type RefObject, useEffect, useRef } from 'react';

/** Calls back when a person presses or focuses something outside of what is open. */
export function useDismiss(
  inside: RefObject<HTMLElement | null>,
  isOpen: boolean,
  onDismiss: () => void,
): void {
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;
  useEffect(() => {
    if (!isOpen) return;
    const onEvent = (event: Event) => {
      if (event.target instanceof Node && !inside.current?.contains(event.target)) dismiss.current();
    };
    document.addEventListener('pointerdown', onEvent, true);
    document.addEventListener('focusin', onEvent, true);
    return () => {
      document.removeEventListener('pointerdown', onEvent, true);
      document.removeEventListener('focusin', onEvent, true);
    };
  }, [inside, isOpen]);
}
