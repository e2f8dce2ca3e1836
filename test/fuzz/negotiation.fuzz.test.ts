import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseCoding, MADE_FORMS } from '../../server-core/files/coding-choice.ts';
import { acceptedCodings } from '../../server-core/http/coding/accept-encoding.ts';
import { fuzz } from './fuzz.ts';

/** RFC 9110 §12.5.3 by hand: weights of the members that can be read, the first of a name counting. */
function weightsOf(value: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const member of value.split(',')) {
    const [name, weight, ...more] = member.split(';').map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''));
    if (more.length > 0 || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name!)) continue;
    let q = 1;
    if (weight !== undefined) {
      if (!/^[qQ]=/.test(weight)) continue;
      const digits = weight.slice(2);
      if (!/^[01](\.[0-9]{0,3})?$/.test(digits) || Number(digits) > 1) continue;
      q = Number(digits);
    }
    const coding = name!.toLowerCase().replace(/^x-gzip$/, 'gzip');
    if (!weights.has(coding)) weights.set(coding, q);
  }
  return weights;
}

/** What goes out, tried one by one: the highest weight, and of equals the earlier in our order, as is the last. */
function chosenBy(weights: Map<string, number>): string {
  const weight = (coding: string) => weights.get(coding) ?? weights.get('*');
  const identity = weight('identity');
  const usable = MADE_FORMS.map(({ coding }) => coding).filter((coding) => (weight(coding) ?? 0) > 0);
  const best = usable.toSorted((a, b) => weight(b)! - weight(a)!)[0];
  if (best !== undefined && weight(best)! >= (identity ?? 0)) return best;
  return identity === 0 ? 'refused' : 'identity';
}

const coding = fc.constantFrom(
  'gzip',
  'GZIP',
  'x-gzip',
  'br',
  'zstd',
  'deflate',
  'identity',
  '*',
  'x',
  '',
  'a b',
  'gz\xefp',
);
const weight = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 6, arbitrary: fc.nat(1000).map((n) => `;q=${n / 1000}`) },
  fc.constantFrom(
    ';q=0',
    ';q=0.',
    ';q=0.000',
    ';q=1',
    ';q=1.',
    ';q=1.000',
    ';q=1.001',
    ';q=2',
    ';q=-1',
    ';q=',
    ';q=.5',
    ';Q=0.5',
  ),
  fc.constantFrom(
    ' ; q=0.3',
    '\t;\tq=0.3',
    ';q =0.3',
    ';q= 0.3',
    ';q=0.3;x',
    ';x=1',
    ';',
    ';q=0.3333',
    ';q=1e0',
    ';q=0.5\xa0',
  ),
);
const member = fc
  .tuple(fc.constantFrom('', ' ', '\t', '\xa0'), coding, weight, fc.constantFrom('', ' '))
  .map((parts) => parts.join(''));
const value = fc.array(member, { maxLength: 5 }).map((members) => members.join(','));

fuzz('Accept-Encoding against a model', [value], (text) => {
  const accepted = acceptedCodings(text);
  const weights = weightsOf(text);
  for (const name of ['br', 'gzip', 'zstd'] as const) {
    assert.equal(accepted.codings[name], weights.get(name) ?? weights.get('*') ?? 0, name);
  }
  const choice = chooseCoding(accepted, MADE_FORMS, false);
  assert.equal(typeof choice === 'string' ? choice : choice.coding, chosenBy(weights));
});
