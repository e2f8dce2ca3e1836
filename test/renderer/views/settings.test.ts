import { describe, expect, it } from 'vitest';
import { configText, settingsFrom } from '../../../renderer/views/settings/config-file.ts';
import { otherDevice } from '../../../renderer/views/settings/other-device.ts';
import {
  DEFAULT_SERVER_SETTINGS,
  type ServerSettings,
} from '../../../server-core/capture/server-settings.ts';
import { parseCommand } from '../../../server-core/host/cli-options.ts';
import { serveDefaults } from '../../../server-core/host/engine-of.ts';
import { settingsOf } from '../../../server-core/host/site-choices.ts';
import { makeFolder } from '../../support/folder.ts';

const PLAIN = DEFAULT_SERVER_SETTINGS;
const OTHER: ServerSettings = {
  ...{ port: 3000, lan: true, https: true, live: true, spa: true, cleanUrls: true, listing: false },
  ...{ dotfiles: true, compress: false, cors: true, isolate: true, cache: '60', model: 'threads' },
  ...{
    auth: 'ann:secret',
    fields: 'X-A: 1\nX-B: 2',
    types: 'glb=model/gltf-binary',
    notFoundPage: 'oops.html',
  },
  ...{ workers: 3, headSeconds: 5, bodySeconds: 6, idleSeconds: 7, writeSeconds: 8, maxConnections: 9 },
};

describe('settings as a file', () => {
  it.each([
    ['plain ones', PLAIN],
    ['all others', OTHER],
  ])('come back as they were: %s', (_what, settings) => {
    expect(settingsFrom(configText(settings, '/srv/site'), OTHER)).toEqual(settings);
  });

  it.each([
    ['plain ones', PLAIN],
    ['all others', OTHER],
  ])('mean the same to wirescope --config: %s', (_what, settings) => {
    const folder = makeFolder({ 'wirescope.json': configText(settings, '/srv/site') });
    const command = parseCommand(['--config', `${folder.path}/wirescope.json`]);
    folder.remove();
    if (command.kind !== 'serve') throw new Error('It serves');
    expect(command.options.path).toBe('/srv/site');
    const source = { kind: 'folder', root: '/srv/site' } as const;
    expect(settingsOf({ ...serveDefaults(command.options), source, name: 'site' })).toEqual(settings);
  });

  it.each([
    ['no JSON', '{', 'That file is no JSON'],
    ['a list', '[]', 'That file holds no object with options'],
    ['an option that the window has not', '{"routes": "api.mjs"}', 'The window has no setting for "routes"'],
    ['a name that every object has', '{"constructor": true}', 'The window has no setting for "constructor"'],
    ['a port beyond all ports', '{"port": 70000}', 'A port is a whole number'],
    ['a switch that is a text', '{"spa": "yes"}', 'The setting `spa` is true or false'],
    ['a switch off that is a number', '{"no-listing": 1}', 'The setting `listing` is true or false'],
    ['a model that there is not', '{"model": "magic"}', 'The setting `model` is one of'],
    ['a deadline of nothing', '{"limit": {"idle": 0}}', 'The setting `idleSeconds` is a whole number from 1'],
    [
      'a limit that there is not',
      '{"limit": {"patience": 5}}',
      '"limit" takes head, body, idle, write, connections',
    ],
    ['headers that are a number', '{"field": 7}', 'The setting `fields` is a text'],
    ['a cache for sometimes', '{"cache": "sometimes"}', 'The setting `cache` is'],
  ])('are refused in one sentence: %s', (_what, text, sentence) => {
    expect(settingsFrom(text, PLAIN)).toContain(sentence);
  });
});

describe('who reached a server', () => {
  const urls = ['http://192.168.1.7:8080/', 'http://desk.local:8080/'];
  it.each([
    ['nobody', [], undefined],
    ['this computer, by its address', ['192.168.1.7', '::ffff:192.168.1.7'], undefined],
    ['a phone', ['192.168.1.7', '192.168.1.9'], '192.168.1.9'],
    ['a phone, seen through IPv6', ['::ffff:192.168.1.9'], '192.168.1.9'],
  ])('%s', (_what, visitors, device) => {
    expect(otherDevice(urls, visitors)).toBe(device);
  });
});
