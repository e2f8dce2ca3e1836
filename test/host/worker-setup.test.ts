import { describe, expect, it } from 'vitest';
import { forDevelopment, forProduction, parseCachePolicy } from '../../server-core/files/cache-policy.ts';
import { SITE_DEFAULTS } from '../../server-core/host/site-handler.ts';
import { settingsOf, workerSetup } from '../../server-core/host/worker-setup.ts';
import { DEFAULT_LIMITS } from '../../server-core/net/limits.ts';

const source = { kind: 'folder', root: '/srv' } as const;
const place = { host: '127.0.0.1', https: undefined, home: '/home', limits: DEFAULT_LIMITS };

describe('what a worker makes its handler from', () => {
  it('can be sent to it, and says all settings', () => {
    const settings = {
      ...SITE_DEFAULTS,
      spa: true,
      mediaTypes: { x: 'text/x' },
      fields: [['A', 'b']] as const,
      auth: { user: 'u', password: 'p' },
    };
    const setup = structuredClone(workerSetup(source, { ...settings, ...{ stray: () => {} } }, place));
    expect(settingsOf(setup)).toEqual(settings);
  });

  it.each([
    ['development', forDevelopment],
    ['production', forProduction],
  ])('knows the policy %s by its name', (_, cache) => {
    expect(settingsOf(workerSetup(source, { ...SITE_DEFAULTS, cache }, place)).cache).toBe(cache);
  });

  it.each(['off', '60'])('knows the policy %s by what it says', (text) => {
    const cache = parseCachePolicy(text)!;
    const there = settingsOf(structuredClone(workerSetup(source, { ...SITE_DEFAULTS, cache }, place))).cache;
    expect(there('a.css', 'text/css').value).toBe(cache('a.css', 'text/css').value);
  });
});
