/**
 * What each setting is for, in one paragraph, and the same request to a server without it and with it. A test asks both
 * of a real server, so that what is told here is what it does.
 */
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';

export interface Explanation {
  readonly paragraph: string;
  readonly wire?: WireChange;
}

export interface WireChange {
  /** The request, its Host left out. */
  readonly request: readonly string[];
  /** What is set otherwise in the second answer; the rest stays as the command has it. */
  readonly change: Partial<ServerSettings>;
  /** Lines of either answer that tell the difference; HOST stands for the server's own name and port. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export const HOST = '{host}';

export type ExplainedName = keyof typeof EXPLANATIONS;

export const EXPLANATIONS = {
  port: {
    paragraph:
      'The number behind the colon of the address. Below 1024 most systems ask for more rights. Where another program ' +
      'has it, that program is named and the next free one is taken; 0 takes any that is free, another at each start.',
  },
  https: {
    paragraph:
      'Every byte is encrypted by TLS 1.2 or 1.3, as on the public web: for service workers on other devices, secure ' +
      'cookies and whatever else browsers keep for secure origins. The certificate is by an authority of your own, ' +
      'made on first use, so browsers warn until they trust it. What is captured are the bytes inside TLS.',
    wire: {
      request: ['GET / HTTP/1.1'],
      change: { https: true },
      before: ['HTTP/1.1 200 OK'],
      after: ['HTTP/1.1 307 Temporary Redirect', `Location: https://${HOST}/`],
    },
  },
  lan: {
    paragraph:
      'It listens on every network interface of this computer and not on the loopback interface alone, so that a phone ' +
      'on the same Wi-Fi can open it, by the addresses shown below. Everybody on that network can; a password keeps ' +
      'most of them out, HTTPS keeps it from being read on the way.',
  },
  live: {
    paragraph:
      'Pages that a browser visits get one script more, which listens to an event stream of this server and reloads the ' +
      'page when a file below the folder changes. Styles and pictures are swapped in place. The files themselves stay ' +
      'as they are; the page’s length and entity tag tell of the script.',
    wire: {
      request: ['GET / HTTP/1.1', 'Accept: text/html'],
      change: { live: true },
      before: ['<title>home</title>'],
      after: ['<script async src="/.wirescope/live.js"></script>'],
    },
  },
  spa: {
    paragraph:
      'For applications that have routes of their own in the browser: a visit to a path that no file has is answered ' +
      'with index.html instead of 404. Only requests that ask for HTML by name are; a script or picture that is ' +
      'missing stays a 404, so that mistakes show.',
    wire: {
      request: ['GET /orders/7 HTTP/1.1', 'Accept: text/html'],
      change: { spa: true },
      before: ['HTTP/1.1 404 Not Found'],
      after: ['HTTP/1.1 200 OK', '<title>home</title>'],
    },
  },
  cleanUrls: {
    paragraph:
      'Addresses without .html, as many static hosts have them: where no file has the very name that was asked for, the ' +
      'one with .html behind it answers. Nothing is redirected, and the longer address goes on working.',
    wire: {
      request: ['GET /about HTTP/1.1'],
      change: { cleanUrls: true },
      before: ['HTTP/1.1 404 Not Found'],
      after: ['HTTP/1.1 200 OK', 'Content-Type: text/html; charset=utf-8'],
    },
  },
  listing: {
    paragraph:
      'A folder without an index.html is answered with a page that lists its files. Off, it is refused, and who does not ' +
      'know a name cannot find it.',
    wire: {
      request: ['GET /notes/ HTTP/1.1'],
      change: { listing: false },
      before: ['HTTP/1.1 200 OK'],
      after: ['HTTP/1.1 403 Forbidden'],
    },
  },
  dotfiles: {
    paragraph:
      'Names that begin with a dot are left out, since they often hold what nobody means to share: keys in .env, a whole ' +
      'history in .git. The folder .well-known is always there to be asked for.',
    wire: {
      request: ['GET /.env HTTP/1.1'],
      change: { dotfiles: true },
      before: ['HTTP/1.1 404 Not Found'],
      after: ['HTTP/1.1 200 OK'],
    },
  },
  compress: {
    paragraph:
      'Text of more than a packet is sent in the coding that the client likes best: Brotli, Zstandard or gzip, from a ' +
      'copy that lies beside the file (.br, .zst, .gz) or made on the fly. Off, the bytes on the wire are the bytes ' +
      'of the file, which is easier to read in the hex view.',
    wire: {
      request: ['GET /app.js HTTP/1.1', 'Accept-Encoding: gzip'],
      change: { compress: false },
      before: ['Content-Encoding: gzip', 'Vary: Accept-Encoding'],
      after: ['Content-Length: 4096'],
    },
  },
  cors: {
    paragraph:
      'A browser lets a page read what another origin answers only if that origin says so. This says so to all of them, ' +
      'and answers preflights. The request is made either way, and the server sees it: CORS protects the answer.',
    wire: {
      request: ['GET /data.json HTTP/1.1', 'Origin: http://localhost:5173'],
      change: { cors: true },
      before: ['HTTP/1.1 200 OK'],
      after: ['HTTP/1.1 200 OK', 'Access-Control-Allow-Origin: *'],
    },
  },
  isolate: {
    paragraph:
      'Pages are kept apart from those of other origins, which browsers ask for before they give SharedArrayBuffer, ' +
      'threads of WebAssembly and exact clocks. What the page embeds from elsewhere must then allow it, or is not loaded.',
    wire: {
      request: ['GET / HTTP/1.1'],
      change: { isolate: true },
      before: ['HTTP/1.1 200 OK'],
      after: ['Cross-Origin-Opener-Policy: same-origin', 'Cross-Origin-Embedder-Policy: require-corp'],
    },
  },
  auth: {
    paragraph:
      'A user and a password with a colon between them, by the Basic scheme: the browser asks once and sends them with ' +
      'every request. They are on the wire as they are, so use HTTPS where strangers share the network. They are kept ' +
      'in the settings of this program as they are, too.',
    wire: {
      request: ['GET / HTTP/1.1'],
      change: { auth: 'ann:secret' },
      before: ['HTTP/1.1 200 OK'],
      after: ['HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Basic realm="Wirescope", charset="UTF-8"'],
    },
  },
  cache: {
    paragraph:
      'How long a browser may use its copy of a file without asking. In development it asks each time, and an unchanged ' +
      'file costs a 304 without content. In production, files with a hash of their content in the name are kept for a ' +
      'year, pages never, all else for an hour.',
    wire: {
      request: ['GET /app.js HTTP/1.1'],
      change: { cache: 'production' },
      before: ['Cache-Control: no-cache'],
      after: ['Cache-Control: public, max-age=3600'],
    },
  },
  fields: {
    paragraph:
      'Header lines that go with every file, in the place of the server’s own of that name. What frames a message or ' +
      'tells its state, such as Content-Length and ETag, stays the server’s to say.',
    wire: {
      request: ['GET / HTTP/1.1'],
      change: { fields: 'X-Robots-Tag: none' },
      before: ['HTTP/1.1 200 OK'],
      after: ['X-Robots-Tag: none'],
    },
  },
  types: {
    paragraph:
      'What files are, by the end of their names, where the registry of media types has no word for it or the wrong one. ' +
      'Browsers are told not to guess (X-Content-Type-Options: nosniff), so a script with the wrong type does not run.',
    wire: {
      request: ['GET /page.tpl HTTP/1.1'],
      change: { types: 'tpl=text/html; charset=utf-8' },
      before: ['Content-Type: application/vnd.groove-tool-template'],
      after: ['Content-Type: text/html; charset=utf-8'],
    },
  },
  notFoundPage: {
    paragraph:
      'The file below the folder that goes with a 404, to visits in a browser; without a word here it is 404.html, where ' +
      'there is one. The status stays 404.',
    wire: {
      request: ['GET /missing HTTP/1.1', 'Accept: text/html'],
      change: { notFoundPage: 'oops.html' },
      before: ['HTTP/1.1 404 Not Found'],
      after: ['HTTP/1.1 404 Not Found', '<title>oops</title>'],
    },
  },
  model: {
    paragraph:
      'Who answers when several ask at once: one loop, one connection after the other, a pool of processes or threads, ' +
      'or a process for each connection. It changes nothing of what is on the wire, but when; the timeline and the ' +
      'concurrency view show it. It is switched while requests are in flight, which are finished as they began.',
  },
  workers: {
    paragraph:
      'Processes of prefork, threads of threads, and the most that “process” starts. 0 leaves it to the model: as many as ' +
      'this computer has cores, or 32 processes.',
  },
  limits: {
    paragraph:
      'How long the server waits, in seconds, before it gives a connection up: for a whole head once its first byte is ' +
      'there (then 408), for more of a request’s content (408), for the next request on an open connection (it just ' +
      'closes), for a client that takes none of the answer (it is cut off). Beyond the most connections, new ones are closed ' +
      'at once. Short ones are good for watching it happen.',
  },
} as const satisfies Record<string, Explanation>;

export function explanationOf(name: ExplainedName): Explanation {
  return EXPLANATIONS[name];
}
