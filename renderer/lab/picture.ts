/** The results as one drawing that stands by itself: SVG 1.1 without style sheets, for a slide or a report. */
import type { LabPlan } from '../../server-core/capture/lab-call.ts';
import { labScenario } from '../../server-core/capture/lab-scenarios.ts';
import type { ModelName } from '../../server-core/capture/model-names.ts';
import { formatBytes, formatDuration, spell } from '../geometry/quantities.ts';
import { listed } from './csv.ts';
import { doneTimes, durations, logScale, logTicks, onLogScale, stepPath } from './curves.ts';
import type { GroupResult, ModelResult } from './group-result.ts';
import { lanePaths } from './lanes.ts';

/** Colours as CSS writes them. */
export interface PictureInk {
  readonly ground: string;
  readonly well: string;
  readonly line: string;
  readonly ink: string;
  readonly dim: string;
  readonly waited: string;
  readonly started: string;
  readonly served: string;
  readonly failed: string;
  lineOf(model: ModelName): { readonly stroke: string; readonly dash: string };
}

const WIDTH = 1280;
const MARGIN = 24;
const GUTTER = 148;
const GAP = 16;
const LANES = 104;
const ROW = 18;
const CURVE = 180;
/** About what a letter takes: which font a reader has is not known. */
const GLYPH = 6.5;
const SWATCH = 18;
/** Letters that stand over a column. */
const LONGEST = 28;

type Row = readonly [name: string, values: readonly string[]];

/** @param group the one whose curves are drawn */
export function labPicture(
  plan: LabPlan,
  results: readonly ModelResult[],
  group: number,
  ink: PictureInk,
): string {
  const sheet = new Sheet(results.length, ink);
  sheet.y = MARGIN + 16;
  sheet.say(MARGIN, labScenario(plan.scenario).name, ink.ink, 'font-size="18" font-weight="600"');
  sheet.y += 22;
  sheet.say(MARGIN, parameterWords(plan), ink.dim);
  addKey(sheet, ink);
  sheet.y += 32;
  for (const [n, { run }] of results.entries()) sheet.say(sheet.left(n), run.model, ink.ink, BOLD);
  if (results.some(({ run }) => run.problem !== undefined)) {
    sheet.y += 16;
    for (const [n, { run }] of results.entries())
      sheet.say(sheet.left(n), shortened(run.problem), ink.failed);
  }
  sheet.y += 12;
  for (const [g, { name }] of (results[0]?.groups ?? []).entries()) {
    addGroup(
      sheet,
      name,
      results.map(({ groups }) => groups[g]!),
      ink,
    );
  }
  for (const row of serverRows(results)) sheet.row(row);
  sheet.y += 36;
  addCurves(sheet, results, group, ink);
  sheet.y += MARGIN;
  return sheet.text();
}

const BOLD = 'font-weight="600"';
/** Half of the figure at a tick. */
const EDGE = 24;

/** What the lanes are drawn in, at the right end of the line of `y`. */
function addKey(sheet: Sheet, ink: PictureInk): void {
  const inks = [
    ['waited', ink.waited],
    ['its process was started', ink.started],
    ['served', ink.served],
    ['not answered', ink.failed],
  ] as const;
  const widths = inks.map(([words]) => SWATCH + words.length * GLYPH + GAP);
  let x = WIDTH - MARGIN + GAP - widths.reduce((sum, width) => sum + width, 0);
  for (const [n, [words, fill]] of inks.entries()) {
    sheet.add(`<rect x="${x}" y="${sheet.y - 8}" width="12" height="8" fill="${fill}"/>`);
    sheet.say(x + SWATCH, words, ink.dim);
    x += widths[n]!;
  }
}

/** What is drawn so far, from the top downwards, with a column for each model. */
class Sheet {
  y = 0;
  readonly column: number;
  readonly #ink: PictureInk;
  readonly #parts: string[] = [];

  constructor(columns: number, ink: PictureInk) {
    this.column = (WIDTH - 2 * MARGIN - GUTTER) / Math.max(1, columns);
    this.#ink = ink;
  }

  left(n: number): number {
    return MARGIN + GUTTER + n * this.column;
  }

  add(part: string): void {
    this.#parts.push(part);
  }

  /** On the line of `y`. */
  say(x: number, words: string, fill: string, rest = ''): void {
    this.add(`<text x="${x}" y="${this.y}" fill="${fill}" ${rest}>${escaped(words)}</text>`);
  }

  row([name, values]: Row): void {
    this.y += ROW;
    this.say(MARGIN, name, this.#ink.dim);
    for (const [n, value] of values.entries()) this.#atRight(n, value);
  }

  heading(name: string, values: readonly string[]): void {
    this.y += ROW;
    this.say(MARGIN, name, this.#ink.ink, BOLD);
    for (const [n, value] of values.entries()) this.#atRight(n, value, BOLD);
  }

  text(): string {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${this.y}" viewBox="0 0 ${WIDTH} ${this.y}"`,
      ' font-family="Inter, system-ui, sans-serif" font-size="12">',
      `<rect width="100%" height="100%" fill="${this.#ink.ground}"/>`,
      ...this.#parts,
      '</svg>\n',
    ].join('');
  }

  #atRight(n: number, words: string, rest = ''): void {
    const x = this.left(n) + this.column - GAP;
    this.say(x, words, this.#ink.ink, `text-anchor="end" ${rest}`);
  }
}

function addGroup(sheet: Sheet, name: string, of: readonly GroupResult[], ink: PictureInk): void {
  const widest = Math.max(1, ...of.map(({ wallMicros }) => wallMicros));
  sheet.heading(
    name,
    of.map(({ wallMicros }) => time(wallMicros)),
  );
  sheet.y += 6;
  for (const [n, result] of of.entries()) {
    const drawn = lanes(result, sheet.column - GAP, widest, ink);
    sheet.add(`<g transform="translate(${sheet.left(n)} ${sheet.y})">${drawn}</g>`);
  }
  sheet.y += LANES + 8;
  for (const row of figureRows(of)) sheet.row(row);
  sheet.y += 20;
}

function addCurves(sheet: Sheet, results: readonly ModelResult[], group: number, ink: PictureInk): void {
  const half = (WIDTH - 2 * MARGIN - GAP) / 2;
  const name = results[0]?.groups[group]?.name.toLowerCase() ?? '';
  const add = (x: number, title: string, counted: boolean, times: typeof doneTimes) => {
    sheet.say(x, `${title}: ${name}`, ink.ink, BOLD);
    const curves = results.map(({ run, groups }) => [run.model, times(groups[group]!)] as const);
    const drawn = curvesOf(curves, counted, half, ink);
    sheet.add(`<g transform="translate(${x} ${sheet.y + 10})">${drawn}</g>`);
  };
  add(MARGIN, 'Completed over time', true, doneTimes);
  add(MARGIN + half + GAP, 'Share answered within', false, durations);
  sheet.y += CURVE + 50;
  for (const [n, { run }] of results.entries()) {
    const { stroke, dash } = ink.lineOf(run.model);
    const x = MARGIN + n * 160;
    const line = `stroke="${stroke}" stroke-width="1.5" stroke-dasharray="${dash}"`;
    sheet.add(`<path d="M${x} ${sheet.y - 4}h24" ${line}/>`);
    sheet.say(x + 32, run.model, ink.ink);
  }
}

function lanes(result: GroupResult, width: number, widest: number, ink: PictureInk): string {
  const { waited, started, served, failed } = lanePaths(result, width, LANES, widest);
  const end = (result.wallMicros / widest) * width;
  const drawn = [
    [waited, ink.waited],
    [started, ink.started],
    [served, ink.served],
    [failed, ink.failed],
  ].map(([d, fill]) => (d === '' ? '' : `<path d="${d}" fill="${fill}"/>`));
  const ground = `<rect width="${width}" height="${LANES}" fill="${ink.well}"/>`;
  return `${ground}${drawn.join('')}<path d="M${end} 0V${LANES}" stroke="${ink.ink}"/>`;
}

function curvesOf(
  curves: readonly (readonly [ModelName, readonly number[]])[],
  counted: boolean,
  width: number,
  ink: PictureInk,
): string {
  const scale = logScale(curves.flatMap(([, times]) => times));
  const most = Math.max(1, ...curves.map(([, times]) => times.length));
  const ticks = logTicks(scale).map((tick) => {
    const x = onLogScale(scale, tick) * width;
    const anchor = x < EDGE ? 'start' : x > width - EDGE ? 'end' : 'middle';
    return (
      `<path d="M${x} 0V${CURVE}" stroke="${ink.line}"/>` +
      `<text x="${x}" y="${CURVE + 16}" fill="${ink.dim}" font-size="10" text-anchor="${anchor}">${escaped(time(tick))}</text>`
    );
  });
  const lines = curves.map(([model, times]) => {
    const { stroke, dash } = ink.lineOf(model);
    const d = stepPath(times, scale, counted ? most : times.length, width, CURVE);
    return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="1.5" stroke-dasharray="${dash}"/>`;
  });
  // Curves rise to the right: here they are seldom in the way.
  const top = `<text x="8" y="14" fill="${ink.dim}" font-size="10">${counted ? most : '100 %'}</text>`;
  return `<rect width="${width}" height="${CURVE}" fill="${ink.well}"/>${ticks.join('')}${lines.join('')}${top}`;
}

function figureRows(of: readonly GroupResult[]): readonly Row[] {
  const row = (name: string, read: (result: GroupResult) => string): Row => [name, of.map(read)];
  return [
    row('p50', ({ latency }) => time(latency?.p50)),
    row('p95', ({ latency }) => time(latency?.p95)),
    row('p99', ({ latency }) => time(latency?.p99)),
    row('Slowest', ({ latency }) => time(latency?.slowest)),
    row('Answered', ({ answered, records }) => `${answered} of ${records.length}`),
    row('Other ends', ({ others }) => (others.size > 0 ? listed(others) : '—')),
  ];
}

function serverRows(results: readonly ModelResult[]): readonly Row[] {
  return [
    ['Peak memory', results.map(({ run }) => spell(formatBytes(run.peak.rssBytes)))],
    [
      'Processes, threads',
      results.map(({ run: { peak } }) => `${peak.processes}, ${peak.threads || 'none'}`),
    ],
  ];
}

function parameterWords({ scenario, parameters }: LabPlan): string {
  return labScenario(scenario)
    .parameters.map(
      ({ name, label, unit }) => `${label}: ${parameters[name]}${unit === '' ? '' : ` ${unit}`}`,
    )
    .join(' · ');
}

function shortened(problem = ''): string {
  return problem.length > LONGEST ? `${problem.slice(0, LONGEST - 1)}…` : problem;
}

function time(micros: number | undefined): string {
  return micros === undefined ? '—' : spell(formatDuration(micros));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
