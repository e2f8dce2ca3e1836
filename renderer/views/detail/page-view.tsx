/**
 * A captured page as a browser lays it out. Its frame has no scripts, forms, windows or network; it shares our origin
 * so that styles can be put into it from here, since no policy of ours lets a document bring its own.
 */
import { useMemo } from 'react';
import { type InertPage, inertPage, withoutUrls } from './inert-page.ts';

export function PageView({ text, cutOff }: { readonly text: string; readonly cutOff: boolean }) {
  const page = useMemo(() => inertPage(text), [text]);
  return (
    <div className="page-view">
      <p className="body-note">
        Laid out without scripts, and without anything that it would load
        {cutOff && '; this is only its beginning'}.
      </p>
      <iframe
        title="The page, laid out"
        sandbox="allow-same-origin"
        referrerPolicy="no-referrer"
        srcDoc={page.html}
        onLoad={({ currentTarget }) => dress(currentTarget, page)}
      />
    </div>
  );
}

/** Puts the styles in by script, which a policy about documents does not forbid. */
function dress({ contentDocument: shown, contentWindow }: HTMLIFrameElement, { sheets }: InertPage): void {
  if (shown === null || contentWindow === null) return;
  // A sheet belongs to the window that made it.
  const Sheet = (contentWindow as Window & typeof globalThis).CSSStyleSheet;
  shown.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new Sheet();
    sheet.replaceSync(text);
    return sheet;
  });
  for (const element of shown.querySelectorAll<HTMLElement>('[data-style]')) {
    element.style.cssText = withoutUrls(element.dataset['style'] ?? '');
  }
}
