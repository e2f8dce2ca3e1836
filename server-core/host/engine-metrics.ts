/** What `/metrics` of the window's port says: totals of every server, of the capture, and of the process. */
import { performance } from 'node:perf_hooks';
import type { CaptureLog } from '../capture/log.ts';
import { DURATION_BOUNDS } from '../net/counters.ts';
import { memoryUsage } from '../net/memory-usage.ts';
import { acceptQueues } from './accept-queue.ts';
import { family, histogramFamily, type Labels, type Sample } from './prometheus.ts';
import type { ServedSite } from './served-site.ts';
import { VERSION } from './version.ts';

/**
 * Names are of the convention: base units, `_total` on what only grows.
 * @param loopLagMicros undefined where nobody looks at it
 */
export function engineMetrics(
  sites: Iterable<ServedSite>,
  log: CaptureLog,
  loopLagMicros: number | undefined,
): string {
  const servers = [...sites].map((site) => ({ site, labels: labelsOf(site) }));
  const each = (read: (site: ServedSite) => number): Sample[] =>
    servers.map(({ site, labels }) => [labels, read(site)]);
  const ofCounters = (read: (counters: ServedSite['counters']) => number) =>
    each((site) => read(site.counters));
  return [
    family('wirescope_info', 'gauge', 'The version that runs.', [[{ version: VERSION }, 1]]),
    family(
      'wirescope_server_up',
      'gauge',
      'Whether the server accepts connections.',
      each(({ isListening }) => (isListening ? 1 : 0)),
    ),
    family(
      'wirescope_connections_open',
      'gauge',
      'Connections open now.',
      each((site) => site.openConnections),
    ),
    family(
      'wirescope_connections_total',
      'counter',
      'Connections accepted.',
      ofCounters(({ connections }) => connections),
    ),
    family(
      'wirescope_connections_waiting',
      'gauge',
      'Connections accepted of which nothing is read yet, since the model serves others first.',
      each((site) => site.waitingConnections),
    ),
    acceptQueueMetrics(servers),
    family(
      'wirescope_requests_in_flight',
      'gauge',
      'Requests that are not answered to the end.',
      ofCounters(({ inFlight }) => inFlight),
    ),
    family(
      'wirescope_requests_total',
      'counter',
      'Requests begun.',
      ofCounters(({ requests }) => requests),
    ),
    family(
      'wirescope_requests_reused_total',
      'counter',
      'Requests on a connection that had carried one before.',
      ofCounters(({ reused }) => reused),
    ),
    family(
      'wirescope_responses_total',
      'counter',
      'Final responses begun, by class of status.',
      servers.flatMap(({ site, labels }) =>
        [1, 2, 3, 4, 5].map(
          (digit): Sample => [{ ...labels, code: `${digit}xx` }, site.counters.responses[digit] ?? 0],
        ),
      ),
    ),
    family(
      'wirescope_faults_total',
      'counter',
      'Requests refused because their bytes break a rule of HTTP.',
      ofCounters(({ faults }) => faults),
    ),
    family(
      'wirescope_received_bytes_total',
      'counter',
      'Bytes read.',
      ofCounters(({ bytesIn }) => bytesIn),
    ),
    family(
      'wirescope_sent_bytes_total',
      'counter',
      'Bytes written.',
      ofCounters(({ bytesOut }) => bytesOut),
    ),
    family(
      'wirescope_socket_waiting_bytes',
      'gauge',
      'Bytes written that the kernel has not taken.',
      each((site) => site.waitingBytes),
    ),
    histogramFamily(
      'wirescope_request_duration_seconds',
      'First byte of the request to the last byte of its response.',
      servers.map(({ site: { counters }, labels }) => ({
        labels,
        bounds: DURATION_BOUNDS,
        counts: counters.durations,
        sum: counters.durationSum,
      })),
    ),
    family(
      'wirescope_workers',
      'gauge',
      'Processes or threads that serve beside the main one.',
      each((site) => site.workers),
    ),
    family(
      'wirescope_workers_cpu_seconds_total',
      'counter',
      'Processor time of the processes that serve, those that have ended included.',
      ofCounters(({ workerCpuMicros }) => workerCpuMicros / 1e6),
    ),
    family(
      'wirescope_workers_resident_memory_bytes',
      'gauge',
      'Resident memory of the processes that serve.',
      each((site) => site.workerBytes),
    ),
    captureMetrics(log),
    processMetrics(loopLagMicros),
  ].join('');
}

function captureMetrics({ totals, memoryBytes, trimmed }: CaptureLog): string {
  const one = (name: string, type: 'counter' | 'gauge', help: string, value: number) =>
    family(`wirescope_capture_${name}`, type, help, [[{}, value]]);
  return [
    one('records_total', 'counter', 'Events captured.', totals.records),
    one('exchanges_total', 'counter', 'Exchanges captured.', totals.exchanges),
    one(
      'trimmed_exchanges_total',
      'counter',
      'Exchanges let go to keep the memory budget.',
      trimmed.exchanges,
    ),
    one('memory_bytes', 'gauge', 'Memory that the capture takes.', memoryBytes),
  ].join('');
}

/** Left out where the system does not tell. */
function acceptQueueMetrics(
  servers: readonly { readonly site: ServedSite; readonly labels: Labels }[],
): string {
  const listening = servers.filter(({ site }) => site.isListening);
  const queues = acceptQueues(new Set(listening.map(({ site }) => site.state.port)));
  if (!queues) return '';
  return family(
    'wirescope_accept_queue_connections',
    'gauge',
    'Connections that the system has completed and that are not accepted yet.',
    listening.map(({ site, labels }) => [labels, queues.get(site.state.port) ?? 0]),
  );
}

/** As the client libraries name them. */
function processMetrics(loopLagMicros: number | undefined): string {
  const { rss, heapUsed } = memoryUsage();
  const { user, system } = process.cpuUsage();
  const { utilization } = performance.eventLoopUtilization();
  const one = (name: string, type: 'counter' | 'gauge', help: string, value: number) =>
    family(name, type, help, [[{}, value]]);
  return [
    one('process_cpu_seconds_total', 'counter', 'Processor time, user and system.', (user + system) / 1e6),
    one('process_resident_memory_bytes', 'gauge', 'Resident memory.', rss),
    one('process_start_time_seconds', 'gauge', 'When it started, since 1970.', performance.timeOrigin / 1000),
    one('nodejs_heap_size_used_bytes', 'gauge', 'Memory in use by JavaScript.', heapUsed),
    one(
      'nodejs_eventloop_utilization',
      'gauge',
      'Share of its life that the event loop was busy.',
      utilization,
    ),
    loopLagMicros === undefined
      ? ''
      : one(
          'nodejs_eventloop_lag_seconds',
          'gauge',
          'The longest that the event loop was held up in the last quarter of a second.',
          loopLagMicros / 1e6,
        ),
  ].join('');
}

function labelsOf({ state: { id, name } }: ServedSite): Labels {
  return { server: String(id), name };
}
