import { describe, expect, it } from 'vitest';
import { parseEscapes, writeEscapes } from '../../../renderer/learn/escapes.ts';
import { SPECIMENS, specimenText } from '../../../renderer/learn/gallery.ts';
import { recordTape } from '../../../renderer/learn/tape.ts';
import { subject } from './subjects.ts';

describe.each(SPECIMENS.map((specimen) => [specimen.id, specimen] as const))(
  'the specimen %s',
  (_id, specimen) => {
    const text = specimenText(specimen, '127.0.0.1:8080');
    const { bytes, problem } = parseEscapes(text);

    it('is written so that it shows as it was typed', () => {
      expect(problem).toBeUndefined();
      expect(parseEscapes(writeEscapes(bytes)).bytes).toEqual(bytes);
    });

    it('is read as it says', () => {
      // Folders are served with the leniency for targets that were not encoded.
      const leniencies = { allowObsTextInTarget: true };
      const tape = recordTape(subject('', { bytes, leniencies, frames: 'agreed' }));
      expect(tape.fault?.value.code).toBe(specimen.fault);
      if (!specimen.fault)
        expect(tape.said.some(({ name }) => name === 'end')).toBe(specimen.id !== 'continue');
    });
  },
);

it('names and ids are used once', () => {
  expect(new Set(SPECIMENS.map(({ id }) => id)).size).toBe(SPECIMENS.length);
  expect(new Set(SPECIMENS.map(({ name }) => name)).size).toBe(SPECIMENS.length);
});
