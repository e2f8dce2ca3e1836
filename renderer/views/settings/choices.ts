/** What a person may switch of a server, and what each switch means, in one sentence. */
import type { ServerSettings } from '../../../server-core/capture/server-settings.ts';

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
