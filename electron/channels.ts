/** Every channel between the processes of the desktop, once. Names and payload types only. */

export const CHANNEL = {
  /** page → main, send: a nonce; main answers on `port` with one end of a fresh MessagePort pair. */
  connect: 'engine:connect',
  /** main → page, postMessage with one port: the nonce of the request. */
  port: 'engine:port',
  /** page → main, invoke: lets the person choose folders; their paths. */
  chooseFolders: 'folders:choose',
  /** page → main, invoke: lets the person choose a capture file to open; its path, or undefined. */
  chooseCapture: 'capture:choose',
  /** page → main, invoke: lets the person choose where to save a capture; a path, or undefined. */
  chooseSavePath: 'capture:save-path',
  /** page → main, invoke: the absolute path of a served file, to be shown in the system's file manager. */
  reveal: 'file:reveal',
  /** page → main, invoke: what happened to the page before it, if it ended by itself; told once. */
  lastCrash: 'crash:last',
  /** page → main, invoke: puts versions and the end of the log on the clipboard. */
  copyReport: 'report:copy',
  /** main → page: a menu command. */
  command: 'menu:command',
} as const;

export type MenuCommand =
  | 'choose-folder'
  | 'open-capture'
  | 'save-capture'
  | 'export-capture'
  | 'settings'
  | 'toggle-theme'
  | 'toggle-pause'
  | 'show-keys'
  | 'clear';

/** What the preload puts on `window.wirescope`. Absent in the browser host. */
export interface DesktopBridge {
  readonly platform: string;
  /** Asks main for a port; it arrives as a window message `{ wirescope: 'port', nonce }` with the port. */
  connect(nonce: string): void;
  /** The path of a dropped file or folder; '' when it has none. Call it within the drop event. */
  pathForFile(file: File): string;
  /** Paths; none when the person thinks better of it. */
  chooseFolders(): Promise<readonly string[]>;
  /** The path of a capture file to open. */
  chooseCapture(): Promise<string | undefined>;
  /** The path of a file to write. */
  chooseSavePath(ending: string): Promise<string | undefined>;
  /** Shows a served file in the system's file manager; rejects for any other path. */
  reveal(path: string): Promise<void>;
  /** One sentence on the page before this one, if it ended by itself; told once. */
  lastCrash(): Promise<string | undefined>;
  /** Puts versions and the end of the log on the clipboard. */
  copyReport(): Promise<void>;
  /** Returns a function that ends the subscription. */
  onCommand(listener: (command: MenuCommand) => void): () => void;
}

/** What is switched for a server, by name. The process that serves wrote it, and checks it when it gets it back. */
export type Switches = Readonly<Record<string, string | number | boolean>>;

/** A server that was there before: what it serves, how, and whether it did or was switched off. */
export interface Remembered {
  /** A folder, by its real path, or a URL. */
  readonly what: string;
  readonly switches: Switches;
  readonly serves: boolean;
}

/** One of the things that are served or open. */
export interface ServedSource {
  /** A folder, a URL or a capture file. */
  readonly what: string;
  /** Undefined for a capture. */
  readonly server?: {
    readonly name: string;
    readonly url: string;
    readonly status: string;
    readonly problem?: string;
    readonly switches: Switches;
  };
}

/** main → the process that serves. */
export type ToServer =
  /** Comes with one port: a page that wants to watch. */
  | { readonly t: 'client' }
  /**
   * An absolute path or a URL; with options of the command for it alone. Answered with `done`, and before that with
   * `warning` where few people mean to share it and the person is not `sure`.
   */
  | { readonly t: 'serve'; readonly path: string; readonly args?: readonly string[]; readonly sure?: boolean }
  /** One that was there before: in an earlier run of the app, or else in a process that ended. Answered with `done`. */
  | { readonly t: 'restore'; readonly server: Remembered; readonly earlier: boolean }
  /** Finish what is in flight and exit. */
  | { readonly t: 'shutdown' };

/** The process that serves → main. */
export type FromServer =
  /** Open one of the server's own addresses in the person's browser. */
  | { readonly t: 'open'; readonly url: string }
  /** All that is there now: what to begin with again, should this process end by itself. */
  | { readonly t: 'sources'; readonly sources: readonly ServedSource[] }
  /** The options of the command line make no sense; one sentence. */
  | { readonly t: 'usage'; readonly text: string }
  /** A path that main handed over is served, or cannot be. */
  | { readonly t: 'done'; readonly path: string }
  /** A path that main handed over is not served yet: why few people mean to, in one sentence. */
  | { readonly t: 'warning'; readonly path: string; readonly text: string }
  /** A path that main handed over cannot be served; one sentence for people. */
  | { readonly t: 'problem'; readonly text: string };
