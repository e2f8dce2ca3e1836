/** What is being composed: bytes, and how they are to be sent. */
import type { OtherHost, SendReply } from '../../../server-core/capture/send-call.ts';
import { writeEscapes } from '../../learn/escapes.ts';
import { SPECIMENS, type SpecimenBytes, specimenText } from '../../learn/gallery.ts';
import { CUT_WAYS, type CutWay, cutsOf, toBase64 } from '../../learn/send-cuts.ts';
import { recordTape } from '../../learn/tape.ts';
import type { ServerView } from '../../store/queries/state.ts';
import type { SendPlan } from '../../store/queries/store.ts';
import { TYPED_READER } from '../learn/lesson.ts';
import { type Draft, draftBytes } from './byte-editor.tsx';

export interface SendSettings {
  readonly cut: CutWay;
  /** Bytes of a write, where it is cut by number. */
  readonly every: number;
  readonly pauseMs: number;
  readonly connections: number;
  readonly times: number;
  readonly inTurn: boolean;
  readonly halfClose: boolean;
  readonly patienceSeconds: number;
  readonly plain: boolean;
}

export const FIRST_SETTINGS: SendSettings = {
  cut: 'whole',
  every: 16,
  pauseMs: 0,
  connections: 1,
  times: 1,
  inTurn: true,
  halfClose: false,
  patienceSeconds: 5,
  plain: false,
};

export interface Composing {
  readonly draft: Draft;
  readonly settings: SendSettings;
  /** Undefined: the first one that runs. */
  readonly server: number | undefined;
  /** Another address, as it is typed, in the place of a server; undefined: a server. */
  readonly elsewhere: string | undefined;
  /** What came of the last sending. */
  readonly answered: Answered | undefined;
}

export interface Answered {
  readonly reply: SendReply;
  /** Of the requests that were sent over each connection. */
  readonly methods: readonly string[];
  /** It went to a server of ours, which captured it too. */
  readonly ours: boolean;
}

export const FIRST_COMPOSING: Composing = {
  draft: { mode: 'text', text: SPECIMENS[0]!.text },
  settings: FIRST_SETTINGS,
  server: undefined,
  elsewhere: undefined,
  answered: undefined,
};

/** Where bytes go: a server that runs, or another host. */
export interface Destination {
  readonly target: number | OtherHost;
  /** As Host names it. */
  readonly authority: string;
  readonly secure: boolean;
}

/** The text that stands for the server until it is sent. */
export const HOST_MARK = '{host}';

/** As Host names it: with its port, without the scheme. */
export function authorityOf({ url }: ServerView): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

export function destinationOf(server: ServerView): Destination {
  return { target: server.id, authority: authorityOf(server), secure: server.url.startsWith('https:') };
}

/** `example.org`, `192.168.1.7:3000`, `https://[2001:db8::1]/`: an address as it is typed; undefined when it is none. */
export function otherHost(typed: string): Destination | undefined {
  const text = typed.trim();
  const address = /^https?:\/\//.test(text) ? text : `http://${text}`;
  if (text === '' || !URL.canParse(address)) return undefined;
  const { protocol, hostname, port, host } = new URL(address);
  // Browsers take some hosts with a space in them for encoded ones.
  if (!/^[\w.:[\]-]+$/.test(hostname)) return undefined;
  const secure = protocol === 'https:';
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), secure };
  return { target: to, authority: host, secure };
}

export function composeSpecimen(
  before: Composing,
  specimen: SpecimenBytes,
  authority: string = HOST_MARK,
): Composing {
  const text = specimenText(specimen, authority);
  const { cut } = specimen;
  const settings: SendSettings = {
    ...before.settings,
    ...{ connections: 1, times: 1, halfClose: false },
    ...(cut ? { cut: 'every', every: cut.every, pauseMs: cut.pauseMs } : { cut: 'whole', pauseMs: 0 }),
  };
  return { ...before, draft: { mode: 'text', text }, settings };
}

/** A request as it was captured, to be sent once, to the server that had it. */
export function composeCaptured(bytes: Uint8Array, server: number): Composing {
  return {
    draft: { mode: 'text', text: writeEscapes(bytes) },
    settings: FIRST_SETTINGS,
    server,
    elsewhere: undefined,
    answered: undefined,
  };
}

/** A problem in one sentence, or the plan. */
export function planOf({ draft, settings }: Composing, { target }: Destination): SendPlan | string {
  const { bytes, problem } = draftBytes(draft);
  if (problem !== undefined) return problem;
  if (bytes.length === 0) return 'There is nothing to send';
  const { cut, every, patienceSeconds, ...rest } = settings;
  return {
    ...rest,
    server: target,
    bytes: toBase64(bytes),
    cuts: cutsOf(bytes, cut, every),
    patienceMs: patienceSeconds * 1000,
  };
}

/** Methods of the requests in the bytes, over as many times as they are sent: answers are read by them. */
export function methodsOf(bytes: Uint8Array, times: number): string[] {
  const { heads } = recordTape({ ...TYPED_READER, bytes });
  const methods = heads.map(({ value }) => (value.role === 'request' ? value.method : 'GET'));
  return Array.from({ length: times }, () => methods).flat();
}

/** Checks what was stored by an earlier version of the page; undefined when it is no such thing. */
export function readSettings(value: unknown): SendSettings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const stored = value as Record<string, unknown>;
  const fits = Object.entries(FIRST_SETTINGS).every(([name, first]) => typeof stored[name] === typeof first);
  if (!fits || !CUT_WAYS.some((way) => way === stored['cut'])) return undefined;
  return stored as unknown as SendSettings;
}
