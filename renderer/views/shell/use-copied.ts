import { useEffect, useState } from 'react';

/** As long as it takes to see it. */
const COPIED_MS = 1200;

/** Copies texts, and says for a moment which. */
export function useCopied() {
  const [copied, setCopied] = useState<string>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(text);
  };
  return { copied, copy };
}
