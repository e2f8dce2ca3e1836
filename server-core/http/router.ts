/**
 * Routes by method and path.
 *
 * A pattern is a path whose segments are literal (`users`), a parameter (`:id`, one segment that is not empty), or,
 * as the last one, `*`: whatever follows, even nothing.
 *
 * Which route answers does not depend on the order in which routes are given. Patterns are compared segment by
 * segment from the left, and the first difference decides:
 *
 *     literal  before  :parameter  before  *
 *
 * Of the patterns that fit the path, the first one in that order which also has the method answers. So
 * `GET /users/me` goes to `GET /users/:id` when only a POST route is written for `/users/me`.
 *
 * A trailing slash counts: `/users` and `/users/` are two paths, as they are two folders of links to a browser.
 * Segments are compared percent-decoded, since `%75sers` is `users` (RFC 3986 §6.2.2.2). Patterns are Unicode.
 */
import { errorResponse } from './error-page.ts';
import { HttpError } from './errors.ts';
import type { Request } from './request.ts';
import type { Handler, Response } from './response.ts';

/** The parameters that a pattern names: `/users/:id/*` has `id` and `*`. */
export type ParameterName<Pattern extends string> = Pattern extends `${infer Segment}/${infer Rest}`
  ? ParameterName<Segment> | ParameterName<Rest>
  : Pattern extends `:${infer Name}`
    ? Name
    : Pattern extends '*'
      ? '*'
      : never;

/** Parameters are percent-decoded as UTF-8. `*` is the rest of the path as received, for another handler to map. */
export type PathParameters<Pattern extends string> = { readonly [Name in ParameterName<Pattern>]: string };

export type RouteHandler<Pattern extends string = string> = (
  request: Request,
  parameters: PathParameters<Pattern>,
) => Response | Promise<Response>;

export interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly handler: RouteHandler;
}

/** One row of a router. `method` is case-sensitive, as methods are; `*` stands for any. */
export function route<const Pattern extends string>(
  method: string,
  pattern: Pattern,
  handler: RouteHandler<Pattern>,
): Route {
  return { method, pattern, handler: handler as RouteHandler };
}

/** Where the patterns that share their segments up to here part. */
interface Branch {
  readonly literals: Map<string, Branch>;
  parameter: Branch | undefined;
  readonly here: Map<string, Leaf>;
  readonly tail: Map<string, Leaf>;
}

interface Leaf {
  readonly route: Route;
  readonly names: readonly string[];
}

/**
 * A handler that sends each request to its route. HEAD is answered by GET routes and OPTIONS by the router, unless
 * a route says otherwise; a path whose routes all have other methods gets 405. Paths without a route go to
 * `otherwise`, which is 404 by default. Throws on a pattern that cannot be read, and on two equal rows.
 */
export function router(routes: readonly Route[], otherwise: Handler = notFound): Handler {
  const root = newBranch();
  for (const row of routes) add(root, row);
  const allMethods = allowed(routes.map((row) => row.method));

  return (request) => {
    const { target, method } = request;
    // RFC 9110 §9.3.7: the asterisk asks about the server as a whole.
    if (target.form === 'asterisk') return options(allMethods);
    if (target.form === 'authority') return otherwise(request);
    const path = target.path.slice(1).split('/');
    const search: Search = { method, path, segments: path.map(decode), values: [], methods: [] };
    const leaf = find(root, 0, search);
    if (leaf) {
      if (request.tracing) request.mark('route', `${leaf.route.method} ${leaf.route.pattern}`);
      const entries = leaf.names.map((name, i) => [name, search.values[i]!] as const);
      return leaf.route.handler(request, Object.fromEntries(entries));
    }
    if (search.methods.length === 0) return otherwise(request);
    const allow = allowed(search.methods);
    if (method === 'OPTIONS') return options(allow);
    if (request.tracing) request.mark('decision', `The path has routes for ${allow} only, so 405`);
    return errorResponse(405, 'What is here does not take this method', {
      section: 'RFC 9110 §15.5.6',
      fields: [['Allow', allow]],
      request,
    });
  };
}

interface Search {
  readonly method: string;
  /** The path's segments as received, and decoded. */
  readonly path: readonly string[];
  readonly segments: readonly string[];
  /** Of the parameters on the way to where the search stands. */
  readonly values: string[];
  /** Methods of the routes that fit the path and not the method. */
  readonly methods: string[];
}

function find(node: Branch, at: number, search: Search): Leaf | undefined {
  const { segments, values } = search;
  const segment = segments[at];
  if (segment === undefined) return take(node.here, search);

  const literal = node.literals.get(segment);
  let leaf = literal && find(literal, at + 1, search);
  if (!leaf && node.parameter && segment !== '') {
    values.push(segment);
    leaf = find(node.parameter, at + 1, search);
    if (!leaf) values.pop();
  }
  if (!leaf && node.tail.size > 0) {
    leaf = take(node.tail, search);
    if (leaf) values.push(search.path.slice(at).join('/'));
  }
  return leaf;
}

function take(leaves: Map<string, Leaf>, search: Search): Leaf | undefined {
  const { method } = search;
  const leaf = leaves.get(method) ?? (method === 'HEAD' ? leaves.get('GET') : undefined) ?? leaves.get('*');
  if (!leaf) search.methods.push(...leaves.keys());
  return leaf;
}

function add(root: Branch, row: Route): void {
  const { method, pattern } = row;
  if (!pattern.startsWith('/')) throw new Error(`The pattern ${pattern} does not start with a slash`);
  const segments = pattern.slice(1).split('/');
  const names: string[] = [];
  let node = root;
  let leaves = node.here;
  segments.forEach((segment, i) => {
    if (segment === '*') {
      if (i < segments.length - 1) throw new Error(`The pattern ${pattern} goes on behind its *`);
      names.push('*');
      leaves = node.tail;
      return;
    }
    if (segment.startsWith(':')) {
      const name = segment.slice(1);
      if (name === '' || names.includes(name)) {
        throw new Error(`The pattern ${pattern} has a parameter without a name of its own`);
      }
      names.push(name);
      node.parameter ??= newBranch();
      node = node.parameter;
    } else {
      const literal = decodeURIComponent(segment);
      const next = node.literals.get(literal) ?? newBranch();
      node.literals.set(literal, next);
      node = next;
    }
    leaves = node.here;
  });
  const taken = leaves.get(method);
  if (taken) throw new Error(`${method} ${pattern} and ${taken.route.pattern} are the same route`);
  leaves.set(method, { route: row, names });
}

function newBranch(): Branch {
  return { literals: new Map(), parameter: undefined, here: new Map(), tail: new Map() };
}

function decode(segment: string): string {
  if (!segment.includes('%') && !OBS_TEXT.test(segment)) return segment;
  try {
    // One char per byte: raw UTF-8, where a connection lets it through, is decoded like its escaped form.
    return decodeURIComponent(segment.replace(OBS_TEXTS, (char) => `%${char.charCodeAt(0).toString(16)}`));
  } catch (cause) {
    throw new HttpError(400, 'The path has a percent-encoding that is no UTF-8', {
      section: 'RFC 3986 §2.1',
      cause,
    });
  }
}

const OBS_TEXT = /[\x80-\xff]/;
const OBS_TEXTS = /[\x80-\xff]/g;

/** What Allow says of routes with these methods. RFC 9110 §10.2.1. */
function allowed(methods: readonly string[]): string {
  const all = new Set(methods);
  all.delete('*');
  if (all.has('GET')) all.add('HEAD');
  all.add('OPTIONS');
  return [...all].sort().join(', ');
}

function options(allow: string): Response {
  return { status: 204, fields: [['Allow', allow]] };
}

const notFound: Handler = (request) =>
  errorResponse(404, 'There is nothing at this path', { section: 'RFC 9110 §15.5.5', request });
