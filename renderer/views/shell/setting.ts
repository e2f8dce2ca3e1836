import { useCallback, useState } from 'react';

const PREFIX = 'wirescope.';

/** A small setting of this window that outlives a reload. `read` turns what was stored into a value it trusts. */
export function useSetting<T extends string | number>(
  name: string,
  first: T,
  read: (text: string) => T | undefined,
) {
  const [value, setValue] = useState<T>(() => {
    const text = localStorage.getItem(PREFIX + name);
    return (text === null ? undefined : read(text)) ?? first;
  });
  const change = useCallback(
    (next: T) => {
      localStorage.setItem(PREFIX + name, String(next));
      setValue(next);
    },
    [name],
  );
  return [value, change] as const;
}

export function oneOf<T extends string>(choices: readonly T[]): (text: string) => T | undefined {
  return (text) => choices.find((choice) => choice === text);
}

export function numberWithin(lowest: number, highest: number): (text: string) => number | undefined {
  return (text) => {
    const value = Number(text);
    return Number.isFinite(value) && value >= lowest && value <= highest ? value : undefined;
  };
}
