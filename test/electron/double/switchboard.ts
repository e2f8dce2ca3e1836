/**
 * Moves messages between ports, wherever their two ends live: in main, in the process that serves, or in a page.
 * A place is told of each message for a port it holds. Messages are in the codec's text.
 */
export interface Place {
  port(id: string, data: string, ports: readonly string[]): void;
  closed(id: string): void;
}

/** A port on its way to another place, with the messages that nobody had read there. */
export interface TravellingPort {
  readonly id: string;
  /** The other end, for a port that was born in a page and is new here. */
  readonly peer?: string;
  readonly backlog: readonly PortMessage[];
}

export interface PortMessage {
  readonly data: string;
  readonly ports: readonly TravellingPort[];
}

const peers = new Map<string, string>();
const places = new Map<string, Place>();
let lastPort = 0;

/** Two ends of a new channel, both at `place`. */
export function openChannel(place: Place): [string, string] {
  const a = `m${++lastPort}`;
  const b = `m${++lastPort}`;
  join(a, b);
  places.set(a, place);
  places.set(b, place);
  return [a, b];
}

/** Hands ports over, and gives their ids. Call `flush` once the place knows of them. */
export function moveTo(place: Place, ports: readonly TravellingPort[], from?: Place): string[] {
  for (const { id, peer } of ports) {
    if (peer !== undefined && from) {
      join(id, peer);
      places.set(peer, from);
    }
    places.set(id, place);
  }
  return ports.map(({ id }) => id);
}

/** Delivers what had waited in ports that were moved. */
export function flush(place: Place, ports: readonly TravellingPort[]): void {
  for (const { id, backlog } of ports) {
    for (const message of backlog) {
      place.port(id, message.data, moveTo(place, message.ports));
      flush(place, message.ports);
    }
  }
}

export function routeMessage(id: string, { data, ports }: PortMessage, from: Place): void {
  const to = peers.get(id);
  const place = to === undefined ? undefined : places.get(to);
  if (to === undefined || !place) return;
  place.port(to, data, moveTo(place, ports, from));
  flush(place, ports);
}

/** A message came to a place that had just given the port away: it follows the port. */
export function reroute(id: string, data: string, ports: readonly string[], from: Place): void {
  const place = places.get(id);
  if (!place || place === from) return;
  for (const port of ports) places.set(port, place);
  place.port(id, data, ports);
}

export function routeClose(id: string): void {
  const to = peers.get(id);
  peers.delete(id);
  places.delete(id);
  if (to === undefined) return;
  const place = places.get(to);
  peers.delete(to);
  places.delete(to);
  place?.closed(to);
}

/** A page or process is gone: the other ends of its ports close. */
export function placeGone(gone: Place): void {
  for (const [id, place] of [...places]) if (place === gone) routeClose(id);
}

function join(a: string, b: string): void {
  peers.set(a, b);
  peers.set(b, a);
}
