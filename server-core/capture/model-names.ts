/** How the connections of one server may share it (concurrency/model.ts). */
export const MODEL_NAMES = ['event-loop', 'iterative', 'process', 'prefork', 'threads'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

/** Plain words for people, shown beside the switch and in the command's help. */
export const MODEL_SENTENCES: Record<ModelName, string> = {
  'event-loop': 'One thread watches every connection and serves whichever is ready',
  iterative: 'One connection at a time; the others wait in a queue until it is closed',
  process: 'A process for each connection, started when it comes and ended with it',
  prefork: 'A few processes, started beforehand, that all accept connections',
  threads: 'One thread watches every connection, and a few others run the handlers',
};
