/** The results as tables for other programs: RFC 4180, times in milliseconds. */
import { durationOf, type ModelResult, outcomeOf } from './group-result.ts';

const FIGURES = [
  ...['model', 'group', 'requests', 'answered', 'others', 'wall_ms', 'answers_per_second'],
  ...['p50_ms', 'p95_ms', 'p99_ms', 'slowest_ms'],
  ...['peak_memory_bytes', 'memory_before_bytes', 'processes', 'threads', 'problem'],
];

/** A line for each group under each model. */
export function figuresCsv(results: readonly ModelResult[]): string {
  const lines = results.flatMap(({ run, groups }) =>
    groups.map(({ name, records, answered, others, wallMicros, latency }) => [
      ...[run.model, name, records.length, answered, listed(others), ms(wallMicros)],
      wallMicros > 0 ? (answered / (wallMicros / 1e6)).toFixed(3) : '',
      ...[ms(latency?.p50), ms(latency?.p95), ms(latency?.p99), ms(latency?.slowest)],
      ...[run.peak.rssBytes, run.peak.idleRssBytes, run.peak.processes, run.peak.threads],
      run.problem ?? '',
    ]),
  );
  return table([FIGURES, ...lines]);
}

const REQUESTS = [
  ...['model', 'group', 'request', 'start_ms', 'connected_ms', 'process_started_ms', 'served_ms'],
  ...['first_byte_ms', 'end_ms', 'duration_ms', 'outcome', 'status', 'bytes', 'served_by'],
];

/** A line for each request, as its client saw it; times since the model's run began. */
export function requestsCsv(results: readonly ModelResult[]): string {
  const lines = results.flatMap(({ run, groups }) =>
    groups.flatMap(({ name, records }) =>
      records.map((record, n) => [
        ...[run.model, name, n + 1, ms(record.start), ms(record.connected), ms(record.born)],
        ...[ms(record.served), ms(record.first), ms(record.end), ms(durationOf(record))],
        ...[outcomeOf(record), record.status, record.bytes, record.by],
      ]),
    ),
  );
  return table([REQUESTS, ...lines]);
}

/** `503 × 3, reset × 1`. */
export function listed(outcomes: ReadonlyMap<string, number>): string {
  return [...outcomes].map(([outcome, count]) => `${outcome} × ${count}`).join(', ');
}

function ms(micros: number | undefined): string {
  return micros === undefined ? '' : (micros / 1000).toFixed(3);
}

function table(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
