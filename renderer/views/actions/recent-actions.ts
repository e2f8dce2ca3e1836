/** The actions that were used last, which the palette offers first. */
import { useMemo } from 'react';
import { useSetting } from '../shell/setting.ts';

const MOST = 5;

export function useRecentActions() {
  const [text, setText] = useSetting('palette.recent', '', (stored) => stored);
  return useMemo(() => {
    const keys = text === '' ? [] : text.split('\n');
    return {
      /** The entries in the order in which they are offered. */
      first<E extends { readonly key: string }>(entries: readonly E[]): readonly E[] {
        const used = keys.flatMap((key) => entries.find((entry) => entry.key === key) ?? []);
        return [...used, ...entries.filter((entry) => !used.includes(entry))];
      },
      remember: (key: string) =>
        setText([key, ...keys.filter((each) => each !== key)].slice(0, MOST).join('\n')),
    };
  }, [text, setText]);
}
