/** What the lab can have happen: the same under every model, so that only the model makes the difference. */

/** A number that a person may change. */
export interface LabParameter {
  readonly name: string;
  readonly label: string;
  /** '' for a plain count. */
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

export interface LabScenario {
  readonly id: string;
  readonly name: string;
  /** What is done. */
  readonly sentence: string;
  /** What to look at, and what it tells. */
  readonly watch: string;
  readonly parameters: readonly LabParameter[];
}

/**
 * Against a run that never ends, or takes the machine: whatever the parameters say. wrk and ab leave both to the
 * person; k6 and Artillery have a time by default.
 */
export const LAB_LIMITS = {
  /** Of one group in one run. */
  maxRequests: 2_000,
  /** Open at once in one run. */
  maxConnections: 256,
  /** Bytes of content in one run, all of which are captured. */
  maxBytes: 64 * 1024 * 1024,
  /** Of one model's run; what is open then is cut off, and counted as such. */
  maxRunMs: 120_000,
  /** Between two writes or requests. */
  maxPauseMs: 10_000,
} as const;

const REQUESTS = { name: 'requests', label: 'Requests', unit: '', least: 1, most: 500, usual: 100 };
const OTHERS = { name: 'everyMs', label: 'Others ask every', unit: 'ms', least: 5, most: 1000, usual: 30 };

export const LAB_SCENARIOS = [
  {
    id: 'in-turn-at-once',
    name: 'In turn against at once',
    sentence:
      'Requests one after the other, then as many at the same moment; each on a connection of its own.',
    watch:
      'In turn all models wait the same; at once only those that serve several connections are done sooner. A process for each connection pays for its start every time.',
    parameters: [
      REQUESTS,
      { name: 'waitMs', label: 'The handler waits', unit: 'ms', least: 0, most: 1000, usual: 20 },
    ],
  },
  {
    id: 'slow-handler',
    name: 'Slow handler',
    sentence: 'Some requests make the handler compute, while others ask for something small.',
    watch:
      'How long the others wait. A loop that computes answers nobody; a thread or a process that computes leaves the others free, until all of them do.',
    parameters: [
      { ...REQUESTS, label: 'Computing requests', most: 200, usual: 16 },
      { name: 'clients', label: 'Of them at once', unit: '', least: 1, most: 64, usual: 1 },
      { name: 'computeMs', label: 'Each computes', unit: 'ms', least: 1, most: 1000, usual: 50 },
      OTHERS,
    ],
  },
  {
    id: 'slow-client',
    name: 'Slow clients',
    sentence: 'Some clients send their request in ten pieces with pauses, while others ask at full speed.',
    watch:
      'Who pays for the slow ones. Under iterative everybody behind them; elsewhere a slow client costs a socket, or a process, and no time.',
    parameters: [
      { name: 'clients', label: 'Slow clients', unit: '', least: 1, most: 64, usual: 4 },
      { name: 'pauseMs', label: 'Pause between pieces', unit: 'ms', least: 10, most: 2000, usual: 150 },
      OTHERS,
    ],
  },
  {
    id: 'slowloris',
    name: 'Slowloris',
    sentence: 'Clients begin a request, send one more field now and then, and never end it.',
    watch:
      'Whether the others still get through, and that the server ends the rest itself: 408 once the time for a head is over (RFC 9110 §15.5.9).',
    parameters: [
      { name: 'clients', label: 'Holding on', unit: '', least: 1, most: 200, usual: 4 },
      { name: 'headSeconds', label: 'Time for a head', unit: 's', least: 1, most: 30, usual: 2 },
      OTHERS,
    ],
  },
  {
    id: 'many-short',
    name: 'Many short connections',
    sentence: 'Every request on a new connection, several clients at a time.',
    watch: 'What a connection costs: next to nothing for a loop, a whole start for a process of its own.',
    parameters: [
      { ...REQUESTS, most: LAB_LIMITS.maxRequests, usual: 100 },
      { name: 'clients', label: 'Clients', unit: '', least: 1, most: 64, usual: 8 },
    ],
  },
  {
    id: 'keep-alive',
    name: 'Keep-alive against close',
    sentence: 'The same requests twice: over connections that are kept, then with a new one for each.',
    watch:
      'The gap between the two. Where the next in line waits for the connection to end, keeping it is unkind: iterative closes it.',
    parameters: [
      { ...REQUESTS, most: LAB_LIMITS.maxRequests, usual: 100 },
      { name: 'clients', label: 'Clients', unit: '', least: 1, most: 32, usual: 4 },
    ],
  },
  {
    id: 'slow-readers',
    name: 'Large file to slow readers',
    sentence: 'Clients fetch something large and read it slowly, while others ask for something small.',
    watch:
      'That memory stays flat: a reader that is slow makes the source wait, and nothing piles up. Under iterative everybody waits for it.',
    parameters: [
      { name: 'clients', label: 'Slow readers', unit: '', least: 1, most: 32, usual: 4 },
      { name: 'mebibytes', label: 'Size', unit: 'MiB', least: 1, most: 16, usual: 8 },
      { name: 'mebibytesPerSecond', label: 'Each reads', unit: 'MiB/s', least: 1, most: 100, usual: 8 },
      OTHERS,
    ],
  },
] as const satisfies readonly LabScenario[];

export type LabScenarioId = (typeof LAB_SCENARIOS)[number]['id'];

export function labScenario(id: LabScenarioId): LabScenario {
  return LAB_SCENARIOS.find((scenario) => scenario.id === id)!;
}

/** The parameters of a scenario as they are when nobody changes them. */
export function usualParameters({ parameters }: LabScenario): Readonly<Record<string, number>> {
  return Object.fromEntries(parameters.map(({ name, usual }) => [name, usual]));
}
