import { expect, it } from 'vitest';
import { LOCAL_KEYS } from '../../../../renderer/views/actions/local-keys.ts';
import { ACTION_IDS, actionOf } from '../../../../renderer/views/actions/registry.ts';
import { listMove } from '../../../../renderer/views/traffic/list-keys.ts';

const ACTIONS = ACTION_IDS.map(actionOf);

it('no two actions have a key or a title in common', () => {
  const keys = ACTIONS.flatMap((action) => action.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(ACTIONS.map(({ title }) => title)).size).toBe(ACTIONS.length);
});

it('the keys of actions on chosen requests are those that the list obeys', () => {
  const plain = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  for (const { keys, local } of ACTIONS) {
    if (!local) continue;
    const [key = ''] = keys;
    const ctrlKey = key.startsWith('Ctrl ');
    const sign = key.split(' ').at(-1) ?? '';
    const pressed = { ...plain, ctrlKey, key: sign.length === 1 ? sign.toLowerCase() : sign };
    expect(listMove(pressed), key).toBeDefined();
  }
});

it('the sheet names no key of a part of the window twice', () => {
  for (const [part, lines] of LOCAL_KEYS) {
    expect(new Set(lines.map(([keys]) => keys)).size, part).toBe(lines.length);
  }
});
