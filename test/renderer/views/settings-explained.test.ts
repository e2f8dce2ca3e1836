/** What the settings say of themselves, asked of a real server: the same request without the setting and with it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANSWERS, HTTPS, LAN, LIMITS, TEXTS } from '../../../renderer/views/settings/choices.ts';
import { EXPLANATIONS, type Explanation, HOST } from '../../../renderer/views/settings/explanations.ts';
import {
  DEFAULT_SERVER_SETTINGS,
  SETTING_BOUNDS,
  type ServerSettings,
} from '../../../server-core/capture/server-settings.ts';
import { Engine } from '../../../server-core/host/engine.ts';
import { makeFolder } from '../../support/folder.ts';

const EXAMPLES = Object.entries(EXPLANATIONS as Readonly<Record<string, Explanation>>).flatMap(
  ([name, { wire }]) => (wire ? [[name, wire] as const] : []),
);

let folder: ReturnType<typeof makeFolder>;
let engine: Engine;

beforeEach(() => {
  folder = makeFolder({
    'site/index.html': '<title>home</title>',
    'site/about.html': '<title>about</title>',
    'site/oops.html': '<title>oops</title>',
    'site/app.js': `${'// one line of a script, many times\n'.repeat(120)}`.padEnd(4096).slice(0, 4096),
    'site/data.json': '{}',
    'site/page.tpl': '<title>template</title>',
    'site/.env': 'KEY=1',
    'site/notes/one.txt': 'one',
  });
  engine = new Engine(
    { host: 'browser', tour: folder.path, home: `${folder.path}/home`, openUrl: () => {} },
    { port: 0 },
  );
});
afterEach(async () => {
  await engine.stop();
  folder.remove();
});

/** All that a server with these settings answers. */
async function answered(settings: ServerSettings, request: readonly string[]): Promise<string> {
  const { port } = await engine.restore(`${folder.path}/site`, { ...settings, port: 0 }, true);
  const socket = connect(port, '127.0.0.1');
  socket.end(`${[...request, `Host: localhost:${port}`, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1').replaceAll(`localhost:${port}`, HOST);
}

describe('what a setting says of the wire', () => {
  it.each(EXAMPLES)('%s: is so before', async (_name, { request, before, after }) => {
    const answer = await answered(DEFAULT_SERVER_SETTINGS, request);
    for (const line of before) expect(answer).toContain(line);
    for (const line of after.filter((each) => !before.includes(each))) expect(answer).not.toContain(line);
  });

  it.each(EXAMPLES)('%s: is so after', async (_name, { request, change, after }) => {
    const answer = await answered({ ...DEFAULT_SERVER_SETTINGS, ...change }, request);
    for (const line of after) expect(answer).toContain(line);
  });
});

describe('every setting', () => {
  it('can be changed in the window, and says what it is for', () => {
    const shown = [...ANSWERS, HTTPS, LAN, ...TEXTS, ...LIMITS].map(({ name }) => name as string);
    expect([...shown, 'port', 'cache', 'model'].sort()).toEqual(Object.keys(DEFAULT_SERVER_SETTINGS).sort());
    for (const name of shown.filter((each) => !/Seconds$|^maxConnections$/.test(each))) {
      expect((EXPLANATIONS as Record<string, Explanation>)[name]?.paragraph, name).toMatch(/\.$/);
    }
  });

  it('has bounds that its default keeps', () => {
    for (const [name, [least, most]] of Object.entries(SETTING_BOUNDS)) {
      const value = DEFAULT_SERVER_SETTINGS[name as keyof typeof SETTING_BOUNDS];
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  });
});
