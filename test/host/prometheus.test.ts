import { describe, expect, it } from 'vitest';
import { family, histogramFamily } from '../../server-core/host/prometheus.ts';

describe('the text that Prometheus scrapes', () => {
  it('names each family once, with its help and type', () => {
    const text = family('things_total', 'counter', 'Things done.', [
      [{ server: '1' }, 3],
      [{ server: '2' }, 0],
    ]);
    expect(text).toBe(
      '# HELP things_total Things done.\n# TYPE things_total counter\n' +
        'things_total{server="1"} 3\nthings_total{server="2"} 0\n',
    );
  });

  it('has no braces where there are no labels', () => {
    expect(family('up', 'gauge', 'Up.', [[{}, 1]])).toContain('\nup 1\n');
  });

  it.each([
    ['a "quoted" name', 'a \\"quoted\\" name'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines', 'two\\nlines'],
    ['größe', 'größe'],
  ])('escapes the label %j', (value, written) => {
    expect(family('up', 'gauge', 'Up.', [[{ name: value }, 1]])).toContain(`up{name="${written}"} 1\n`);
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [0.000_000_1, '1e-7'],
  ])('writes %d as %s', (value, written) => {
    expect(family('up', 'gauge', 'Up.', [[{}, value]])).toContain(`\nup ${written}\n`);
  });

  it('sums the buckets of a histogram up, to all that was seen', () => {
    const text = histogramFamily('wait_seconds', 'Waits.', [
      { labels: { server: '1' }, bounds: [0.1, 1], counts: [2, 3, 4], sum: 12.5 },
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      'wait_seconds_bucket{server="1",le="0.1"} 2',
      'wait_seconds_bucket{server="1",le="1"} 5',
      'wait_seconds_bucket{server="1",le="+Inf"} 9',
      'wait_seconds_sum{server="1"} 12.5',
      'wait_seconds_count{server="1"} 9',
      '',
    ]);
  });
});
