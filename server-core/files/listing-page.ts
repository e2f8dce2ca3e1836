/** HTML of a listing: names, exact sizes, times. */
import { escapeHtml } from '../http/page.ts';
import { groupDigits } from './digits.ts';
import { icon, iconSheet } from './listing-icons.ts';
import { COLUMNS, type Column, type Entry, nextOrder, type Order, orderQuery } from './listing-order.ts';
import { encodePath } from './path-mapping.ts';
import { type Readme, readmeSection } from './readme.ts';

export const listingStyle = `
header nav{font:400 13px/20px var(--mono);overflow-wrap:anywhere}header nav a{text-decoration:none;color:var(--ink-2)}
header nav a:hover{color:var(--ink);text-decoration:underline}header nav b{font-weight:500;color:var(--ink)}
header nav i{font-style:normal;color:var(--ink-3);padding:0 4px}
main{padding:0}
table{width:100%;border-collapse:collapse;font-size:12px;line-height:16px;table-layout:fixed}
th{position:sticky;top:0;height:28px;background:var(--well);box-shadow:inset 0 -1px var(--line);text-align:left;font-weight:400}
th a{color:var(--ink-3);text-decoration:none}th a:hover,th[aria-sort] a{color:var(--ink)}
th svg{width:8px;height:8px;margin-left:4px;fill:currentColor}
th,td{padding:0 16px}td{height:24px}
th:nth-child(2),td:nth-child(2){width:128px;text-align:right}th:nth-child(3),td:nth-child(3){width:184px}
td:nth-child(n+2){color:var(--ink-2);font-family:var(--mono);font-size:11px;font-variant-numeric:tabular-nums;white-space:nowrap}
td a,.odd{display:block;font-family:var(--mono);text-decoration:none;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
td a:hover{text-decoration:underline}
td small,th small{color:var(--ink-3);font-size:inherit}
.dir a{color:var(--ink)}.file a,.odd{color:var(--ink-2)}.dir a::after{content:"/";color:var(--ink-3)}
td .k{width:16px;height:16px;margin-right:8px;vertical-align:-4px;fill:none;stroke:var(--ink-3);stroke-linejoin:round}
.dir .k{stroke:var(--ink-2)}
main>svg{position:absolute}
section{border-top:1px solid var(--line);padding:0 16px}
h2{margin:12px 0;font:500 12px/16px var(--mono);color:var(--ink-3)}
pre{margin:0 0 24px;max-width:100ch;font:12px/18px var(--mono);font-variant-ligatures:none;white-space:pre-wrap;overflow-wrap:anywhere}
section p{padding:0 0 24px}
tr:hover td{background:var(--hover)}
p{margin:0;padding:12px 16px;color:var(--ink-3)}
@media(max-width:560px){th:nth-child(3),td:nth-child(3){display:none}th:nth-child(2),td:nth-child(2){width:104px}}
`.replaceAll('\n', '');

const HEADS: Readonly<Record<Column, string>> = {
  name: 'Name',
  size: 'Size',
  time: 'Modified <small>(UTC)</small>',
};
const UP = '<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 6h8L4 1z"/></svg>';
const DOWN = '<svg viewBox="0 0 8 8" aria-hidden="true"><path d="M0 2h8L4 7z"/></svg>';

/** The way from the root as links. */
export function listingHeader(segments: readonly string[]): string {
  const steps = [{ text: 'root', href: '/' }];
  segments.forEach((segment, i) => {
    steps.push({ text: segment, href: encodePath(segments.slice(0, i + 1), true) });
  });
  const links = steps.map(({ text, href }, i) =>
    i === steps.length - 1
      ? `<b aria-current="page">${escapeHtml(text)}</b>`
      : `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`,
  );
  return `<nav aria-label="Path">${links.join('<i>/</i>')}</nav>`;
}

export interface ListingView {
  readonly entries: readonly Entry[];
  readonly order: Order;
  /** Names in the folder; more than `entries` when not all are shown. */
  readonly total: number;
  /** Whether there is a folder above. */
  readonly parent: boolean;
  /** Shown below the rows. */
  readonly readme: Readme | undefined;
}

export function listingMain({ entries, order, total, parent, readme }: ListingView): string {
  const rows = entries.map(row);
  if (parent)
    rows.unshift(`<tr class="dir"><td><a href="../">${icon('folder')}..</a></td><td></td><td></td></tr>`);
  const heads = COLUMNS.map((column) => head(column, order)).join('');
  const table = `<table><thead><tr>${heads}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
  const kinds = entries.map(({ kind }) => kind);
  const sheet = iconSheet(parent ? ['folder', ...kinds] : kinds);
  const sum = entries.length === 0 ? 'This folder is empty.' : summary(entries, total);
  return `${sheet}${table}<p>${sum}</p>${readme === undefined ? '' : readmeSection(readme)}`;
}

function head(column: Column, order: Order): string {
  const current = column === order.column;
  const sort = current ? ` aria-sort="${order.descending ? 'descending' : 'ascending'}"` : '';
  const arrow = current ? (order.descending ? DOWN : UP) : '';
  return `<th scope="col"${sort}><a href="${orderQuery(nextOrder(column, order))}">${HEADS[column]}${arrow}</a></th>`;
}

function row(entry: Entry): string {
  const size = entry.folder ? '' : `${groupDigits(entry.bytes)} <small>B</small>`;
  const iso = new Date(entry.modifiedMs).toISOString();
  const time = `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`;
  return `<tr class="${entry.folder ? 'dir' : 'file'}"><td>${link(entry)}</td><td>${size}</td><td>${time}</td></tr>`;
}

function link(entry: Entry): string {
  const name = escapeHtml(entry.name);
  // No request can name these: see path-mapping.ts.
  if (!isNameable(entry.name))
    return `<span class="odd" title="No request can name this file">${icon(entry.kind)}${name}</span>`;
  const href = encodeURIComponent(entry.name) + (entry.folder ? '/' : '');
  return `<a href="${href}" title="${name}">${icon(entry.kind)}${name}</a>`;
}

/** Names that are no UTF-8 come with replacement characters or half surrogates; a backslash is refused. */
function isNameable(name: string): boolean {
  return name.isWellFormed() && !name.includes('\ufffd') && !name.includes('\\');
}

function summary(entries: readonly Entry[], total: number): string {
  const folders = entries.filter((entry) => entry.folder).length;
  const files = entries.length - folders;
  const bytes = entries.reduce((sum, entry) => sum + (entry.folder ? 0 : entry.bytes), 0);
  const parts = [count(folders, 'folder'), count(files, 'file')].filter((part) => part !== '');
  const shown = `${parts.join(', ')}, ${groupDigits(bytes)} B`;
  return total > entries.length
    ? `${shown}. ${groupDigits(total - entries.length)} more names are not shown`
    : shown;
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${groupDigits(number)} ${noun}${number === 1 ? '' : 's'}`;
}
