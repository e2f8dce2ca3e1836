/** Records one by one, where `decode` tells of what they mean: one entry for each record of a log. */
import { RecordReader } from '../../server-core/capture/codec.ts';
import { decode } from '../../server-core/capture/decode.ts';
import { type CaptureEvent, KIND, type MarkEvent } from '../../server-core/capture/events.ts';
import { type Trace, Traces } from '../../server-core/capture/traces.ts';

interface At {
  readonly time: number;
  readonly position: number;
  readonly carried?: true;
}
export interface StepEntry extends At {
  readonly kind: 'step';
  readonly step: number;
  readonly trace: Trace;
}
export interface TracedEntry extends At {
  readonly kind: 'traced';
  readonly conn: number;
  readonly exchange: number;
  readonly step: number;
}
export type Entry = CaptureEvent | StepEntry | TracedEntry;

/** Knows no trace: then a `traced` record means nothing, and all others one event each. */
class Nothing extends Traces {
  override of(): Trace {
    return [];
  }
}

/** `traces` is what earlier runs told, and is added to. */
export function entriesOf(
  batch: Uint8Array,
  traces: Traces,
): { entries: Entry[]; error: string | undefined } {
  const { events, error } = decode(batch, 0, new Nothing());
  const rest = events.values();
  const entries: Entry[] = [];
  const reader = new RecordReader(batch);
  while (reader.next()) {
    const { time, position } = reader;
    const at: At = reader.carried ? { time, position, carried: true } : { time, position };
    if (reader.kind === KIND.step) {
      traces.learn(reader);
      entries.push({ kind: 'step', ...at, step: reader.step, trace: traces.of(reader.step) });
    } else if (reader.kind === KIND.traced) {
      const { conn, exchange, step } = reader;
      entries.push({ kind: 'traced', ...at, conn, exchange, step });
    } else entries.push(rest.next().value!);
  }
  return { entries, error };
}

/** The events that entries stand for. */
export function eventsFrom(entries: readonly Entry[]): CaptureEvent[] {
  const traces = new Map<number, Trace>();
  return entries.flatMap((entry): CaptureEvent[] => {
    if (entry.kind === 'step') {
      traces.set(entry.step, entry.trace);
      return [];
    }
    if (entry.kind !== 'traced') return [entry];
    const { step, ...on } = entry;
    return traces.get(step)!.map((said): MarkEvent => ({ ...on, kind: 'mark', ...said }));
  });
}
