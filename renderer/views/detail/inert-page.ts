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
const RAW = /<!--[\s\S]*?-->|<(script|style)\b[^>]*>([\s\S]*?)<\/\1[^>]*>/gi;
const BASE = /<base\b[^>]*>/gi;
const TAG = /<[a-z][^>]*>/gi;

export function inertPage(html: string): InertPage {
  const sheets: string[] = [];
  const bare = html
    .replace(RAW, (_all, name: string | undefined, text = '') => {
      if (name?.toLowerCase() === 'style') sheets.push(withoutUrls(text));
      return '';
    })
    // The parser would already look at these, by our policy.
    .replace(BASE, '')
    .replace(TAG, (tag) => tag.replace(/([\s"'/])(style|on\w+)(?=\s*=)/gi, '$1data-$2'));
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

/** What a style would load; pictures and fonts that it holds itself stay. */
export function withoutUrls(css: string): string {
  return css.replace(/@import[^;]*;?/gi, '').replace(/url\(\s*(["']?)(?!data:)[^)]*\)/gi, 'none');
}
