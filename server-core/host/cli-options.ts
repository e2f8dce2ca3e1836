import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MODEL_NAMES, type ModelName } from '../concurrency/model.ts';
import type { SiteLimits } from '../net/limits.ts';
import type { Https } from './authority/site-identity.ts';
import { readConfig, withConfig } from './cli-config.ts';
import {
  DEFAULT_PORT,
  DEFAULT_UI_PORT,
  FOLDER_ONLY,
  LOG_FORMATS,
  type LogFormat,
  SPEC,
  type Values,
} from './cli-spec.ts';
import {
  cachePolicy,
  credentials,
  fields,
  mebibytes,
  mediaTypes,
  moduleFile,
  oneOf,
  pageBelow,
  portNumber,
  siteLimits,
  UsageError,
  workerCount,
} from './cli-values.ts';
import { faultRules } from './fault-option.ts';
import { isUrl } from './served-path.ts';
import type { SiteSettings } from './site-handler.ts';

export interface CliOptions {
  readonly path: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly uiPort: number;
  readonly ui: boolean;
  readonly open: boolean;
  /** The window is shown to others on the network. */
  readonly share: boolean;
  readonly capture: boolean;
  readonly model: ModelName;
  /** Undefined: as the model sees fit. */
  readonly workers: number | undefined;
  readonly https: Https | undefined;
  readonly limits: SiteLimits;
  readonly settings: SiteSettings;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  /** The file to which everything is recorded. */
  readonly record: string | undefined;
  readonly log: LogFormat | undefined;
  readonly json: boolean;
}

/** What to do: serve, or print a text and end. */
export type Command =
  | { readonly kind: 'serve'; readonly options: CliOptions }
  | { readonly kind: 'print'; readonly what: 'help' | 'version' };

/** Reads the command line after the program's name, and the file that it may name. Throws UsageError. */
export function parseCommand(args: readonly string[]): Command {
  const { typed, positionals } = parse(args);
  if (typed.help) return { kind: 'print', what: 'help' };
  if (typed.version) return { kind: 'print', what: 'version' };
  if (positionals.length > 1) throw new UsageError(`One path is expected, not ${positionals.length}`);
  const config = typed.config === undefined ? undefined : readConfig(typed.config);
  const values = config === undefined ? typed : withConfig(typed, config.values);
  const path = positionals[0] ?? config?.path;
  refuseRivals(values, path);
  return {
    kind: 'serve',
    options: {
      path,
      host: values.lan ? '0.0.0.0' : (values.host ?? '127.0.0.1'),
      port: portNumber('--port', values.port, DEFAULT_PORT),
      uiPort: portNumber('--ui-port', values['ui-port'], DEFAULT_UI_PORT),
      ui: !values['no-ui'],
      open: !values['no-open'],
      share: values.share ?? false,
      capture: !values['no-capture'],
      model: oneOf('--model', values.model, MODEL_NAMES) ?? 'event-loop',
      workers: workerCount(values.workers),
      https: httpsFrom(values),
      limits: siteLimits('--limit', values.limit),
      settings: settingsFrom(values),
      log: oneOf('--log', values.log, LOG_FORMATS),
      json: values.json ?? false,
      memoryMiB: mebibytes('--memory', values.memory, 512, 4),
      diskMiB: mebibytes('--disk', values.disk, 2048, 0),
      record: values.record === undefined ? undefined : resolve(values.record),
    },
  };
}

/** `--cert` and `--key` mean `--https`. */
function httpsFrom({ https, cert, key }: Values): Https | undefined {
  if (cert !== undefined && key !== undefined) return { cert: resolve(cert), key: resolve(key) };
  if (cert !== undefined || key !== undefined) {
    throw new UsageError(cert === undefined ? '--key needs --cert' : '--cert needs --key');
  }
  return https ? 'local' : undefined;
}

function settingsFrom(values: Values): SiteSettings {
  return {
    live: values.live ?? false,
    routes: moduleFile('--routes', values.routes),
    dotfiles: values.dotfiles ?? false,
    spa: values.spa ?? false,
    cleanUrls: values['clean-urls'] ?? false,
    notFoundPage: pageBelow('--404', values[404]),
    listing: !values['no-listing'],
    mediaTypes: mediaTypes('--type', values.type),
    fields: fields('--field', values.field),
    compress: !values['no-compress'],
    precompressed: !values['no-precompressed'],
    cache: cachePolicy(values.cache),
    cors: values.cors ?? false,
    isolate: values.isolate ?? false,
    auth: credentials('--auth', values.auth),
    faults: faultRules('--fault', values.fault),
  };
}

function parse(args: readonly string[]): { typed: Values; positionals: string[] } {
  try {
    const parsed = parseArgs({ args: [...args], options: SPEC, allowPositionals: true, strict: true });
    return { typed: parsed.values, positionals: parsed.positionals };
  } catch (error) {
    throw new UsageError(firstSentence((error as Error).message));
  }
}

function refuseRivals(values: Values, path: string | undefined): void {
  if (values.lan && values.host !== undefined) throw new UsageError('--lan and --host exclude each other');
  if (values.json && values.log !== undefined)
    throw new UsageError('--json and --log both write to standard output; choose one');
  const writer = (['json', 'log', 'record'] as const).find((name) => values[name]);
  if (values['no-capture'] && writer) {
    throw new UsageError(`--no-capture leaves --${writer} nothing to write`);
  }
  if (values['no-capture'] && values.share)
    throw new UsageError('--no-capture leaves --share nothing to show');
  if (path === undefined || !isUrl(path)) return;
  const idle = FOLDER_ONLY.find((name) => values[name] !== undefined && values[name] !== false);
  if (idle !== undefined)
    throw new UsageError(`--${idle} is about the files of a folder, and ${path} answers for itself`);
}

function firstSentence(message: string): string {
  const sentence = message.split(/\.?\n|\.\s|\.$/, 1)[0] as string;
  // A value such as `-1`, which looks like an option.
  return sentence.replace(/argument is ambiguous$/, 'takes no value that begins with a dash');
}
