/**
 * Lets pages of other origins read the answers: the server's half of the Fetch standard's CORS protocol
 * (fetch.spec.whatwg.org §3.2). Without it a browser fetches, but keeps the content from the page.
 */
import type { Middleware } from '../compose.ts';
import type { Request } from '../request.ts';
import type { FieldPair, Response } from '../response.ts';
import { setFields } from './set-fields.ts';

export interface CorsOptions {
  /** `*` for all, or a list of origins such as `http://localhost:5173`. Default `*`. */
  readonly origins?: '*' | readonly string[];
  /** Let listed origins send cookies and passwords. Default false. */
  readonly credentials?: boolean;
  /** Methods that a preflight allows. Default: those of RFC 9110 and PATCH, without CONNECT and TRACE. */
  readonly methods?: readonly string[];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Throws a TypeError for origins that no browser sends, or that it would be a mistake to trust. */
export function cors(options: CorsOptions = {}): Middleware {
  const { origins = '*', credentials = false, methods = METHODS } = options;
  if (origins === '*' && credentials)
    throw new TypeError('Credentials need a list of origins: browsers refuse them together with *');
  const allowed = methods.join(', ');
  const layers = layersFor(origins, credentials);
  const strange = setFields([VARY_ORIGIN]);
  return (request, next) => {
    const { fields } = request.head;
    const origin = fields.get('origin');
    const layer = layers === undefined ? OPEN : (layers.get(origin ?? '') ?? strange);
    if (request.tracing) request.mark('decision', sentence(origin, layer, strange));
    const asked = fields.get('access-control-request-method');
    if (request.method !== 'OPTIONS' || origin === undefined || asked === undefined || layer === strange)
      return layer(request, next);
    if (request.tracing)
      request.mark('decision', `A preflight for ${asked}, answered by the CORS setting with 204`);
    return layer(request, () => preflight(request, allowed));
  };
}

const VARY_ORIGIN: FieldPair = ['Vary', 'Origin'];

/** For all origins. The last field is for pages that are isolated (see isolation.ts) and only embed. */
const OPEN: Middleware = setFields([
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', '*'],
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
]);

/** One layer for each origin, since each has its own fields; undefined for all origins. */
function layersFor(
  origins: '*' | readonly string[],
  credentials: boolean,
): Map<string, Middleware> | undefined {
  if (origins === '*') return undefined;
  return new Map(
    origins.map((origin) => {
      const added: FieldPair[] = [['Access-Control-Allow-Origin', checkedOrigin(origin)]];
      if (credentials) added.push(['Access-Control-Allow-Credentials', 'true']);
      // With credentials a * would be read as the name of a field.
      else added.push(['Access-Control-Expose-Headers', '*']);
      // RFC 9110 §12.5.5: a cache must not give one origin the answer to another.
      added.push(VARY_ORIGIN);
      return [origin, setFields(added)] as const;
    }),
  );
}

function checkedOrigin(origin: string): string {
  if (origin === 'null')
    throw new TypeError('null is the origin of every sandboxed frame, so it names nobody');
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new TypeError(`${origin} is not an origin, such as http://localhost:5173`);
  return origin;
}

function preflight({ head }: Request, allowed: string): Response {
  const names = head.fields.all('access-control-request-headers');
  const fields: FieldPair[] = [['Access-Control-Allow-Methods', allowed]];
  // As asked for: a * would leave Authorization out.
  if (names !== undefined && NAMES.test(names)) fields.push(['Access-Control-Allow-Headers', names]);
  // No Max-Age: browsers ask again after five seconds then, and so see a change of the setting.
  fields.push(['Vary', 'Access-Control-Request-Headers']);
  return { status: 204, fields };
}

/** A list of field names. */
const NAMES = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+(?:[\t ]*,[\t ]*[!#$%&'*+\-.^_`|~\dA-Za-z]+)*$/;

function sentence(origin: string | undefined, layer: Middleware, strange: Middleware): string {
  if (layer === OPEN) return 'Access-Control-Allow-Origin * added by the CORS setting';
  if (origin === undefined) return 'No Origin, so the CORS setting adds no permission';
  return layer === strange
    ? 'The CORS setting does not name this Origin, so no permission is added'
    : `Access-Control-Allow-Origin ${origin} added by the CORS setting`;
}
