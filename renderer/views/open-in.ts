/** From one view into another, with what is to be looked at there. */
import { createContext, useContext } from 'react';
import type { Direction } from '../../server-core/capture/events.ts';
import type { SentConnection } from '../../server-core/capture/send-call.ts';
import type { Kind } from '../explain/glossary/glossary.ts';
import type { SpecimenBytes } from '../learn/gallery.ts';

export interface OpenIn {
  /** Steps the parser through a message of an exchange. */
  step(exchange: number, side: Direction): void;
  /** Takes the request of an exchange to be changed and sent again. */
  compose(exchange: number, server: number): void;
  /** Draws the connection that carried an exchange; `sent` is the client's side of it, where that was ours. */
  ladder(exchange: number, sent?: SentConnection): void;
  /** Takes a request of the gallery, or one like it, to Compose, for a server where it is one's. */
  specimen(specimen: SpecimenBytes, server?: number): void;
  /** Opens the glossary at an entry. */
  explain(kind: Kind, key: string): void;
  /** Shows in Traffic what a filter lets through, of one server where it is one's. */
  traffic(filter: string, server?: number): void;
  /** Chooses an exchange in Traffic. */
  select(exchange: number): void;
}

const OpenInContext = createContext<OpenIn>({
  step() {},
  compose() {},
  ladder() {},
  specimen() {},
  explain() {},
  traffic() {},
  select() {},
});

export const OpenInProvider = OpenInContext.Provider;

export function useOpenIn(): OpenIn {
  return useContext(OpenInContext);
}
