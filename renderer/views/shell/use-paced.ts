import { useEffect, useRef, useState } from 'react';

/** The value as it was at most so many milliseconds ago: for what nobody needs sixty times a second. */
export function usePaced<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (timer.current !== undefined || Object.is(shown, value)) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setShown(latest.current);
    }, everyMs);
  }, [shown, value, everyMs]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return shown;
}
