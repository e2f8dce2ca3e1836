import type { ReactNode } from 'react';

/** A sentence in which what stands between backticks is code. */
export function coded(sentence: string): ReactNode {
  return Array.from(sentence.matchAll(/`([^`]*)`|[^`]+/g), ({ 0: part, 1: code, index }) =>
    code === undefined ? (
      part
    ) : (
      <code className="mono" key={index}>
        {code}
      </code>
    ),
  );
}
