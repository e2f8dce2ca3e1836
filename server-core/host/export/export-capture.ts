/** Captured traffic in the formats of others, as the pieces of a file. What is held of it at once is bounded. */
import { crc32 } from 'node:zlib';
import type { CaptureEvent } from '../../capture/events.ts';
import type { ExportName } from '../../capture/export-call.ts';
import { jsonLine } from '../../capture/json.ts';
import { among, type Runs } from '../../capture/runs.ts';
import { combinedLine } from '../../formats/access-log.ts';
import { bodyFiles } from '../../formats/export/body-files.ts';
import { htmlReport } from '../../formats/export/html-report.ts';
import { exchangesInOrder } from '../../formats/export/in-order.ts';
import { Redactor } from '../../formats/export/redactor.ts';
import { zipArchive } from '../../formats/export/zip.ts';
import { harText } from '../../formats/har/har-export.ts';
import { PcapngExport } from '../../formats/pcap/pcapng-export.ts';
import { AccessLog } from '../access-log.ts';
import { VERSION } from '../version.ts';
import type { Batches, EventSource } from './captured-events.ts';
import { CONTENT_TOOLS } from './content-tools.ts';

export interface ExportChoice {
  readonly as: ExportName;
  /** Undefined: all. */
  readonly only?: Runs | undefined;
  readonly redact: boolean;
}

type Wants = (number: number) => boolean;

const ALL: Wants = () => true;

/** Small pieces are put together to about this size: each is a write to a file or a socket. */
const PIECE_BYTES = 64 * 1024;

export async function* exportPieces(source: EventSource, choice: ExportChoice): AsyncGenerator<Uint8Array> {
  let texts: string[] = [];
  let held = 0;
  for await (const piece of pieces(source, choice)) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    texts.push(piece);
    held += piece.length;
    if (held < PIECE_BYTES) continue;
    yield Buffer.from(texts.join(''));
    texts = [];
    held = 0;
  }
  if (held > 0) yield Buffer.from(texts.join(''));
}

/** The chosen exchanges with their bytes, in the order in which they began. */
export function chosenExchanges(source: EventSource, { only, redact }: ExportChoice) {
  return exchangesInOrder(redacted(source.events(true), redact), only ? among(only) : ALL);
}

function pieces(source: EventSource, choice: ExportChoice): AsyncIterable<string | Uint8Array> {
  const { epochMs } = source;
  const about = { epochMs, version: VERSION, tools: CONTENT_TOOLS, isRedacted: choice.redact };
  switch (choice.as) {
    case 'har':
      return harText(chosenExchanges(source, choice), about);
    case 'html':
      return htmlReport(chosenExchanges(source, choice), about);
    case 'bodies':
      return zipArchive(bodyFiles(chosenExchanges(source, choice), epochMs, CONTENT_TOOLS), crc32);
    case 'combined':
      return logLines(source, choice);
    case 'ndjson':
      return eventLines(source, choice);
    case 'pcapng':
      return packets(source, choice);
  }
}

async function* redacted(
  batches: Batches,
  redact: boolean,
): Batches & AsyncGenerator<readonly CaptureEvent[]> {
  const redactor = new Redactor();
  for await (const batch of batches) yield redact ? batch.map((event) => redactor.take(event)) : batch;
}

async function* logLines(source: EventSource, { only, redact }: ExportChoice): AsyncGenerator<string> {
  const wants = only ? among(only) : ALL;
  const log = new AccessLog(source.epochMs);
  for await (const batch of redacted(source.events(true), redact)) {
    for (const event of batch) {
      const entry = log.take(event);
      if (entry && 'exchange' in event && wants(event.exchange)) yield `${combinedLine(entry)}\n`;
    }
  }
}

async function* eventLines(source: EventSource, { only, redact }: ExportChoice): AsyncGenerator<string> {
  const wants = only ? among(only) : ALL;
  const ofConnection = await wantedConnections(source, only);
  const isWanted = (event: CaptureEvent) => {
    if ('exchange' in event && event.exchange !== 0) return wants(event.exchange);
    if ('conn' in event) return ofConnection(event.conn);
    return only === undefined || event.kind === 'server';
  };
  for await (const batch of redacted(source.events(true), redact)) {
    for (const event of batch) if (isWanted(event)) yield `${jsonLine(event)}\n`;
  }
}

async function* packets(source: EventSource, { only, redact }: ExportChoice): AsyncGenerator<Uint8Array> {
  const { epochMs } = source;
  const wants = await wantedConnections(source, only);
  const writer = new PcapngExport({ epochMs, version: VERSION, isRedacted: redact, wants });
  yield Buffer.concat(writer.start());
  for await (const batch of redacted(source.events(true), redact)) {
    const blocks = batch.flatMap((event) => writer.take(event));
    if (blocks.length > 0) yield Buffer.concat(blocks);
  }
}

/** A connection is written whole: half of one cannot be read. */
async function wantedConnections(source: EventSource, only: Runs | undefined): Promise<Wants> {
  if (!only) return ALL;
  const wants = among(only);
  const connections = new Set<number>();
  for await (const batch of source.events(false)) {
    for (const event of batch)
      if (event.kind === 'begin' && wants(event.exchange)) connections.add(event.conn);
  }
  return (conn) => connections.has(conn);
}
