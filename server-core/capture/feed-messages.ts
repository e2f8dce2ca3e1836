/**
 * What host and viewer say to each other over a Transport. The first byte of a message is its type.
 *
 *   host → viewer   batch  [1][records…]          a run of log records, encoded as in the log (layout.ts) with an
 *                                                  anchor before it; `bytes` records come without their payload
 *                   reply  [2][u32 id LE][JSON]    answer to the call with that id: {ok: …} or {error: "…"}
 *                   raw    [3][u32 id LE][bytes]   answer to a `pull` or a `read`
 *                   hello  [4][JSON Hello]         first message, and again when the host's settings change
 *   viewer → host   credit [17][u32 bytes LE]      that many more bytes of records may be sent
 *                   call   [18][u32 id LE][JSON Call]
 *
 * Flow: a viewer starts with no credit. The host sends at most one batch per frame (60 a second) unless it is far
 * behind, of at most 64 KiB, and never more than the credit it holds; a viewer that stops giving credit falls behind and later
 * catches up from where it was, or meets a tombstone that says what it missed.
 */
import type { ServerState } from './events.ts';
import type { ExportCall } from './export-call.ts';
import type { FaultRule } from './fault-plan.ts';
import type { LabCall, LabReport } from './lab-call.ts';
import type { ModelName } from './model-names.ts';
import type { SendCall, SendReply } from './send-call.ts';
import type { TreeReply } from './served-tree.ts';
import type { ServerSettings } from './server-settings.ts';
import type { ShareState } from './share.ts';
import { encodeUtf8, readUtf8, utf8Length, writeUtf8 } from './text.ts';
import type { UndoCall } from './undo-call.ts';

export const MESSAGE = { batch: 1, reply: 2, raw: 3, hello: 4, credit: 17, call: 18 } as const;

/** Longest batch message, its type byte included. */
export const MAX_BATCH_BYTES = 65_536;
/** Least time between two batches: one for each frame of a 60 Hz display. */
export const FRAME_MS = 16;
/** A viewer that has more log bytes than this still to get is sent batches without waiting for the next frame. */
export const CATCH_UP_BYTES = 64 * MAX_BATCH_BYTES;

export interface Hello {
  readonly version: string;
  readonly host: 'desktop' | 'browser';
  readonly platform: string;
  /** Wall-clock milliseconds at log time 0. */
  readonly epochMs: number;
  readonly memoryBudgetBytes: number;
  /** 0 where nothing is kept on disk. */
  readonly diskBudgetBytes: number;
  /** The folder served when none is chosen. */
  readonly tour: string;
  /** Servers that are added can be reached from other machines. */
  readonly lan?: boolean;
  /** What a person needs to know of the capture, one sentence each: the disk is full, a recording has ended. */
  readonly notes: readonly string[];
  /** The file to which everything is recorded. */
  readonly recording?: string;
  readonly captures: readonly CaptureInfo[];
  /** Set where this process took the place of one that ended by itself: one sentence. */
  readonly restarted?: string;
  /** This viewer looks on over the network, and is answered nothing but what reads. */
  readonly guest?: true;
  /** The raw client may send to hosts that are not served here. */
  readonly sendsAnywhere?: boolean;
  /** The window is shown to others. */
  readonly share?: ShareState;
}

/** A capture file that was opened to be read. */
export interface CaptureInfo {
  /** Stays the same while it is open; it is no server's number. */
  readonly id: number;
  readonly name: string;
  readonly path: string;
  /** Wall-clock milliseconds at its time 0. */
  readonly epochMs: number;
  /** Positions of its first record and after its last. */
  readonly start: number;
  readonly end: number;
  readonly exchanges: number;
  /** No viewer asked for it, the command line or the desktop did: whoever watches is shown it. */
  readonly byHost: boolean;
  /** What of it cannot be shown, and why. */
  readonly problem?: string;
  /** Its messages were rebuilt from what a file says of them: its bytes are not those that crossed the wire. */
  readonly rebuilt?: true;
}

/** What a viewer may ask for. Paths are the host machine's. */
export type Call =
  /**
   * A folder, a file of one, a URL, or a capture (`.wirescope`, `.har`, `.pcap`, `.pcapng`), which is opened to be read.
   * What few people mean to share is served only when the call is `sure`.
   */
  | { readonly op: 'serve'; readonly path: string; readonly port?: number; readonly sure?: boolean }
  /** To follow is to serve a folder that was renamed by its present name. */
  | { readonly op: 'start' | 'stop' | 'remove' | 'follow'; readonly server: number }
  /** What is switched for a server, and under which addresses others may reach it. */
  | { readonly op: 'settings'; readonly server: number }
  /** Has a server serve by these from now on; what is captured of it stays. */
  | { readonly op: 'configure'; readonly server: number; readonly settings: ServerSettings }
  /** How the server shares out its connections from now on; those in flight are finished as they began. */
  | { readonly op: 'model'; readonly server: number; readonly model: ModelName }
  | UndoCall
  /** The files of a server's folder. */
  | { readonly op: 'tree'; readonly server: number }
  /** Opens the server in a browser of the host machine, at a path below its URL. */
  | { readonly op: 'open'; readonly server: number; readonly path: string }
  /** Shows the window to others on the network, or no longer. */
  | { readonly op: 'share'; readonly on: boolean }
  | SendCall
  | LabCall
  /** Whether `send` may go to hosts that are not served here. Off at the start of every process. */
  | { readonly op: 'reach'; readonly anywhere: boolean }
  /** What a server does wrong on purpose; without rules it is only asked for. */
  | { readonly op: 'bench'; readonly server: number; readonly rules?: readonly FaultRule[] }
  /** Budgets; a disk's of 0 keeps nothing there. */
  | { readonly op: 'memory' | 'disk'; readonly bytes: number }
  | { readonly op: 'usage' }
  /** The payload of `bytes` records by position, joined; fails when one was trimmed. Of the log, or of a capture. */
  | { readonly op: 'pull'; readonly positions: readonly number[]; readonly capture?: number }
  /** The records of a capture from a position on: f64 LE where to read on, then a run as in a batch. */
  | { readonly op: 'read'; readonly capture: number; readonly from: number }
  | { readonly op: 'close'; readonly capture: number }
  /** Writes all that is held to a file; without a path it is got once from the address in the reply. */
  | { readonly op: 'save'; readonly path?: string }
  /** Writes what is chosen in a format of others, answered as `save`. */
  | ExportCall;

export interface ServeReply {
  readonly server: ServerState;
  /** What was done differently from what was asked, one sentence each: port taken, a file's folder served. */
  readonly notes: readonly string[];
  /** A path below the server's URL to open: the file that was given instead of a folder. */
  readonly open: string;
}

/** The answer to a `serve` that was not sure, and should be. */
export interface WarnReply {
  /** One sentence. */
  readonly warning: string;
}

export interface SettingsReply {
  readonly settings: ServerSettings;
  /** URLs under which other machines reach the server, once it is on the network. */
  readonly reach: readonly string[];
  /** What only a command line can say of it, and so is not remembered: `module of routes`. */
  readonly onlyGiven: readonly string[];
}

export interface ConfigureReply {
  /** What was done differently from what was asked, one sentence each. */
  readonly notes: readonly string[];
}

export interface BenchReply {
  /** Those that do anything. */
  readonly rules: readonly FaultRule[];
}

/** The answer to a `serve` of a capture. */
export interface OpenReply {
  readonly capture: CaptureInfo;
}

export interface UsageReply {
  /** Bytes of the records held. */
  readonly logBytes: number;
  /** Bytes taken in memory and on disk for them. */
  readonly memoryBytes: number;
  readonly memoryBudgetBytes: number;
  readonly diskBytes: number;
  readonly diskBudgetBytes: number;
  /** How often history was given up because the disk was slower than the traffic. */
  readonly overruns: number;
}

export interface SaveReply {
  /** Of the file that was written. */
  readonly bytes?: number;
  /** Path below the window's own address; good for one request, for a minute. */
  readonly download?: string;
}

/** What `call` resolves to. */
export type CallReply<C extends Call> = C extends { readonly op: 'pull' | 'read' | 'undo' }
  ? Uint8Array
  : C extends { readonly op: 'serve' }
    ? ServeReply | OpenReply | WarnReply
    : C extends { readonly op: 'usage' }
      ? UsageReply
      : C extends { readonly op: 'bench' }
        ? BenchReply
        : C extends { readonly op: 'send' }
          ? SendReply
          : C extends { readonly op: 'save' | 'export' }
            ? SaveReply
            : C extends { readonly op: 'settings' }
              ? SettingsReply
              : C extends { readonly op: 'configure' }
                ? ConfigureReply
                : C extends { readonly op: 'tree' }
                  ? TreeReply
                  : C extends { readonly act: 'watch' }
                    ? LabReport
                    : unknown;

export type Reply = { readonly ok: unknown } | { readonly error: string };

/** Bytes before the payload of the messages that carry an id. */
const WITH_ID = 5;

export function helloMessage(hello: Hello): Uint8Array {
  const json = JSON.stringify(hello);
  const message = new Uint8Array(1 + utf8Length(json));
  message[0] = MESSAGE.hello;
  writeUtf8(message, 1, json);
  return message;
}

export function creditMessage(bytes: number): Uint8Array {
  return numbered(MESSAGE.credit, bytes, new Uint8Array(0));
}

export function callMessage(id: number, call: Call): Uint8Array {
  return numbered(MESSAGE.call, id, encodeUtf8(JSON.stringify(call)));
}

export function replyMessage(id: number, reply: Reply): Uint8Array {
  return numbered(MESSAGE.reply, id, encodeUtf8(JSON.stringify(reply)));
}

export function rawMessage(id: number, bytes: Uint8Array): Uint8Array {
  return numbered(MESSAGE.raw, id, bytes);
}

/** The number after the type byte: an id or a credit. Undefined when the message is too short to have one. */
export function numberOf(message: Uint8Array): number | undefined {
  if (message.length < WITH_ID) return undefined;
  return new DataView(message.buffer, message.byteOffset, WITH_ID).getUint32(1, true);
}

/** A view of what follows the number. */
export function payloadOf(message: Uint8Array): Uint8Array {
  return message.subarray(WITH_ID);
}

/** Undefined when the bytes from an offset on are no JSON. */
export function jsonOf(message: Uint8Array, from: number): unknown {
  try {
    return JSON.parse(readUtf8(message, from, message.length));
  } catch {
    return undefined;
  }
}

function numbered(type: number, value: number, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(WITH_ID + payload.length);
  message[0] = type;
  new DataView(message.buffer).setUint32(1, value, true);
  message.set(payload, WITH_ID);
  return message;
}
