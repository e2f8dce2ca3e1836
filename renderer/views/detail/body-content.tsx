/** Content in the way that was chosen for it. */
import { type ReactNode, useMemo } from 'react';
import type { Language } from '../../code/languages.ts';
import { type BodyKind, charsetOf } from '../../explain/body-kind.ts';
import { formPairs } from '../../explain/form-pairs.ts';
import { latin1 } from '../../explain/latin1.ts';
import { boundaryOf, multipartParts } from '../../explain/multipart-parts.ts';
import type { BodyMode } from './body-tab.tsx';
import { CodeView } from './code-view.tsx';
import { JsonView } from './json-view.tsx';
import { PageView } from './page-view.tsx';
import { PairsTable, PartsView } from './parts-view.tsx';
import { PlainHex } from './plain-hex.tsx';
import { MOST_PARSED, useReflowed } from './use-code-tree.ts';
import { FontView, MediaView, PictureView } from './visible-body.tsx';

interface Props {
  readonly bytes: Uint8Array;
  readonly kind: BodyKind;
  readonly renderAs: string | undefined;
  readonly mode: BodyMode;
  readonly contentType: string;
  /** All that came is here. */
  readonly whole: boolean;
  /** More is to be read, or to come. */
  readonly cutOff: boolean;
  /** What stands below when there is more to read. */
  readonly more: ReactNode;
}

const LANGUAGE: Partial<Record<BodyKind, Language>> = {
  html: 'html',
  xml: 'xml',
  svg: 'xml',
  css: 'css',
  js: 'js',
  json: 'js',
};

export function BodyContent(props: Props) {
  const { bytes, kind, renderAs, mode, contentType, whole, cutOff, more } = props;
  const text = useMemo(() => textOf(bytes, contentType), [bytes, contentType]);
  const language = LANGUAGE[kind];
  if (mode === 'hex') {
    return (
      <>
        <PlainHex bytes={bytes} label="Content in hex" />
        {more}
      </>
    );
  }
  if (mode === 'text') {
    return <CodeView text={text} language={language} label="Content as text" more={more} />;
  }
  if (mode === 'page') {
    return (
      <>
        <PageView text={text} cutOff={cutOff} />
        {more}
      </>
    );
  }
  switch (kind) {
    case 'json':
      return (
        <>
          <JsonView text={text} cutOff={cutOff} />
          {more}
        </>
      );
    case 'html':
    case 'xml':
    case 'css':
    case 'js':
      return <PrettyView text={text} language={LANGUAGE[kind]!} more={more} />;
    case 'form':
      return (
        <div className="body-sheet" tabIndex={0}>
          <PairsTable pairs={formPairs(latin1(bytes))} label="Fields of the form" />
          {more}
        </div>
      );
    case 'multipart':
      return (
        <div className="body-sheet" tabIndex={0}>
          <PartsView content={bytes} parts={multipartParts(bytes, boundaryOf(contentType) ?? '')} />
          {more}
        </div>
      );
    default:
      return (
        <div className="body-sheet" tabIndex={0}>
          {!whole ? null : kind === 'font' ? (
            <FontView bytes={bytes} type={renderAs ?? ''} />
          ) : kind === 'audio' || kind === 'video' ? (
            <MediaView bytes={bytes} type={renderAs ?? `${kind}/*`} />
          ) : (
            <PictureView bytes={bytes} type={renderAs ?? 'image/png'} />
          )}
          {more}
        </div>
      );
  }
}

function PrettyView({
  text,
  language,
  more,
}: {
  readonly text: string;
  readonly language: Language;
  readonly more: ReactNode;
}) {
  const pretty = useReflowed(text, language);
  const tooLong = text.length > MOST_PARSED;
  return (
    <>
      {tooLong && <p className="body-note">It is too long to be laid out anew, so it is shown as it came.</p>}
      <CodeView text={pretty ?? text} language={language} label="Content, laid out anew" more={more} />
    </>
  );
}

/** By the charset of the type; UTF-8 where it names none or one that browsers do not know. */
function textOf(bytes: Uint8Array, contentType: string): string {
  try {
    return new TextDecoder(charsetOf(contentType) ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
