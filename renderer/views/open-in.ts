/** From one view into another, with what is to be looked at there. */
import { createContext, useContext } from 'react';
import type { Direction } from '../../server-core/capture/events.ts';

export interface OpenIn {
  /** Steps the parser through a message of an exchange. */
  step(exchange: number, side: Direction): void;
}

const OpenInContext = createContext<OpenIn>({ step() {} });

export const OpenInProvider = OpenInContext.Provider;

export function useOpenIn(): OpenIn {
  return useContext(OpenInContext);
}
