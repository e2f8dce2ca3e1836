/**
 * A captured page made fit to be looked at: nothing in it runs, loads, submits or leads anywhere. The frame that shows
 * it enforces that (page-view.tsx); what is taken out here spares it from having to, and the console from its reports.
 */

export interface InertPage {
  /** The document without its styles; those of an element stand in its `data-style`. */
  readonly html: string;
  /** Texts of its style elements, in order. */
  readonly sheets: readonly string[];
}

/** No policy of ours lets more in than this one does: CSP Level 3 §3.3. */
const POLICY = "default-src 'none'; img-src data:";
const GONE =
  'script, noscript, link, meta, base, iframe, frame, frameset, object, embed, audio, video, source, track, ' +
  'animate, animateMotion, animateTransform, set';
const LOADING =
  /^(?:src|srcset|href|xlink:href|action|formaction|ping|background|poster|data|manifest|codebase|target|autofocus)$/i;
const HELD = /^data:image\//i;

/** Comments, scripts and styles end at the first of their ends, whatever stands between: HTML §13.2.5. */
const RAW = /<(?:!--|(script|style)\b[^>]*>)/gi;
const ENDS = { comment: /-->/g, script: /<\/script[^>]*>/gi, style: /<\/style[^>]*>/gi } as const;
const BASE = /<base\b[^>]*>/gi;
const TAG = /<[a-z][^>]*>/gi;

export function inertPage(html: string): InertPage {
  const { html: bare, sheets } = barePage(html);
  // A parsed document has no window: what it holds neither runs nor loads.
  const page = new DOMParser().parseFromString(bare, 'text/html');
  for (const element of page.querySelectorAll(GONE)) element.remove();
  for (const form of page.querySelectorAll('form')) form.replaceWith(...form.childNodes);
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const isHeld = LOADING.test(name) && HELD.test(value.trim());
      if (/^on|^data-on/i.test(name) || (LOADING.test(name) && !isHeld)) element.removeAttribute(name);
    }
  }
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  page.head.prepend(policy);
  return { html: `<!doctype html>${new XMLSerializer().serializeToString(page.documentElement)}`, sheets };
}

/** What is done before anything parses it. */
export function barePage(html: string): InertPage {
  const sheets: string[] = [];
  const text = upToLast('>', html, (page) => withoutRaw(page, (sheet) => sheets.push(withoutUrls(sheet))));
  const bare = upToLast('>', text, (page) =>
    // The parser would already look at these, by our policy.
    page
      .replace(BASE, '')
      .replace(TAG, (tag) => tag.replace(/([\s"'/])(style|on\w+)(?=\s*=)/gi, '$1data-$2')),
  );
  return { html: bare, sheets };
}

/** What a style would load; pictures and fonts that it holds itself stay. */
export function withoutUrls(css: string): string {
  const alone = css.replace(/@import[^;]*;?/gi, '');
  return upToLast(')', alone, (text) => text.replace(/url\((?!\s*["']?data:)[^)]*\)/gi, 'none'));
}

/** Without comments, scripts and styles; what has no end stays. An end that is not there is looked for once. */
function withoutRaw(page: string, sheet: (text: string) => void): string {
  const begin = new RegExp(RAW);
  const missing = new Set<RegExp>();
  let kept = '';
  let from = 0;
  for (let start = begin.exec(page); start; start = begin.exec(page)) {
    const kind = (start[1]?.toLowerCase() ?? 'comment') as keyof typeof ENDS;
    const end = ENDS[kind];
    end.lastIndex = begin.lastIndex;
    const found = missing.has(end) ? null : end.exec(page);
    if (!found) {
      missing.add(end);
      continue;
    }
    if (kind === 'style') sheet(page.slice(begin.lastIndex, found.index));
    kept += page.slice(from, start.index);
    from = end.lastIndex;
    begin.lastIndex = from;
  }
  return kept + page.slice(from);
}

/** Changes a text up to the last of a sign: behind it a pattern would look for the sign from everywhere, in vain. */
function upToLast(sign: string, text: string, change: (part: string) => string): string {
  const end = text.lastIndexOf(sign) + 1;
  return change(text.slice(0, end)) + text.slice(end);
}
