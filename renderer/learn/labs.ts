/** The labs of the program, each a file as a teacher would write it, in the order of a course. */
import { type Lab, labOf } from './lab-file.ts';

const COURSE = [
  ...['server', 'by-hand', 'status', 'media-types'],
  ...['content-length', 'pieces', 'chunked', 'lines', 'too-large'],
  ...['versions', 'keep-alive', 'pipelining', 'six', 'models', 'slowloris', 'back-pressure'],
  ...['conditional', 'caching', 'ranges', 'media', 'compression', 'negotiation'],
  ...['cookies', 'redirects', 'forms', 'cors', 'basic', 'hosts', 'events'],
  ...['traversal', 'smuggling', 'websocket', 'tls'],
] as const;

const FILES: Record<string, unknown> = import.meta.glob('./labs/*.json', { eager: true, import: 'default' });

let read: readonly Lab[] | undefined;

/** Read when they are first asked for. */
export function builtInLabs(): readonly Lab[] {
  read ??= COURSE.map((id) => labOf(FILES[`./labs/${id}.json`]));
  return read;
}
