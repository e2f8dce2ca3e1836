/** The answer while a module of the user is broken: what is wrong, where, and the lines around it. */
import { dirname } from 'node:path';
import { acceptsHtml } from '../../http/error-page.ts';
import { escapeHtml, PAGE_POLICY, renderPage } from '../../http/page.ts';
import type { Request } from '../../http/request.ts';
import type { FieldPair, Response } from '../../http/response.ts';
import { type Place, type Problem, placeText, readLines, shortPath } from './problem.ts';

export interface Failure {
  readonly problem: Problem;
  /** The module that was given, for people to know which. */
  readonly file: string;
  /** What goes on meanwhile, in one sentence without a full stop. */
  readonly meanwhile: string;
}

const LINES_AROUND = 4;

export function failureResponse({ problem, file, meanwhile }: Failure, request: Request): Response {
  const folder = dirname(file);
  const html = acceptsHtml(request.head.fields.all('accept'));
  const fields: FieldPair[] = [
    ['Content-Type', html ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8'],
    ['Cache-Control', 'no-store'],
    ['Vary', 'Accept'],
    ['X-Content-Type-Options', 'nosniff'],
  ];
  if (!html) {
    return { status: 500, fields, body: new TextEncoder().encode(failureText(problem, folder, meanwhile)) };
  }
  fields.push(['Content-Security-Policy', PAGE_POLICY]);
  return { status: 500, fields, body: failurePage(problem, folder, file, meanwhile) };
}

/** For terminals and clients that do not ask for HTML. */
export function failureText({ sentence, places }: Problem, folder: string, meanwhile?: string): string {
  const lines = [sentence];
  for (const place of places) lines.push(`    at ${placeLine(place, folder)}`);
  const [first] = places;
  if (first) {
    lines.push('');
    for (const { number, text, here } of excerpt(first)) {
      lines.push(`${here ? '>' : ' '} ${String(number).padStart(4)} | ${text}`.trimEnd());
      if (here) lines.push(`       | ${caret(text, first.column)}`);
    }
  }
  if (meanwhile !== undefined) lines.push('', `${meanwhile}.`);
  return `${lines.join('\n')}\n`;
}

function placeLine(place: Place, folder: string): string {
  const where = placeText(place, folder);
  return place.name === undefined ? where : `${place.name} (${where})`;
}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly here: boolean;
}

function excerpt({ file, line }: Place): Line[] {
  const first = Math.max(1, line - LINES_AROUND);
  return readLines(file)
    .slice(first - 1, line + LINES_AROUND)
    .map((text, i) => ({ number: first + i, text, here: first + i === line }));
}

/** Under the column, with the line's own tabs, so that both stand alike whatever a tab's width is. */
function caret(text: string, column: number): string {
  return `${text.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`;
}

const STYLE = `
main{max-width:880px;margin:min(10vh,80px) auto 0;padding-bottom:48px}
h1{display:flex;align-items:center;gap:12px;margin:0;font:500 22px/28px var(--sans)}
h1 svg{width:12px;height:12px;flex:none;fill:var(--s5)}h1 .mono{color:var(--s5)}
.what{margin:12px 0 0;font:15px/24px var(--mono);overflow-wrap:anywhere}
.file{margin:24px 0 0;padding:8px 16px;background:var(--panel);border:1px solid var(--line);border-radius:4px 4px 0 0;
color:var(--ink-2);font:12px/16px var(--mono);overflow-wrap:anywhere}
pre{margin:0;padding:8px 0;border:1px solid var(--line);border-top:0;border-radius:0 0 4px 4px;overflow-x:auto;
font:12px/20px var(--mono);font-variant-ligatures:none;tab-size:2}
pre div{display:grid;grid-template-columns:56px 1fr;width:max-content;min-width:100%;white-space:pre}
pre i{padding-right:16px;color:var(--ink-3);font-style:normal;text-align:right}
pre .here{background:color-mix(in srgb,var(--s5) 14%,transparent)}pre .here i{color:var(--ink)}
pre .caret{color:var(--s5)}
ol{margin:16px 0 0;padding:0;list-style:none;color:var(--ink-2);font:12px/20px var(--mono);overflow-wrap:anywhere}
.then{margin:24px 0 0;color:var(--ink-2)}
`.replaceAll('\n', '');

const SQUARE = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 1h10v10H1z"/></svg>';

function failurePage(problem: Problem, folder: string, file: string, meanwhile: string): Uint8Array {
  const { sentence, places } = problem;
  const [first, ...outer] = places;
  const name = shortPath(file, folder);
  return renderPage({
    title: `${name}: ${sentence}`,
    style: STYLE,
    header: 'Wirescope',
    main:
      `<h1>${SQUARE}<span class="mono">500</span> ${escapeHtml(name)} failed</h1>` +
      `<p class="what">${escapeHtml(sentence)}</p>` +
      (first ? frame(first, folder) : '') +
      (outer.length > 0
        ? `<ol>${outer.map((place) => `<li>at ${escapeHtml(placeLine(place, folder))}</li>`).join('')}</ol>`
        : '') +
      `<p class="then">${escapeHtml(meanwhile)}.</p>`,
  });
}

function frame(place: Place, folder: string): string {
  const rows = excerpt(place).map(({ number, text, here }) => {
    const row = `<div${here ? ' class="here"' : ''}><i>${number}</i><span>${escapeHtml(text)}</span></div>`;
    return here ? `${row}<div class="caret"><i></i><span>${caret(text, place.column)}</span></div>` : row;
  });
  const code = rows.length === 0 ? '' : `<pre tabindex="0">${rows.join('')}</pre>`;
  return `<p class="file">${escapeHtml(placeLine(place, folder))}</p>${code}`;
}
