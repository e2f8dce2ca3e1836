/** A HAR file as a log: messages are rebuilt, put on connections, and told in the order of their times. */
import type { Tap } from '../../capture/tap.ts';
import type { ImportClock } from '../import-clock.ts';
import { ObservedConnection } from '../observed-connection.ts';
import type { HarEntry, HarFile } from './har-file.ts';
import {
  type Encode,
  type HarUrl,
  harUrl,
  type Rebuilt,
  rebuiltRequest,
  rebuiltResponse,
} from './har-message.ts';
import { rebuiltFrame } from './har-web-socket.ts';

const REBUILT = 'Rebuilt from a HAR file: these are not the bytes that went over the wire';
const REFRAMED =
  'Each message of the WebSocket is one frame here, not compressed, and masked with zeroes where the client sent it';
const NOT_SAID = 'A HAR file does not say how a connection ended';

/** Lanes of one name that are looked through for a free one: HTTP/2 has a hundred streams at once, by default. */
const MOST_SHARED = 256;

/** One connection as far as the file tells: what it names one, and what does not overlap. */
interface Lane {
  freeAt: number;
  connection: ObservedConnection | undefined;
}

interface Step {
  readonly micros: number;
  run(): void;
}

/** Returns what cannot be shown of the file, a sentence each. */
export function importHar(tap: Tap, clock: ImportClock, file: HarFile, encode: Encode): string[] {
  const importing = new HarImport(tap, clock, encode);
  for (const { startMs, entry } of file.entries) importing.add(startMs * 1000, entry);
  importing.run();
  const notes: string[] = [];
  if (file.refused > 0)
    notes.push(`${entries(file.refused)} without a time, a method or an address left out`);
  if (importing.foreign > 0) notes.push(`${entries(importing.foreign)} not of HTTP left out`);
  return notes;
}

class HarImport {
  /** Entries of other schemes. */
  foreign = 0;
  readonly #tap: Tap;
  readonly #clock: ImportClock;
  readonly #encode: Encode;
  readonly #lanes: Lane[] = [];
  /** Those that others may use later. */
  readonly #shared = new Map<string, Lane[]>();
  readonly #servers = new Map<string, number>();
  readonly #steps: Step[] = [];

  constructor(tap: Tap, clock: ImportClock, encode: Encode) {
    this.#tap = tap;
    this.#clock = clock;
    this.#encode = encode;
  }

  /** Entries come in the order of their times. */
  add(start: number, entry: HarEntry): void {
    const url = harUrl(entry.request.url);
    if (!url) {
      this.foreign++;
      return;
    }
    const times = timesOf(start, entry);
    // RFC 9110 §7.8: after a switch no HTTP follows on the connection.
    const isSwitched = entry.response.status === 101;
    const until = isSwitched ? Number.POSITIVE_INFINITY : times.received;
    const lane = this.#lane(`${url.scheme}://${url.authority} ${entry.connection}`, start, until);
    let request: Rebuilt | undefined;
    let response: Rebuilt | undefined;
    const at = (micros: number, run: (connection: ObservedConnection) => void) => {
      this.#steps.push({ micros, run: () => run(this.#connection(lane, url, entry)) });
    };
    at(times.asked, (connection) => {
      request = rebuiltRequest(entry, url, this.#encode);
      connection.bytes('in', request.head);
    });
    at(times.sent, (connection) => {
      if (request && request.body.length > 0) connection.bytes('in', request.body);
    });
    at(times.answered, (connection) => {
      const { exchange = 0 } = connection;
      if (entry.response.status > 0) response = rebuiltResponse(entry, this.#encode);
      for (const note of notesOf(entry, request, response)) connection.note(exchange, note);
      if (response) connection.bytes('out', response.head);
    });
    at(times.received, (connection) => {
      if (response && response.body.length > 0) connection.bytes('out', response.body);
      // Nothing follows on it: what was never answered ends here, too.
      if (!response) this.#leave(lane);
      request = undefined;
      response = undefined;
    });
    if (!isSwitched) return;
    let last = times.received;
    for (const message of isWebSocket(entry) ? entry._webSocketMessages : []) {
      const micros = Math.max(times.answered, Math.min(message.time * 1e6, LATEST_MICROS) || 0);
      last = Math.max(last, micros);
      at(micros, (connection) => {
        const bytes = rebuiltFrame(message);
        if (bytes) connection.bytes(message.type === 'send' ? 'in' : 'out', bytes);
      });
    }
    at(last, () => this.#leave(lane));
  }

  run(): void {
    // Steps of one moment stay in their order, and with it what is on one connection.
    this.#steps.sort((a, b) => a.micros - b.micros);
    for (const { micros, run } of this.#steps.splice(0)) {
      this.#clock.at(micros);
      run();
    }
    for (const lane of this.#lanes) this.#leave(lane);
  }

  #leave(lane: Lane): void {
    lane.connection?.close('client-fin', NOT_SAID);
    lane.connection = undefined;
  }

  #lane(group: string, from: number, to: number): Lane {
    const shared = this.#shared.get(group) ?? [];
    this.#shared.set(group, shared);
    // HTTP/2 has many on one connection; in HTTP/1 each needs one of its own.
    let lane = shared.find(({ freeAt }) => freeAt <= from);
    if (!lane) {
      lane = { freeAt: 0, connection: undefined };
      this.#lanes.push(lane);
      if (shared.length < MOST_SHARED) shared.push(lane);
    }
    lane.freeAt = to;
    return lane;
  }

  #connection(lane: Lane, url: HarUrl, entry: HarEntry): ObservedConnection {
    lane.connection ??= new ObservedConnection(this.#tap, {
      server: this.#server(url, entry.serverIPAddress),
      remoteAddress: '',
      remotePort: 0,
      localPort: url.port,
    });
    return lane.connection;
  }

  #server({ scheme, authority, host, port }: HarUrl, address: string): number {
    const url = `${scheme}://${authority}/`;
    const known = this.#servers.get(url);
    if (known !== undefined) return known;
    const id = this.#servers.size + 1;
    this.#servers.set(url, id);
    this.#tap.server({
      ...{ id, name: authority, root: '', host: address || host, port },
      ...{ url, model: '', status: 'stopped' },
    });
    return id;
  }
}

interface Times {
  readonly asked: number;
  readonly sent: number;
  readonly answered: number;
  readonly received: number;
}

/** The last moment of a `Date`, ECMA-262 §21.4.1.1. */
const LATEST_MICROS = 8.64e18;

function isWebSocket({ response }: HarEntry): boolean {
  const upgrade = response.headers.find(({ name }) => name.toLowerCase() === 'upgrade')?.value ?? '';
  return response.status === 101 && /^websocket$/i.test(upgrade.trim());
}

/** Microseconds. What the file does not say takes no time, and what it says only as a whole was waited for. */
function timesOf(start: number, { timings, time }: HarEntry): Times {
  const micros = (ms: number | undefined) => Math.max(0, ms ?? 0) * 1000;
  const { blocked, dns, connect, send, wait, receive } = timings ?? { wait: time };
  const asked = start + micros(blocked) + micros(dns) + micros(connect);
  const sent = asked + micros(send);
  const answered = sent + micros(wait);
  return { asked, sent, answered, received: answered + micros(receive) };
}

function notesOf(entry: HarEntry, request: Rebuilt | undefined, response: Rebuilt | undefined): string[] {
  const notes = [REBUILT, ...(request?.notes ?? []), ...(response?.notes ?? [])];
  if (entry.response._error !== '') notes.push(`The file says: ${entry.response._error}`);
  const count = entry._webSocketMessages.length;
  if (count > 0)
    notes.push(isWebSocket(entry) ? REFRAMED : `${count} WebSocket messages of the file are not shown`);
  return [...new Set(notes)];
}

function entries(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}
