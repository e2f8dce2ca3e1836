import type { FaultCode } from '../../../server-core/wire/faults.ts';

export interface Specimen {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** What to look at while it is read and answered. */
  readonly watch: string;
  /** Of a bad one: what it does to those who read it otherwise. */
  readonly danger?: string;
  readonly section: string;
  /** What the parser here finds wrong. */
  readonly fault?: FaultCode;
  /** How it is meant to be sent, where that is the point. */
  readonly cut?: { readonly every: number; readonly pauseMs: number };
}

/** What is sent of it, and how. */
export type SpecimenBytes = Pick<Specimen, 'text' | 'cut'>;

export interface SpecimenGroup {
  readonly name: string;
  readonly specimens: readonly Specimen[];
}
