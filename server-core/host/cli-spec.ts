/** The options of the command, as `parseArgs` of Node takes them, and the text that explains them. */
import { FAULT_NUMBERS } from '../capture/fault-plan.ts';
import { MODEL_NAMES, MODEL_SENTENCES } from '../capture/model-names.ts';

export const LOG_FORMATS = ['common', 'combined', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export const SPEC = {
  config: { type: 'string' },
  port: { type: 'string', short: 'p' },
  host: { type: 'string', short: 'H' },
  lan: { type: 'boolean' },
  https: { type: 'boolean' },
  cert: { type: 'string' },
  key: { type: 'string' },
  'ui-port': { type: 'string' },
  'no-ui': { type: 'boolean' },
  'no-open': { type: 'boolean' },
  share: { type: 'boolean' },
  fault: { type: 'string', multiple: true },
  'no-capture': { type: 'boolean' },
  model: { type: 'string' },
  workers: { type: 'string' },
  limit: { type: 'string', multiple: true },
  live: { type: 'boolean' },
  routes: { type: 'string' },
  dotfiles: { type: 'boolean' },
  spa: { type: 'boolean' },
  'clean-urls': { type: 'boolean' },
  404: { type: 'string' },
  'no-listing': { type: 'boolean' },
  type: { type: 'string', multiple: true },
  field: { type: 'string', multiple: true },
  'no-compress': { type: 'boolean' },
  'no-precompressed': { type: 'boolean' },
  cache: { type: 'string' },
  cors: { type: 'boolean' },
  isolate: { type: 'boolean' },
  auth: { type: 'string' },
  log: { type: 'string' },
  json: { type: 'boolean' },
  memory: { type: 'string' },
  disk: { type: 'string' },
  record: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What was given, by name; what was not is absent. */
export type Values = {
  -readonly [Name in keyof typeof SPEC]?: (typeof SPEC)[Name] extends { readonly multiple: true }
    ? string[]
    : (typeof SPEC)[Name] extends { readonly type: 'string' }
      ? string
      : boolean;
};

/** About the files of a folder: another server answers with its own. */
export const FOLDER_ONLY = [
  'live',
  'dotfiles',
  'spa',
  'clean-urls',
  '404',
  'no-listing',
  'type',
  'field',
  'no-precompressed',
  'cache',
] as const;

export const DEFAULT_PORT = 8080;
export const DEFAULT_UI_PORT = 8090;

export const HELP = `wirescope [path|url|capture] [options]

Serves a folder over HTTP and shows every connection, byte and request of it in a browser window.
Without a path it serves a site that teaches HTTP. A file serves its folder and opens the file. A URL puts
Wirescope in front of that server: what it answers is passed on, and shown. A .wirescope file is a capture
that was saved or recorded, and is opened to be read, as are .har, .pcap and .pcapng files of other programs.
A capture is written in their formats by wirescope export; see wirescope export --help.

Where
  -p, --port N       port to serve on (${DEFAULT_PORT}; when it is taken, the next free one, and it is said)
  -H, --host H       address to listen on (127.0.0.1, this machine only)
      --lan          listen on every address, so that other machines can reach it
      --https        serve HTTPS, with a certificate by an authority of your own, made on first use
      --cert FILE    serve HTTPS with this certificate (PEM, its chain behind it) …
      --key FILE     … and its key (PEM, not encrypted)
      --model NAME   how connections are shared out:
${MODEL_NAMES.map((name) => `                       ${name.padEnd(11)} ${MODEL_SENTENCES[name]}`).join('\n')}
      --workers N    processes of prefork or threads of threads (as many as cores); the most of process (32)
      --limit X=N    head, body, idle or write: seconds waited for that (30, 60, 75, 60);
                     connections: how many may be open (16384); may be repeated

What is answered
      --live         reload pages when their files change; styles and pictures are swapped in place
      --routes FILE  answer by a module of yours first; loaded again whenever it changes
      --spa          answer visits to paths without a file with index.html
      --clean-urls   answer /about with about.html; never redirects
      --404 FILE     the page below the folder that goes with 404 (404.html)
      --no-listing   no pages that list a folder
      --dotfiles     serve names that begin with a dot as well
      --type X=TYPE  send files that end in .X with this media type; may be repeated
      --field "N: V" send this field with every file; may be repeated
      --cache HOW    development (browsers ask each time), production, off, or seconds
      --no-compress  send everything as it is, never coded
      --no-precompressed  do not send the copies .br, .zst and .gz beside a file
      --cors         let pages of other origins read (Access-Control-Allow-Origin: *)
      --isolate      COOP and COEP, for SharedArrayBuffer and threads of WebAssembly
      --auth U:P     ask for user U with password P

      --fault "P: X=N"  answer wrongly on purpose where the path fits P (* stands for anything), by
                     ${FAULT_NUMBERS.slice(0, 5).join(', ')},
                     ${FAULT_NUMBERS.slice(5).join(', ')} or close

What is shown
      --ui-port N    port of the window (${DEFAULT_UI_PORT}; when it is taken, the next free one)
      --no-ui        serve only: no window
      --no-open      do not open the window in a browser
      --share        let others on the network look on, with a token: a window that changes nothing
      --no-capture   keep nothing of the traffic
      --memory MIB   captured traffic kept in memory (512)
      --disk MIB     and on disk, when memory is full (2048; 0 keeps none there)
      --record FILE  write everything that is captured to a new file, to be opened again
      --log FORMAT   an access log on standard output: ${LOG_FORMATS.join(', ')}
      --json         every captured event on standard output, one JSON object a line

      --config FILE  read these options from a JSON file: {"port": 3000, "spa": true}; what is typed wins
  -h, --help         this text
  -v, --version      the version
`;
