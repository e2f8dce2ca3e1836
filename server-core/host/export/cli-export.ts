/** `wirescope export`: a capture in the format of other programs, for scripts. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { EXPORT_FORMATS, EXPORT_NAMES, type ExportName } from '../../capture/export-call.ts';
import { bodyFiles } from '../../formats/export/body-files.ts';
import { oneOf, UsageError } from '../cli-values.ts';
import { isCapturePath, OpenedCaptures } from '../opened-captures.ts';
import { writeCapture } from '../saved-captures.ts';
import { PathProblem } from '../served-path.ts';
import { writeBodies } from './body-folder.ts';
import { fileSource } from './captured-events.ts';
import { CONTENT_TOOLS } from './content-tools.ts';
import { chosenExchanges, exportPieces } from './export-capture.ts';

const SPEC = {
  as: { type: 'string' },
  output: { type: 'string', short: 'o' },
  'keep-secrets': { type: 'boolean' },
  redact: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const FORMATS = EXPORT_NAMES.map((name) => `  ${name.padEnd(9)} ${EXPORT_FORMATS[name].sentence}`).join('\n');

const EXPORT_HELP = `wirescope export <capture> --as FORMAT [-o FILE] [options]

Writes a capture (.wirescope, .har, .pcap, .pcapng) in another format:

${FORMATS}

      --as FORMAT      one of these; without it, what the ending of FILE says
  -o, --output FILE    where to write; without it, to standard output. For bodies: a folder, or a .zip
      --redact         remove cookies, credentials and addresses; har and html do so unless
      --keep-secrets   they are told to keep them. Targets and content are never changed
  -h, --help           this text
`;

/** A folder named export is served as `wirescope export` always did; a capture behind it says what is meant. */
export function isExport(args: readonly string[]): boolean {
  return args[0] === 'export' && (args.length > 1 || !existsSync('export'));
}

/** Rejects with UsageError or PathProblem. */
export async function runExport(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  if (values.help) return void process.stdout.write(EXPORT_HELP);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    throw new UsageError('wirescope export takes one capture');
  if (!isCapturePath(path)) throw new UsageError(`${path} is none of .wirescope, .har, .pcap and .pcapng`);
  if (values.redact && values['keep-secrets']) {
    throw new UsageError('--redact and --keep-secrets exclude each other');
  }
  const as = formatOf(values.as, values.output);
  const redact = values.redact ?? (EXPORT_FORMATS[as].redacts && !values['keep-secrets']);
  const captures = new OpenedCaptures(() => {});
  try {
    const { id, name, problem } = await captures.open(resolve(path));
    if (problem !== undefined) process.stderr.write(`${name}: ${problem}\n`);
    const source = fileSource(captures.file(id));
    if (as === 'bodies' && values.output !== undefined && !values.output.endsWith('.zip')) {
      const files = bodyFiles(chosenExchanges(source, { as, redact }), source.epochMs, CONTENT_TOOLS);
      await writeBodies(resolve(values.output), files);
    } else await write(exportPieces(source, { as, redact }), values.output, redact);
  } finally {
    await captures.closeAll();
  }
}

async function write(
  pieces: AsyncIterable<Uint8Array>,
  output: string | undefined,
  isRedacted: boolean,
): Promise<void> {
  if (output !== undefined) {
    const path = resolve(output);
    if ((await stat(path).catch(() => undefined))?.isDirectory())
      throw new PathProblem(`${path} is a folder`);
    await writeCapture(path, pieces, isRedacted);
    return;
  }
  // A reader that has seen enough, as `head` has, is no failure.
  await pipeline(pieces, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

function formatOf(as: string | undefined, output: string | undefined): ExportName {
  const named = oneOf('--as', as, EXPORT_NAMES);
  if (named !== undefined) return named;
  const found = EXPORT_NAMES.find((name) =>
    output?.toLowerCase().endsWith(`.${EXPORT_FORMATS[name].ending}`),
  );
  if (found === undefined) throw new UsageError(`--as is needed: one of ${EXPORT_NAMES.join(', ')}`);
  return found;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: SPEC, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/[.\n]/, 1)[0] as string);
  }
}
