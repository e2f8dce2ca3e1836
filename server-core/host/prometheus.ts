/** The text format that Prometheus scrapes, version 0.0.4. */

export type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [labels: Labels, value: number];

export interface Histogram {
  readonly labels: Labels;
  /** Upper bounds, rising. */
  readonly bounds: readonly number[];
  /** How many fell into each, and one more for those beyond the last; not summed up. */
  readonly counts: ArrayLike<number>;
  readonly sum: number;
}

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(([labels, value]) => `${name}${labelText(labels)} ${numberText(value)}\n`);
  return head(name, type, help) + lines.join('');
}

export function histogramFamily(name: string, help: string, histograms: readonly Histogram[]): string {
  let text = head(name, 'histogram', help);
  for (const { labels, bounds, counts, sum } of histograms) {
    let total = 0;
    // Buckets are cumulative, and the last is of everything.
    for (let i = 0; i <= bounds.length; i++) {
      total += counts[i] ?? 0;
      const le = i < bounds.length ? String(bounds[i]) : '+Inf';
      text += `${name}_bucket${labelText({ ...labels, le })} ${total}\n`;
    }
    text += `${name}_sum${labelText(labels)} ${numberText(sum)}\n`;
    text += `${name}_count${labelText(labels)} ${total}\n`;
  }
  return text;
}

function head(name: string, type: string, help: string): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
