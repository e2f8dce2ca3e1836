import { describe, expect, it } from 'vitest';
import { FIRST_SETTINGS, readSettings } from '../../../../renderer/views/compose/composing.ts';
import { bounded, parseHistory, type Sent } from '../../../../renderer/views/compose/history.ts';

const sent = (text: string, at = 1): Sent => ({
  draft: { mode: 'text', text },
  settings: FIRST_SETTINGS,
  at,
  answer: 'HTTP/1.1 200 OK',
});

describe('what was sent before', () => {
  it('comes back as it was stored', () => {
    const history = [sent('a'), sent('b')];
    expect(parseHistory(JSON.stringify(history))).toEqual(history);
  });

  it.each([null, 'no json', '7', '{}', '[1, null, {}]', JSON.stringify([{ ...sent('a'), at: 'noon' }])])(
    '%j is none',
    (text) => expect(parseHistory(text)).toEqual([]),
  );

  it('settings of another version are left out with their entry', () => {
    const { pauseMs, ...fewer } = FIRST_SETTINGS;
    expect(pauseMs).toBe(0);
    expect(readSettings(fewer)).toBeUndefined();
    expect(readSettings({ ...FIRST_SETTINGS, cut: 'halves' })).toBeUndefined();
    expect(readSettings({ ...FIRST_SETTINGS })).toEqual(FIRST_SETTINGS);
  });

  it('is bounded in number and in size', () => {
    expect(bounded(Array.from({ length: 100 }, (_, n) => sent(String(n))))).toHaveLength(40);
    expect(bounded([sent('x'.repeat(150_000)), sent('y'.repeat(60_000))])).toHaveLength(1);
  });
});
