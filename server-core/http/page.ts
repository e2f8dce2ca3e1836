/** The shell of the pages that the server writes itself: no script, nothing fetched, dark and light. */

const MARK =
  '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">' +
  '<path class="client" d="M2 8V6M6 8V2M10 8V5"/><path class="server" d="M6 10v3M10 10v6M14 10v4"/></svg>';

const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" fill="none" stroke-width="2">' +
      '<path stroke="#d9a520" d="M2 8V6M6 8V2M10 8V5"/><path stroke="#3aa5cf" d="M6 10v3M10 10v6M14 10v4"/></svg>',
  );

const STYLE = `
:root{color-scheme:dark light;--well:#0c0d0e;--panel:#161819;--line:#222527;--line-2:#33383b;--hover:rgba(237,236,230,.045);
--ink:#edece6;--ink-2:#aeb0ae;--ink-3:#8c9091;--focus:#9db8ff;--client:#f5cc58;--server:#68cdee;
--s2:#78d694;--s3:#8ca8f4;--s4:#f89a56;--s5:#fa706a;
--sans:"Inter Variable",Inter,system-ui,"Segoe UI",sans-serif;
--mono:"JetBrains Mono Variable","JetBrains Mono",ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
@media(prefers-color-scheme:light){:root{--well:#fff;--panel:#f0f0ec;--line:#deded8;--line-2:#c8c8c1;--hover:rgba(21,23,26,.04);
--ink:#15171a;--ink-2:#484c50;--ink-3:#606467;--focus:#1f4fd8;--client:#b47b00;--server:#1484b8;
--s2:#1a763f;--s3:#3d5abd;--s4:#a84c0c;--s5:#be222a}}
*{box-sizing:border-box}
body{margin:0;background:var(--well);color:var(--ink);font:13px/20px var(--sans);-webkit-text-size-adjust:100%}
header{display:flex;align-items:center;gap:8px;height:40px;padding:0 16px;background:var(--panel);border-bottom:1px solid var(--line);
font-weight:600}
header svg{fill:none;stroke-width:2;flex:none}.client{stroke:var(--client)}.server{stroke:var(--server)}
main{padding:0 16px 48px}
a{color:inherit;text-underline-offset:3px;text-decoration-color:var(--line-2)}a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px;border-radius:2px}
code,.mono{font-family:var(--mono);font-variant-ligatures:none}
`.replaceAll('\n', '');

/** Only this page's own inline style and icon may load; a name or a query that slipped in could do nothing. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface Page {
  /** Plain text. */
  readonly title: string;
  /** Rules of this page, after those of the shell. */
  readonly style: string;
  /** HTML of the header behind the mark, and of the main part; whoever writes it has escaped what is not his own. */
  readonly header: string;
  readonly main: string;
}

/** A whole document in UTF-8. */
export function renderPage(page: Page): Uint8Array {
  return new TextEncoder().encode(
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(page.title)}</title>` +
      '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="dark light">' +
      `<link rel="icon" href="${ICON}"><style>${STYLE}${page.style}</style></head>\n` +
      `<body><header>${MARK}${page.header}</header>\n<main>${page.main}</main></body></html>\n`,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made fit for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);
}
