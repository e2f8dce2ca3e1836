/** Name and value lines, for panes that list what is known. */
import type { ReactNode } from 'react';

export interface Fact {
  readonly name: string;
  /** Left out when undefined. */
  readonly value: ReactNode | undefined;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value }) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
