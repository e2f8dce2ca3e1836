/** One line and one action above the status bar. It waits under the pointer, and goes after six seconds. */
import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { ICON } from './icons.tsx';
import './toast.css';

export interface ToastText {
  readonly text: string;
  readonly action?: { readonly label: string; run(): void };
}
type Show = (toast: ToastText) => void;

const SHOWN_MS = 6000;
const AT_MOST = 3;
const ToastContext = createContext<Show>(() => undefined);

export function useToast(): Show {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (ToastText & { readonly id: number })[]>([]);
  const lastId = useRef(0);
  const show = useCallback<Show>((toast) => {
    lastId.current += 1;
    const id = lastId.current;
    setToasts((shown) =>
      [...shown.filter((other) => other.text !== toast.text), { ...toast, id }].slice(-AT_MOST),
    );
  }, []);
  const close = useCallback(
    (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <Toast key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

function Toast({ toast, onClose }: { readonly toast: ToastText; onClose(): void }) {
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => close.current(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const { action } = toast;
  return (
    <div className="toast" onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)}>
      <span className="grow">{toast.text}</span>
      {action && (
        <button
          type="button"
          className="btn line small"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="btn small square" aria-label="Dismiss" onClick={onClose}>
        <X {...ICON} size={14} />
      </button>
    </div>
  );
}
