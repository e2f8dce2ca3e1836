/** What the preload's world and main say to each other. */
import type { PortMessage, TravellingPort } from '../switchboard.ts';

export type FromPage =
  | ({ readonly op: 'post'; readonly id: string } & PortMessage)
  | { readonly op: 'close'; readonly id: string }
  | { readonly op: 'ipc'; readonly channel: string; readonly data: string }
  | {
      readonly op: 'ipc-ports';
      readonly channel: string;
      readonly data: string;
      readonly ports: readonly TravellingPort[];
    }
  | { readonly op: 'invoke'; readonly id: number; readonly channel: string; readonly data: string }
  | { readonly op: 'open'; readonly url: string }
  | { readonly op: 'preload-error'; readonly message: string };

export type ToPage =
  | { readonly op: 'ipc'; readonly channel: string; readonly data: string }
  | {
      readonly op: 'ipc-ports';
      readonly channel: string;
      readonly data: string;
      readonly ports: readonly string[];
    }
  | { readonly op: 'reply'; readonly id: number; readonly data?: string; readonly error?: string }
  | { readonly op: 'port'; readonly id: string; readonly data: string; readonly ports: readonly string[] }
  | { readonly op: 'closed'; readonly id: string }
  /** Paths that are about to be dropped: a page cannot ask for one while it waits. */
  | { readonly op: 'paths'; readonly paths: readonly string[] };
