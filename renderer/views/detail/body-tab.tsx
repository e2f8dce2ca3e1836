/** The content of a message: as it was on the wire, de-chunked, decoded, and as what it is. */
import { Download } from 'lucide-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { type BodyKind, bodyTypeOf, charsetProblem } from '../../explain/body-kind.ts';
import { listOf, valuesOf } from '../../explain/field-values.ts';
import { formatBytes, formatExactBytes, spell } from '../../geometry/quantities.ts';
import type { DetailResult, MessageView } from '../../store/queries/detail.ts';
import { DirectionArrow, ICON } from '../shell/icons.tsx';
import { BodyContent } from './body-content.tsx';
import type { Body } from './body-reader.ts';
import './body-tab.css';
import { fileName, saveBytes } from './save-bytes.ts';
import { Segments } from './segments.tsx';
import { useBody } from './use-body.ts';

type Side = 'in' | 'out';
type Stage = 'wire' | 'content' | 'plain';
export type BodyMode = 'look' | 'page' | 'text' | 'hex';

/** Pulled at first, and again each time more is wanted. */
const STEP_BYTES = 2 * 1024 * 1024;
/** What can only be seen whole is pulled whole, up to here. */
const WHOLE_BYTES = 64 * 1024 * 1024;
const MUST_BE_WHOLE = /^(?:image|font|audio|video)\//i;

export function BodyTab({ detail }: { readonly detail: DetailResult }) {
  const { row, request, response } = detail;
  const [wanted, setWanted] = useState<{ readonly exchange: number; readonly side: Side }>();
  const has = (message: MessageView | undefined) =>
    message !== undefined && contentLength(message, row.status) > 0;
  const usual: Side = has(response) || !has(request) ? 'out' : 'in';
  const side = wanted?.exchange === row.id ? wanted.side : usual;
  const message = side === 'in' ? request : response;
  const choose = (next: Side) => setWanted({ exchange: row.id, side: next });
  const sides = (
    <Segments<Side>
      label="Whose content"
      value={side}
      onChange={choose}
      choices={[
        { value: 'in', name: 'Request', disabled: !has(request), icon: <DirectionArrow direction="in" /> },
        {
          value: 'out',
          name: 'Response',
          disabled: !has(response),
          icon: <DirectionArrow direction="out" />,
        },
      ]}
    />
  );
  if (message === undefined || !has(message)) {
    return (
      <div className="body-pane">
        <div className="body-tools">{sides}</div>
        <p className="body-none">{noContent(message, detail)}</p>
      </div>
    );
  }
  return <MessageBody key={`${row.id} ${side}`} detail={detail} message={message} sides={sides} />;
}

interface Props {
  readonly detail: DetailResult;
  readonly message: MessageView;
  readonly sides: React.ReactNode;
}

function MessageBody({ detail, message, sides }: Props) {
  const { row } = detail;
  const contentType = valuesOf(message.fields, 'content-type')[0] ?? '';
  const [limit, setLimit] = useState(MUST_BE_WHOLE.test(contentType) ? WHOLE_BYTES : STEP_BYTES);
  const [stage, setStage] = useState<Stage>('plain');
  const [mode, setMode] = useState<BodyMode>('look');
  const { body, problem } = useBody(detail, message, limit);
  const length = message.length - message.headLength;
  const [saving, setSaving] = useState<{ readonly stage: Stage; readonly isLast: boolean }>();
  useEffect(() => {
    if (saving === undefined || !body?.whole) return;
    saveBytes([bytesOf(body, saving.stage, saving.isLast)], fileName(row.target));
    setSaving(undefined);
  }, [saving, body, row.target]);
  if (body === undefined) {
    return (
      <div className="body-pane">
        <div className="body-tools">{sides}</div>
        {problem !== undefined && <p className="body-none">{problem}.</p>}
      </div>
    );
  }
  const chunked = /chunked/i.test(listOf(message.fields, 'transfer-encoding').at(-1) ?? '');
  const codings = listOf(message.fields, 'content-encoding');
  // Where a coding could not be undone at all there is nothing to show but what came.
  const isUndone = body.plain !== undefined && (body.plain.length > 0 || body.problem === undefined);
  const stages: { readonly value: Stage; readonly name: string; readonly title: string }[] = [
    { value: 'wire', name: 'On the wire', title: titleOf(body.wire) },
    ...(chunked ? [{ value: 'content' as const, name: 'De-chunked', title: titleOf(body.content) }] : []),
    ...(codings.length > 0 && isUndone
      ? [{ value: 'plain' as const, name: 'Decoded', title: titleOf(body.plain!) }]
      : []),
  ];
  const shownStage = stages.some(({ value }) => value === stage) ? stage : stages.at(-1)!.value;
  const isLast = shownStage === stages.at(-1)!.value && (codings.length === 0 || isUndone);
  const bytes = bytesOf(body, shownStage, isLast);
  const type = bodyTypeOf(isLast ? contentType : 'application/octet-stream', bytes.subarray(0, 64));
  const cutOff = !body.whole || row.endTime === undefined;
  const charset = charsetProblem(contentType, type.kind, bytes, !cutOff);
  const modes: readonly { readonly value: BodyMode; readonly name: string }[] = [
    ...(LOOKS[type.kind] === undefined ? [] : [{ value: 'look' as const, name: LOOKS[type.kind]! }]),
    ...(type.kind === 'html' ? [{ value: 'page' as const, name: 'Page' }] : []),
    { value: 'text', name: 'Text' },
    { value: 'hex', name: 'Hex' },
  ];
  const shownMode = modes.some(({ value }) => value === mode) ? mode : type.kind === 'text' ? 'text' : 'hex';
  const more = body.whole ? null : (
    <p className="body-more">
      <span>
        {spell(formatBytes(body.wire.length))} of {spell(formatBytes(length))} on the wire
      </span>
      <button type="button" className="btn line small" onClick={() => setLimit(limit + 4 * STEP_BYTES)}>
        Read {spell(formatBytes(Math.min(4 * STEP_BYTES, length - body.wire.length)))} more
      </button>
    </p>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key of the whole tab, wherever in it the focus is.
    <div className="body-pane" onKeyDown={focusFind}>
      <div className="body-tools">
        {sides}
        {stages.length > 1 && (
          <Segments<Stage> label="How far undone" value={shownStage} onChange={setStage} choices={stages} />
        )}
        <div className="body-shown">
          <Segments<BodyMode> label="Shown as" value={shownMode} onChange={setMode} choices={modes} />
          <button
            type="button"
            className="btn square"
            aria-label="Save the content"
            title="Save all of it as a file, undone as far as it is shown"
            disabled={saving !== undefined}
            onClick={() => {
              setLimit(Math.max(limit, length));
              setSaving({ stage: shownStage, isLast });
            }}
          >
            <Download {...ICON} />
          </button>
        </div>
      </div>
      <p className="body-facts">
        <span className="mono">{contentType === '' ? 'no Content-Type' : contentType}</span>
        {factsOf(body, isUndone ? codings : [], chunked, length).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {[type.mismatch, charset, body.problem].map(
          (words) =>
            words && (
              <span className="odd" key={words}>
                {words}
              </span>
            ),
        )}
      </p>
      <BodyContent
        bytes={bytes}
        kind={type.kind}
        renderAs={type.renderAs}
        mode={shownMode}
        contentType={contentType}
        whole={body.whole}
        cutOff={cutOff}
        more={more}
      />
    </div>
  );
}

/** Ctrl F finds in the content, where there is something to find in. */
function focusFind(event: KeyboardEvent<HTMLElement>): void {
  const box = event.currentTarget.querySelector<HTMLInputElement>('[data-content-find]');
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || box === null) return;
  event.preventDefault();
  event.stopPropagation();
  box.focus();
  box.select();
}

/** What the first way to show a kind is called; undefined where it has only text and hex. */
const LOOKS: Partial<Record<BodyKind, string>> = {
  json: 'Tree',
  html: 'Pretty',
  xml: 'Pretty',
  css: 'Pretty',
  js: 'Pretty',
  image: 'Picture',
  svg: 'Picture',
  font: 'Specimen',
  audio: 'Player',
  video: 'Player',
  form: 'Fields',
  multipart: 'Parts',
};

function bytesOf(body: Body, stage: Stage, isLast: boolean): Uint8Array {
  if (stage === 'plain' || (isLast && body.plain !== undefined)) return body.plain ?? body.content;
  return stage === 'content' ? body.content : body.wire;
}

/** @param codings those that were undone; @param length of the content on the wire, read or not */
function factsOf(body: Body, codings: readonly string[], chunked: boolean, length: number): string[] {
  const facts = [spell(formatExactBytes(length))];
  if (!body.whole) return facts;
  if (chunked) facts.push(`${spell(formatExactBytes(body.content.length))} without chunk lines`);
  if (codings.length > 0 && body.plain && body.content.length > 0) {
    const ratio = body.plain.length / body.content.length;
    facts.push(
      `${spell(formatExactBytes(body.plain.length))} without ${codings.join(', ')}, ${ratio.toFixed(2)} times as long`,
    );
  }
  return facts;
}

function contentLength({ length, headLength }: MessageView, status: number | undefined): number {
  return status === 101 ? 0 : Math.max(0, length - headLength);
}

function noContent(message: MessageView | undefined, { row }: DetailResult): string {
  if (row.status === 101)
    return 'The connection was switched to another protocol: what is said stands under Messages.';
  if (message === undefined) return 'There is no answer yet.';
  if (message.direction === 'out' && row.method === 'HEAD')
    return 'The answer to HEAD has no content: only its head.';
  if (row.status === 304) return '304 has no content: the copy that the client holds is still good.';
  if (row.status === 204) return '204 says that there is no content.';
  return message.direction === 'in' ? 'The request has no content.' : 'The response has no content.';
}

function titleOf(bytes: Uint8Array): string {
  return spell(formatExactBytes(bytes.length));
}
