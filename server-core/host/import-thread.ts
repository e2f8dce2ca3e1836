/**
 * A thread that makes a `.wirescope` file of what another program captured. A file may be large and is not trusted: it
 * is read where it holds nobody up, and where running out of memory ends nothing else.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { harFile } from '../formats/har/har-file.ts';
import { importHar } from '../formats/har/har-import.ts';
import type { Encode } from '../formats/har/har-message.ts';
import { isPacketFile, PcapImport } from '../formats/pcap/pcap-import.ts';
import type { ImportJob, ImportResult } from './import-file.ts';
import { ImportTarget } from './import-target.ts';

const PIECE_BYTES = 1024 * 1024;

/** A map: what a file names may be a name of Object.prototype. */
const CODINGS: ReadonlyMap<string, (content: Uint8Array) => Uint8Array> = new Map([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (content: Uint8Array) => brotliCompressSync(content)],
  ['zstd', zstdCompressSync],
]);

const encode: Encode = (coding, content) => CODINGS.get(coding)?.(content);

function convert({ source, fd, name }: ImportJob): ImportResult {
  const file = openSync(source, 'r');
  try {
    const first = new Uint8Array(PIECE_BYTES);
    const length = readSync(file, first, 0, PIECE_BYTES, 0);
    if (length === 0) return { problem: `${name} is empty` };
    if (isPacketFile(first.subarray(0, length))) return convertPackets(file, fd, first.subarray(0, length));
    return convertHar(file, fd, name);
  } finally {
    closeSync(file);
  }
}

function convertPackets(file: number, fd: number, first: Uint8Array): ImportResult {
  const target = new ImportTarget(fd);
  const reading = new PcapImport(target.log, target.clock, first);
  reading.push(first);
  const piece = new Uint8Array(PIECE_BYTES);
  for (let at = first.length; ; ) {
    const length = readSync(file, piece, 0, PIECE_BYTES, at);
    if (length === 0) break;
    reading.push(piece.subarray(0, length));
    at += length;
  }
  const notes = reading.end();
  target.finish();
  return { notes };
}

function convertHar(file: number, fd: number, name: string): ImportResult {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    const isCut = error instanceof SyntaxError && /end of JSON|Unterminated/i.test(error.message);
    if (isCut)
      return { problem: `${name} is cut short: it ends within its JSON, so nothing of it can be shown` };
    if (error instanceof SyntaxError) return { problem: `${name} is neither a HAR file nor one of packets` };
    return { problem: `${name} is too large to be read at once` };
  }
  const har = harFile(json);
  if (!har) return { problem: `${name} is JSON, but no HAR file: it has no log with entries` };
  const target = new ImportTarget(fd);
  const notes = importHar(target.log, target.clock, har, encode);
  target.finish();
  return { notes, rebuilt: true };
}

parentPort?.postMessage(convert(workerData as ImportJob));
