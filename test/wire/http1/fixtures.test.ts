import { describe, expect, it } from 'vitest';
import { loadCases, type MarkdownCase } from '../markdown-cases.ts';
import { cutAt, drive, poisoned, type Run, whole } from './drive.ts';

const cases = loadCases(import.meta.dirname);

/** Long cases are cut at a sample of offsets, and always near both ends. */
function offsets(length: number): number[] {
  const all = Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1);
  if (length <= 1000) return all;
  const stride = Math.ceil(length / 50);
  return all.filter((offset) => offset < 50 || offset > length - 50 || offset % stride === 0);
}

function sameAs(run: Run, expected: Run): void {
  if (run.lines.join('\n') !== expected.lines.join('\n')) expect(run.lines).toEqual(expected.lines);
  if (run.transcript.content.join() !== expected.transcript.content.join()) {
    expect(run.transcript.content).toEqual(expected.transcript.content);
  }
}

function truncations(fixture: MarkdownCase, entire: Run): void {
  const { bytes } = fixture;
  for (const length of offsets(bytes.length)) {
    const run = drive(fixture, whole(bytes.subarray(0, length)), false);
    const lines = run.transcript.lines;
    // What was said is a beginning of what the whole says: no fault or message comes sooner for want of bytes.
    if (lines.join('\n') !== entire.transcript.lines.slice(0, lines.length).join('\n')) {
      expect(lines, `the first ${length} bytes`).toEqual(entire.transcript.lines.slice(0, lines.length));
    }
    run.parser.finish();
    const last = run.transcript.lines.at(-1) ?? '';
    if (last.startsWith('fault')) expect(run.parser.state).toBe('faulted');
    else expect(['closed', 'switched'], `after ${length} bytes and a close`).toContain(run.parser.state);
    expect(run.transcript.spanned, `after ${length} bytes and a close`).toBe(run.parser.offset);
  }
}

describe.each([...Map.groupBy(cases, (fixture) => fixture.file)])('%s', (_file, group) => {
  describe.each(group.map((fixture) => [`${fixture.name} (line ${fixture.line})`, fixture] as const))(
    '%s',
    (_name, fixture) => {
      const { bytes, close } = fixture;
      const entire = drive(fixture, whole(bytes), close);

      it('says what the document says', () => {
        expect(entire.lines).toEqual(fixture.events);
        const { content, contentSpanned } = entire.transcript;
        expect(content.slice(0, contentSpanned.length)).toEqual(contentSpanned);
        const unspanned = content.length - contentSpanned.length;
        expect(unspanned, 'content without a span is pending').toBe(entire.unfinishedContent);
      });

      it('says the same byte by byte', () => {
        sameAs(drive(fixture, cutAt(bytes, offsets(bytes.length)), close), entire);
      });

      it('says the same cut in two anywhere', () => {
        for (const offset of offsets(bytes.length)) {
          sameAs(drive(fixture, cutAt(bytes, [offset]), close), entire);
        }
      });

      it('looks at nothing beyond what it is given', () => {
        for (const poison of [0x0d, 0x0a, 0x20, 0x30, 0x61, 0x00]) {
          sameAs(drive(fixture, poisoned(whole(bytes), poison), close), entire);
          sameAs(drive(fixture, poisoned(cutAt(bytes, [bytes.length >> 1]), poison), close), entire);
        }
      });

      it('waits for more when truncated', () => {
        truncations(fixture, entire);
      });

      it('consumes nothing after a fault or a switch', () => {
        if (entire.state !== 'faulted' && entire.state !== 'switched') return;
        const { offset } = entire.parser;
        expect(entire.parser.push(Uint8Array.of(0x47, 0x0d, 0x0a))).toBe(0);
        expect(entire.parser.offset).toBe(offset);
        entire.parser.finish();
        expect(entire.transcript.faults).toBe(entire.state === 'faulted' ? 1 : 0);
      });
    },
  );
});
