/** What the load generator does, and the bounds that it checks by itself: whoever starts it may be wrong. */
import type { LabPlan } from '../../capture/lab-call.ts';
import { LAB_LIMITS } from '../../capture/lab-scenarios.ts';
import { isLoopback } from '../../capture/loopback.ts';

/** Clients that do the same. Their requests are shared out: whoever is done takes the next. */
export interface LoadGroup {
  readonly name: string;
  readonly path: string;
  /** At once. */
  readonly clients: number;
  /** Of all of them together; undefined: as long as the other groups of the phase last. */
  readonly requests: number | undefined;
  /** The connection is used again, if the server lets it. */
  readonly keep: boolean;
  /** Between two requests of a client. */
  readonly everyMs: number;
  /** Writes in which a request goes out, with pauses between them. */
  readonly pieces: number;
  readonly pauseMs: number;
  /** One more field behind every pause, and never the end of the head. */
  readonly endless: boolean;
  /** How fast answers are read; 0 as fast as they come. */
  readonly bytesPerSecond: number;
}

/** Phases, one after the other; the groups of one run at once. */
export type LoadPlan = readonly (readonly LoadGroup[])[];

export interface LoadTarget {
  /** An address of the loopback interface. */
  readonly host: string;
  readonly port: number;
}

const MIB = 1024 * 1024;
/** Where the lab's server has something small: one kibibyte. */
const SMALL = '/small';

const GROUP: Omit<LoadGroup, 'name'> = {
  path: SMALL,
  clients: 1,
  requests: undefined,
  keep: false,
  everyMs: 0,
  pieces: 1,
  pauseMs: 0,
  endless: false,
  bytesPerSecond: 0,
};

export function loadPlan({ scenario, parameters }: LabPlan): LoadPlan {
  const of = (name: string) => parameters[name] ?? 0;
  const requests = of('requests');
  const clients = of('clients');
  const others = { ...GROUP, name: 'Others', everyMs: of('everyMs') };
  switch (scenario) {
    case 'in-turn-at-once': {
      const path = `/wait/${of('waitMs')}`;
      return [
        [{ ...GROUP, name: 'In turn', path, requests }],
        [
          {
            ...GROUP,
            name: 'At once',
            path,
            requests,
            clients: Math.min(requests, LAB_LIMITS.maxConnections),
          },
        ],
      ];
    }
    case 'slow-handler':
      return [
        [{ ...GROUP, name: 'Computing', path: `/compute/${of('computeMs')}`, requests, clients }, others],
      ];
    case 'slow-client': {
      const slow = { pieces: 10, pauseMs: of('pauseMs') };
      return [[{ ...GROUP, name: 'Slow clients', requests: clients, clients, ...slow }, others]];
    }
    case 'slowloris': {
      const endless = { endless: true, pauseMs: 250 };
      return [[{ ...GROUP, name: 'Holding on', requests: clients, clients, ...endless }, others]];
    }
    case 'many-short':
      return [[{ ...GROUP, name: 'Short connections', requests, clients }]];
    case 'keep-alive':
      return [
        [{ ...GROUP, name: 'Kept', requests, clients, keep: true }],
        [{ ...GROUP, name: 'Closed', requests, clients }],
      ];
    case 'slow-readers': {
      const path = `/bytes/${of('mebibytes') * MIB}`;
      const bytesPerSecond = of('mebibytesPerSecond') * MIB;
      return [[{ ...GROUP, name: 'Slow readers', path, requests: clients, clients, bytesPerSecond }, others]];
    }
  }
}

/** One sentence where the generator refuses. */
export function loadProblem({ host, port }: LoadTarget, plan: LoadPlan): string | undefined {
  // An address, and no name that somebody may resolve to another machine.
  if (!isLoopback(host) || host === 'localhost') return `${host} is not an address of the loopback interface`;
  if (!isWithin(port, 1, 65_535)) return `${port} is no port`;
  for (const groups of plan) {
    const connections = groups.reduce((sum, { clients }) => sum + clients, 0);
    if (connections > LAB_LIMITS.maxConnections + 1)
      return `More than ${LAB_LIMITS.maxConnections} connections at once`;
    for (const { path, requests, clients, everyMs, pieces, pauseMs } of groups) {
      if (!/^\/[\w/-]*$/.test(path)) return 'A path of the lab has letters, digits, - and /';
      if (!isWithin(clients, 1, LAB_LIMITS.maxConnections)) return `${clients} clients are too many, or none`;
      if (requests !== undefined && !isWithin(requests, 1, LAB_LIMITS.maxRequests)) {
        return `A group asks 1 to ${LAB_LIMITS.maxRequests} times`;
      }
      const waits = [everyMs, pauseMs].every((ms) => isWithin(ms, 0, LAB_LIMITS.maxPauseMs));
      if (!waits || !isWithin(pieces, 1, 100))
        return 'A request goes out in 1 to 100 pieces, with short pauses';
    }
  }
  return undefined;
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}
