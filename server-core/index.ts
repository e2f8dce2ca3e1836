/** The public API of server-core: everything else is its own business. */
export type { ServerState } from './capture/events.ts';
export type { ServeReply } from './capture/feed-messages.ts';
export { portTransport } from './capture/port-transport.ts';
export {
  checkServerSettings,
  DEFAULT_SERVER_SETTINGS,
  type ServerSettings,
} from './capture/server-settings.ts';
export type { Transport } from './capture/transport.ts';
export { staticFiles } from './files/static.ts';
export type { StaticOptions } from './files/static-options.ts';
export {
  receiveUploads,
  type UploadedFile,
  type UploadForm,
  type UploadOptions,
} from './files/uploads.ts';
export { type CliOptions, parseCommand } from './host/cli-options.ts';
export { UsageError } from './host/cli-values.ts';
export { Engine, type EngineOptions, type ServedSource } from './host/engine.ts';
export { engineOf, serveDefaults } from './host/engine-of.ts';
export { isCapturePath } from './host/opened-captures.ts';
export { isUrl, PathProblem } from './host/served-path.ts';
export { SERVE_DEFAULTS, type ServeDefaults } from './host/site-options.ts';
export { VERSION } from './host/version.ts';
export { type FileSink, type MultipartForm, readFormData } from './http/body/form-data.ts';
export { readJson } from './http/body/json.ts';
export { readUrlencoded } from './http/body/urlencoded.ts';
export { byteSource, watchedSource } from './http/byte-source.ts';
export { compose, type Middleware } from './http/compose.ts';
export { htmlResponse, jsonResponse, textResponse } from './http/content-response.ts';
export { HttpError } from './http/errors.ts';
export { eventStream, type ServerSentEvent } from './http/event-stream.ts';
export { accessLog } from './http/middleware/access-log.ts';
export { basicAuth } from './http/middleware/basic-auth.ts';
export { cacheControl } from './http/middleware/cache-control.ts';
export { compression } from './http/middleware/compression.ts';
export { cors } from './http/middleware/cors.ts';
export { hostGuard } from './http/middleware/host-guard.ts';
export { isolation } from './http/middleware/isolation.ts';
export { giveRequestId, requestId } from './http/middleware/request-id.ts';
export { securityFields } from './http/middleware/security-fields.ts';
export { setFields } from './http/middleware/set-fields.ts';
export { timeout } from './http/middleware/timeout.ts';
export type { Request } from './http/request.ts';
export type { ByteSource, FieldPair, Handler, Response } from './http/response.ts';
export { route, router } from './http/router.ts';
export { proxy } from './net/proxy/proxy.ts';
export { type WebSocketOptions, webSocketResponse } from './net/web-socket.ts';
export type { WebSocketSession } from './net/web-socket-session.ts';
