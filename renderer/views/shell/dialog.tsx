/** A modal card over the window. The platform's dialog traps focus, makes the rest inert and closes on Escape. */
import { type ReactNode, useEffect, useRef } from 'react';
import './dialog.css';

interface Props {
  readonly label: string;
  onClose(): void;
  readonly children: ReactNode;
}

export function Dialog({ label, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
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
