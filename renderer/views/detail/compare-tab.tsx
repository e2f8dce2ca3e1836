/** Two exchanges side by side: what is the same is quiet, what differs stands out. */
import { useMemo } from 'react';
import { type DiffLine, diffFields, firstDifference, type Named } from '../../explain/message-diff.ts';
import { wireText } from '../../explain/wire-text.ts';
import { formatCount, formatDuration, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { DirectionArrow } from '../shell/icons.tsx';
import { useDetail } from '../shell/store-context.tsx';
import './compare-tab.css';
import { useBody } from './use-body.ts';

interface Props {
  readonly detail: DetailResult;
  /** The exchange that was held to compare with. */
  readonly held: number;
}

export function CompareTab({ detail, held }: Props) {
  const other = useDetail(held);
  if (other === undefined) return <div className="sheet-pane" />;
  if (other === 'trimmed') {
    return (
      <p className="detail-none">
        #{formatCount(held)} was trimmed from the log, so there is nothing to compare with.
      </p>
    );
  }
  return <Comparison left={other} right={detail} />;
}

function Comparison({ left, right }: { readonly left: DetailResult; readonly right: DetailResult }) {
  const lines = (pick: (detail: DetailResult) => MessageView | undefined) =>
    diffFields(namesOf(pick(left)), namesOf(pick(right)));
  return (
    <div className="sheet-pane compare" tabIndex={0} data-testid="compare">
      <table aria-label="Comparison">
        <colgroup>
          <col className="compare-name" />
          <col />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="compare-title">
              <span className="spoken">What</span>
            </th>
            <th scope="col" className="compare-title">
              #{formatCount(left.row.id)}, held
            </th>
            <th scope="col" className="compare-title">
              #{formatCount(right.row.id)}
            </th>
          </tr>
        </thead>
        <tbody>
          {FACTS.map(([name, fact]) => (
            <Line key={name} name={name} line={pairOf(fact(left), fact(right))} />
          ))}
        </tbody>
        <Head
          title="Request"
          direction="in"
          left={left.request}
          right={right.request}
          lines={lines((d) => d.request)}
        />
        <Head
          title="Response"
          direction="out"
          left={left.response}
          right={right.response}
          lines={lines((d) => d.response)}
        />
        <tbody>
          <tr>
            <th colSpan={3} scope="rowgroup" className="compare-band">
              Content
            </th>
          </tr>
          <ContentLine name="Request" left={left} right={right} pick={(detail) => detail.request} />
          <ContentLine name="Response" left={left} right={right} pick={(detail) => detail.response} />
        </tbody>
      </table>
    </div>
  );
}

const FACTS: readonly (readonly [name: string, fact: (detail: DetailResult) => string])[] = [
  ['Status', ({ row }) => (row.status === undefined ? row.phase : `${row.status}`)],
  [
    'Took',
    ({ row }) => (row.endTime === undefined ? 'open' : spell(formatDuration(row.endTime - row.beginTime))),
  ],
  [
    'To the answer',
    ({ row }) =>
      row.responseTime === undefined ? '—' : spell(formatDuration(row.responseTime - row.beginTime)),
  ],
  ['Request', ({ request }) => spell(formatExactBytes(request.length))],
  ['Response', ({ response }) => (response ? spell(formatExactBytes(response.length)) : '—')],
  ['Connection', ({ row }) => `c${row.conn}`],
];

interface HeadProps {
  readonly title: string;
  readonly direction: 'in' | 'out';
  readonly left: MessageView | undefined;
  readonly right: MessageView | undefined;
  readonly lines: readonly DiffLine[];
}

function Head({ title, direction, left, right, lines }: HeadProps) {
  const differing = lines.filter(({ kind }) => kind !== 'same').length;
  return (
    <tbody>
      <tr>
        <th colSpan={3} scope="rowgroup" className="compare-band">
          <span className="with-arrow">
            <DirectionArrow direction={direction} />
            {title}
            <span className="dim">
              {differing === 0
                ? 'same fields'
                : `${formatCount(differing)} of ${formatCount(lines.length)} fields differ`}
            </span>
          </span>
        </th>
      </tr>
      <Line name="Start line" line={pairOf(startOf(left), startOf(right))} />
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand twice, and lines do not move.
        <Line key={i} name={(line.left ?? line.right)!.name} line={line} />
      ))}
    </tbody>
  );
}

const SIGNS = { same: '', changed: '≠', left: '−', right: '+' } as const;
const SPOKEN = {
  same: '',
  changed: 'differs',
  left: 'only in the held one',
  right: 'only in this one',
} as const;

function Line({ name, line }: { readonly name: string; readonly line: DiffLine }) {
  const value = (side: Named | undefined) => (side ? wireText(side.value) : '');
  return (
    <tr className={`compare-line ${line.kind}`} data-kind={line.kind}>
      <th scope="row" className="compare-key mono">
        <span className="sign" aria-hidden="true">
          {SIGNS[line.kind]}
        </span>
        {wireText(name)}
        {line.kind !== 'same' && <span className="spoken">, {SPOKEN[line.kind]}</span>}
      </th>
      <td className="mono selectable">{value(line.left)}</td>
      <td className="mono selectable">{value(line.right)}</td>
    </tr>
  );
}

/** Content is compared up to here, without its codings. */
const COMPARED_BYTES = 8 * 1024 * 1024;
/** Shown from the first difference on. */
const SHOWN = 24;

interface ContentProps {
  readonly name: string;
  readonly left: DetailResult;
  readonly right: DetailResult;
  readonly pick: (detail: DetailResult) => MessageView | undefined;
}

function ContentLine({ name, left, right, pick }: ContentProps) {
  const [a, b] = [pick(left), pick(right)];
  if (a === undefined || b === undefined) {
    return <Line name={name} line={pairOf(a ? 'an answer' : 'no answer', b ? 'an answer' : 'no answer')} />;
  }
  return <ContentPair name={name} left={left} right={right} a={a} b={b} />;
}

interface PairProps {
  readonly name: string;
  readonly left: DetailResult;
  readonly right: DetailResult;
  readonly a: MessageView;
  readonly b: MessageView;
}

function ContentPair({ name, left, right, a, b }: PairProps) {
  const first = useBody(left, a, COMPARED_BYTES);
  const second = useBody(right, b, COMPARED_BYTES);
  const [x, y] = [first.body, second.body].map((body) => body && (body.plain ?? body.content));
  const at = useMemo(() => (x && y ? firstDifference(x, y) : undefined), [x, y]);
  if (!x || !y) return <Line name={name} line={pairOf(first.problem ?? '…', second.problem ?? '…')} />;
  const upTo = first.body?.whole && second.body?.whole ? '' : ' as far as compared';
  if (at === undefined) {
    const words = x.length === 0 ? 'none' : `equal, ${spell(formatExactBytes(x.length))}${upTo}`;
    return <Line name={name} line={pairOf(words, words)} />;
  }
  const from = (bytes: Uint8Array) =>
    `${spell(formatExactBytes(bytes.length))}; from byte ${formatCount(at)}: ${sample(bytes, at)}`;
  return <Line name={name} line={pairOf(from(x), from(y))} />;
}

function sample(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return 'it ends';
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(at, at + SHOWN)));
}

function namesOf(message: MessageView | undefined): Named[] {
  return (message?.fields ?? []).map(({ name, value }) => ({ name, value }));
}

function startOf(message: MessageView | undefined): string {
  return message?.startLine.join(' ') ?? '—';
}

function pairOf(left: string, right: string): DiffLine {
  const named = (value: string): Named => ({ name: '', value });
  return { kind: left === right ? 'same' : 'changed', left: named(left), right: named(right) };
}
