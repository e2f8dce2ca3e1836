import { describe, expect, it } from 'vitest';
import { userFolder } from '../../../server-core/host/authority/user-folder.ts';

describe('the folder of what is its user’s', () => {
  it.each([
    [{}, 'linux', '/home/ada', '/home/ada/.local/share/wirescope'],
    [{ XDG_DATA_HOME: '/data' }, 'linux', '/home/ada', '/data/wirescope'],
    [{ XDG_DATA_HOME: 'data' }, 'linux', '/home/ada', '/home/ada/.local/share/wirescope'],
    [{}, 'darwin', '/Users/ada', '/Users/ada/Library/Application Support/Wirescope'],
    [{ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\Users\\ada', 'C:\\Local\\Wirescope'],
    [{}, 'win32', 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\Wirescope'],
    [{ WIRESCOPE_HOME: '/elsewhere', XDG_DATA_HOME: '/data' }, 'linux', '/home/ada', '/elsewhere'],
  ] as const)('%j on %s', (env, platform, home, folder) => {
    expect(userFolder(env, platform, home)).toBe(folder);
  });
});
