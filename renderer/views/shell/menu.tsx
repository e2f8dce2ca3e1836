/**
 * A menu at a place of the window. The platform's popover puts it on top, closes it on Escape and on a press
 * elsewhere, and gives the focus back; what is left is the arrow keys, which needs no library.
 */
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import './menu.css';
import { zoomOf } from './zoom.ts';

interface Props {
  readonly label: string;
  /** CSS pixels of the viewport. */
  readonly at: { readonly x: number; readonly y: number };
  onClose(): void;
  /** Buttons with the role `menuitem`; a click on one closes the menu. */
  readonly children: ReactNode;
}

const EDGE = 4;

export function Menu({ label, at, onClose, children }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const zoom = zoomOf(element);
    element.style.left = `${Math.max(EDGE, Math.min(at.x, window.innerWidth - width - EDGE)) / zoom}px`;
    // Above the place where there is no room below it.
    const isLow = at.y + height + EDGE > window.innerHeight;
    element.style.top = `${Math.max(EDGE, isLow ? at.y - height : at.y) / zoom}px`;
    element.querySelector('button')?.focus();
    const onToggle = (event: ToggleEvent) => event.newState === 'closed' && close.current();
    element.addEventListener('toggle', onToggle);
    return () => element.removeEventListener('toggle', onToggle);
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const from = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') menu.current?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      aria-label={label}
      className="menu"
      onKeyDown={onKeyDown}
      onClick={() => menu.current?.hidePopover()}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}

/** One line of a menu: what it does, and what it does it with. */
export function MenuItem({ children, about, onPick }: ItemProps) {
  return (
    <button type="button" role="menuitem" onClick={onPick}>
      {children}
      {about !== undefined && <span className="about mono clip">{about}</span>}
    </button>
  );
}

interface ItemProps {
  readonly children: ReactNode;
  readonly about?: string;
  onPick(): void;
}
