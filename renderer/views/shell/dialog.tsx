/** A modal card over the window. The platform's dialog traps focus, makes the rest inert and closes on Escape. */
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import './dialog.css';

interface Props {
  readonly label: string;
  readonly className?: string;
  onClose(): void;
  readonly children: ReactNode;
}

export function Dialog({ label, className, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // It gives the focus back when it closes, not when it is gone.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={className === undefined ? 'dialog' : `dialog ${className}`}
      aria-label={label}
      onClose={onClose}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="dialog-card">{children}</div>
    </dialog>
  );
}
