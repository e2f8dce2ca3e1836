/** Takes the folders that pages lend, and serves each as long as its page is there. */
import * as v from 'valibot';
import { jsonOf, type Lent, lendingMessage, numberOf } from '../capture/lending.ts';
import type { Transport } from '../capture/transport.ts';
import { PageFolder } from './page-folder.ts';
import type { ServedSite } from './served-site.ts';
import type { SiteOptions } from './site-options.ts';

/** A name of a folder, on every system that has folders. */
const LEND = v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)) });

export interface Lending {
  servers(): Iterable<ServedSite>;
  add(options: Pick<SiteOptions, 'source' | 'name' | 'model' | 'live'>): ServedSite;
}

/** The first message says what is lent. */
export function takeLent(transport: Transport, lending: Lending): void {
  transport.onMessage((message) => {
    const parsed = v.safeParse(LEND, numberOf(message) === 0 ? jsonOf(message) : undefined);
    const answer = (lent: Lent) => transport.send(lendingMessage(0, lent));
    if (!parsed.success) return answer({ error: 'A folder that is lent has a name' });
    serve(transport, parsed.output.name, lending).then(answer, ({ message: error }: Error) =>
      answer({ error }),
    );
  });
}

async function serve(transport: Transport, name: string, { servers, add }: Lending): Promise<Lent> {
  const known = [...servers()].find(({ options: { source } }) => {
    return source.kind === 'lent' && source.folder.gone && source.folder.name === name;
  });
  const site =
    known ??
    add({ source: { kind: 'lent', folder: new PageFolder(name) }, name, model: 'event-loop', live: false });
  const { source } = site.options;
  if (source.kind === 'lent' && source.folder instanceof PageFolder) source.folder.lend(transport);
  const notes = await site.start();
  const { id, url, status, problem } = site.state;
  if (status === 'failed') return { error: problem ?? 'It cannot be served' };
  return { ok: { server: id, url, notes } };
}
