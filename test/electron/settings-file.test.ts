import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppLog } from '../../electron/app-log.ts';
import { SettingsFile } from '../../electron/settings-file.ts';
import { makeFolder } from '../support/folder.ts';

let folder: ReturnType<typeof makeFolder>;
let file: string;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder.path, 'deep', 'settings.json');
});
afterEach(() => {
  vi.restoreAllMocks();
  folder.remove();
});

const SERVER = { what: '/srv/site', switches: { port: 8080, spa: true, cache: 'off' }, serves: false };

describe('the settings of the app', () => {
  it('are none at first, and are there again', () => {
    const settings = new SettingsFile(file);
    expect(settings.current).toEqual({ servers: [] });
    settings.update({ servers: [SERVER] });
    settings.update({ lastFolder: '/srv' });
    expect(new SettingsFile(file).current).toEqual({ servers: [SERVER], lastFolder: '/srv' });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('are not written when nothing is another', () => {
    new SettingsFile(file).update({ servers: [SERVER] });
    const settings = new SettingsFile(file);
    writeFileSync(file, 'seen');
    settings.update({ servers: [SERVER] });
    expect(readFileSync(file, 'utf8')).toBe('seen');
  });

  it.each([
    ['half a file', '{"servers": ['],
    ['another shape', '{"servers": [{"what": 7}]}'],
    ['switches that are no values', '{"servers": [{"what": "/a", "switches": {"a": {}}, "serves": true}]}'],
  ])('that cannot be understood are put aside: %s', (_what, text) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    new SettingsFile(file).update({});
    writeFileSync(file, text);
    expect(new SettingsFile(file).current).toEqual({ servers: [] });
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
    expect(said.mock.calls.flat().join()).toContain(`${file} cannot be understood`);
  });

  it('that cannot be saved do not stop the app', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    writeFileSync(join(folder.path, 'deep'), 'a file in the place of the folder');
    const settings = new SettingsFile(file);
    settings.update({ lastFolder: '/srv' });
    expect(settings.current.lastFolder).toBe('/srv');
    expect(said.mock.calls.flat().join()).toContain('The settings are not saved');
  });
});

describe('the log of the app', () => {
  it('has a line for each thing, with its time', () => {
    const log = new AppLog(join(folder.path, 'logs'));
    log.write('one\nthing');
    log.write('another');
    const text = readFileSync(join(log.folder, 'wirescope.log'), 'utf8');
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z one thing\n\d{4}-\d\d-\d\dT[\d:.]+Z another\n$/);
  });

  it('begins again when it is long, and keeps the one before', () => {
    const log = new AppLog(folder.path);
    writeFileSync(join(folder.path, 'wirescope.log'), 'x'.repeat(1024 * 1024 + 1));
    log.write('anew');
    expect(readFileSync(join(folder.path, 'wirescope.log'), 'utf8')).toMatch(/^\S+ anew\n$/);
    expect(statSync(join(folder.path, 'wirescope.log.old')).size).toBe(1024 * 1024 + 1);
  });
});
