/** What a person may switch of a server, and what each switch means, in one sentence. */
import type { NumberSetting, ServerSettings } from '../../../server-core/capture/server-settings.ts';

/** The settings that are on or off. */
export type SwitchName = {
  [Name in keyof ServerSettings]: ServerSettings[Name] extends boolean ? Name : never;
}[keyof ServerSettings];

export interface Choice {
  readonly name: SwitchName;
  readonly label: string;
  readonly sentence: string;
  /** Of the files of a folder: another server answers with its own. */
  readonly ofFolders?: true;
}

export const HTTPS: Choice = {
  name: 'https',
  label: 'HTTPS',
  sentence: 'Encrypted; browsers warn until they trust the authority of this machine.',
};

export const LAN: Choice = {
  name: 'lan',
  label: 'Local network',
  sentence: 'Phones and other computers on the same network can open it, too.',
};

export const ANSWERS: readonly Choice[] = [
  {
    name: 'live',
    label: 'Live reload',
    sentence: 'Pages reload when their files change; styles are swapped in place.',
    ofFolders: true,
  },
  {
    name: 'spa',
    label: 'Single-page app',
    sentence: 'A visit to a path without a file is answered with index.html.',
    ofFolders: true,
  },
  {
    name: 'cleanUrls',
    label: 'Clean URLs',
    sentence: '/about is answered with about.html.',
    ofFolders: true,
  },
  {
    name: 'listing',
    label: 'Folder pages',
    sentence: 'A folder without an index page is answered with a list of what is in it.',
    ofFolders: true,
  },
  {
    name: 'dotfiles',
    label: 'Dot-files',
    sentence: 'Names that begin with a dot are served and listed, .env and .git among them.',
    ofFolders: true,
  },
  {
    name: 'compress',
    label: 'Compression',
    sentence: 'What shrinks is sent compressed to clients that can read it.',
    ofFolders: true,
  },
  {
    name: 'cors',
    label: 'CORS',
    sentence: 'Pages of every other origin may read the answers.',
  },
  {
    name: 'isolate',
    label: 'Isolation',
    sentence: 'COOP and COEP, for SharedArrayBuffer and threads of WebAssembly.',
  },
];

/** How long browsers may keep files, beside a number of seconds. */
export const CACHES = [
  {
    value: 'development',
    label: 'Development',
    sentence: 'Browsers ask each time, and an unchanged file costs them a 304.',
  },
  {
    value: 'production',
    label: 'Production',
    sentence: 'Files with a hash in their name are kept for a year, others for an hour.',
  },
  { value: 'off', label: 'Off', sentence: 'Browsers keep nothing.' },
] as const;

export const SECONDS = 'Browsers keep every file for this many seconds without asking.';

/** What is typed in words. */
export const TEXTS: readonly Typed[] = [
  {
    name: 'auth',
    label: 'Password',
    sentence: 'Asked of everyone; nobody is asked while this is empty.',
    example: 'user:password',
  },
  {
    name: 'fields',
    label: 'Headers',
    sentence: 'Sent with every file, a line each.',
    example: 'X-Robots-Tag: none',
    lines: true,
    ofFolders: true,
  },
  {
    name: 'types',
    label: 'Media types',
    sentence: 'By the end of a name, a line each.',
    example: 'glb=model/gltf-binary',
    lines: true,
    ofFolders: true,
  },
  {
    name: 'notFoundPage',
    label: 'Page for 404',
    sentence: 'A file below the folder.',
    example: '404.html',
    ofFolders: true,
  },
];

export interface Typed {
  readonly name: 'auth' | 'fields' | 'types' | 'notFoundPage';
  readonly label: string;
  readonly sentence: string;
  readonly example: string;
  /** Several of them, a line each. */
  readonly lines?: true;
  readonly ofFolders?: true;
}

export const LIMITS: readonly Limit[] = [
  {
    name: 'workers',
    label: 'Workers',
    sentence: 'Processes or threads of the model; 0 is as it sees fit.',
    explained: 'workers',
  },
  { name: 'headSeconds', label: 'Wait for a head', sentence: 'seconds, then 408.' },
  { name: 'bodySeconds', label: 'Wait for content', sentence: 'seconds without any, then 408.' },
  { name: 'idleSeconds', label: 'Keep alive', sentence: 'seconds until the next request, then it closes.' },
  {
    name: 'writeSeconds',
    label: 'Wait for a reader',
    sentence: 'seconds that it takes nothing, then it is cut off.',
  },
  { name: 'maxConnections', label: 'Connections', sentence: 'open at once at most.' },
];

interface Limit {
  readonly name: NumberSetting;
  readonly label: string;
  readonly sentence: string;
  readonly explained?: 'workers';
}
