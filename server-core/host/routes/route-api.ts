/** What a module of the user is given, so that its folder needs no packages. The names are those of index.ts. */
import { receiveUploads } from '../../files/uploads.ts';
import { readFormData } from '../../http/body/form-data.ts';
import { readJson } from '../../http/body/json.ts';
import { readUrlencoded } from '../../http/body/urlencoded.ts';
import { byteSource } from '../../http/byte-source.ts';
import { compose } from '../../http/compose.ts';
import { htmlResponse, jsonResponse, textResponse } from '../../http/content-response.ts';
import { HttpError } from '../../http/errors.ts';
import { eventStream } from '../../http/event-stream.ts';
import { basicAuth } from '../../http/middleware/basic-auth.ts';
import { cacheControl } from '../../http/middleware/cache-control.ts';
import { compression } from '../../http/middleware/compression.ts';
import { cors } from '../../http/middleware/cors.ts';
import { requestId } from '../../http/middleware/request-id.ts';
import { securityFields } from '../../http/middleware/security-fields.ts';
import { setFields } from '../../http/middleware/set-fields.ts';
import { timeout } from '../../http/middleware/timeout.ts';
import type { Handler } from '../../http/response.ts';
import { type Route, route, router } from '../../http/router.ts';
import { proxy } from '../../net/proxy/proxy.ts';
import { webSocketResponse } from '../../net/web-socket.ts';

/** `files` answers with what lies in the folder; `signal` is aborted when the module is replaced or the site ends. */
export function routeApi(files: Handler, signal: AbortSignal) {
  return {
    route,
    /** What it has no route for goes to the files. */
    router: (routes: readonly Route[], otherwise: Handler = files) => router(routes, otherwise),
    compose,
    files,
    signal,
    textResponse,
    htmlResponse,
    jsonResponse,
    byteSource,
    eventStream,
    webSocketResponse,
    proxy,
    HttpError,
    readJson,
    readUrlencoded,
    readFormData,
    receiveUploads,
    basicAuth,
    cacheControl,
    compression,
    cors,
    requestId,
    securityFields,
    setFields,
    timeout,
  } as const;
}

export type RouteApi = ReturnType<typeof routeApi>;
