/** The public API of server-core: everything else is its own business. */

export type { ServerState } from './capture/events.ts';
export type { ServeReply } from './capture/feed-messages.ts';
export { portTransport } from './capture/port-transport.ts';
export type { Transport } from './capture/transport.ts';
export { Engine, type EngineOptions, SERVE_DEFAULTS, type ServeDefaults } from './host/engine.ts';
export { PathProblem } from './host/served-path.ts';
export { VERSION } from './host/version.ts';
