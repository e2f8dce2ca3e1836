/** Whether a page's Content-Security-Policy lets the live script run and listen. CSP Level 3. */

export type ScriptPolicy =
  | { readonly allowed: true; readonly nonce: string | undefined }
  | { readonly allowed: false; readonly directive: string };

/** `policies` are values of the field; each may list several. `host` is that of the page, with its port. */
export function scriptPolicy(policies: readonly string[], host: string): ScriptPolicy {
  let nonce: string | undefined;
  for (const policy of policies.flatMap((value) => value.split(','))) {
    const directives = directivesOf(policy);
    const sandbox = directives.get('sandbox');
    if (sandbox && !sandbox.includes('allow-scripts')) return { allowed: false, directive: 'sandbox' };
    const script = firstOf(directives, ['script-src-elem', 'script-src', 'default-src']);
    if (script) {
      const given = script.sources
        .map((source) => NONCE.exec(source)?.[1])
        .find((found) => found !== undefined);
      if (given !== undefined) nonce = given;
      // §8.2: with it, only a nonce or a hash counts.
      else if (script.sources.includes("'strict-dynamic'") || !takesOwn(script.sources, host))
        return { allowed: false, directive: script.name };
    }
    const connect = firstOf(directives, ['connect-src', 'default-src']);
    if (connect && !takesOwn(connect.sources, host)) return { allowed: false, directive: connect.name };
  }
  return { allowed: true, nonce };
}

const NONCE = /^'nonce-([\w+/=-]+)'$/;

/** Of equal directives the first counts (§2.2.1). */
function directivesOf(policy: string): Map<string, string[]> {
  const directives = new Map<string, string[]>();
  for (const text of policy.split(';')) {
    const [name, ...sources] = text.trim().split(/[\t ]+/);
    const key = name!.toLowerCase();
    if (key !== '' && !directives.has(key)) directives.set(key, sources);
  }
  return directives;
}

function firstOf(directives: Map<string, string[]>, names: readonly string[]) {
  const name = names.find((one) => directives.has(one));
  return name === undefined ? undefined : { name, sources: directives.get(name)! };
}

function takesOwn(sources: readonly string[], host: string): boolean {
  return sources.some((source) => {
    const plain = source.toLowerCase();
    if (plain === "'self'" || plain === '*' || plain === 'http:' || plain === 'https:') return true;
    return plain.replace(/^https?:\/\//, '').replace(/\/$/, '') === host.toLowerCase();
  });
}
