import { useEffect, useState, useSyncExternalStore } from 'react';
import { oneOf, useSetting } from './setting.ts';
import { useMedia } from './use-media.ts';

export const THEMES = ['system', 'dark', 'light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

/**
 * Sets `data-theme` on the document; "system" follows the system's light, dark and contrast wishes. Where the system
 * forces its colours on pages, grounds are its own whatever was chosen, and canvases must be drawn to go with them.
 */
export function useTheme() {
  const [theme, setTheme] = useSetting<Theme>('theme', 'system', oneOf(THEMES));
  const light = useMedia('(prefers-color-scheme: light)');
  const contrast = useMedia('(prefers-contrast: more)');
  const forced = useMedia('(forced-colors: active)');
  const scheme = light ? 'light' : 'dark';
  const shown = forced ? scheme : theme !== 'system' ? theme : contrast ? 'contrast' : scheme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = shown;
  }, [shown]);
  const next = () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system');
  return { theme, setTheme, next };
}

/** Changes whenever the colours on the page do: what a canvas depends on. */
export function useShownTheme(): string {
  const [observe] = useState(() => (listener: () => void) => {
    const observer = new MutationObserver(listener);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  });
  return useSyncExternalStore(observe, () => document.documentElement.dataset['theme'] ?? 'dark');
}
