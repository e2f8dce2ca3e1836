import { describe, expect, it } from 'vitest';
import { fieldMeaning, KNOWN_FIELDS } from '../../../../renderer/views/detail/field-meanings.ts';
import { TOKEN_MEANINGS } from '../../../../renderer/views/detail/token-meanings.ts';
import { SPAN_KINDS } from '../../../../server-core/wire/span.ts';

describe('field meanings', () => {
  it('finds a field in any case and invents nothing', () => {
    expect(fieldMeaning('eTaG')).toEqual({
      sentence: 'The name of this version.',
      section: 'RFC 9110 §8.8.3',
    });
    expect(fieldMeaning('X-Made-Up')).toBeUndefined();
    expect(fieldMeaning('constructor')).toBeUndefined();
  });

  it('has each field once', () => {
    const names = KNOWN_FIELDS.map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(80);
  });

  it.each(KNOWN_FIELDS)('%s has one sentence with its full stop or question mark, and a source', (name) => {
    const { sentence, section } = fieldMeaning(name)!;
    expect(sentence).toMatch(/[.?]$/);
    expect(sentence.length).toBeLessThanOrEqual(72);
    expect(section).not.toBe('');
  });
});

describe('token meanings', () => {
  it('has a meaning for every kind of span and no other', () => {
    expect(Object.keys(TOKEN_MEANINGS).sort()).toEqual([...SPAN_KINDS].sort());
  });
});
