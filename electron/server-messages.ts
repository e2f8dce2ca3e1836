/** The shape of what the process that serves says, and of what is remembered of it. */
import * as v from 'valibot';
import type { FromServer, Remembered, ServedSource } from './channels.ts';

const SWITCHES = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

export const FROM_SERVER: v.GenericSchema<unknown, FromServer> = v.variant('t', [
  v.object({ t: v.literal('open'), url: v.string() }),
  v.object({
    t: v.literal('sources'),
    sources: v.array(
      v.object({
        what: v.string(),
        server: v.exactOptional(
          v.object({
            name: v.string(),
            url: v.string(),
            status: v.string(),
            problem: v.exactOptional(v.string()),
            switches: SWITCHES,
          }),
        ),
      }),
    ),
  }),
  v.object({ t: v.literal('usage'), text: v.string() }),
  v.object({ t: v.literal('done'), path: v.string() }),
  v.object({ t: v.literal('warning'), path: v.string(), text: v.string() }),
  v.object({ t: v.literal('problem'), text: v.string() }),
]);

export const REMEMBERED: v.GenericSchema<unknown, Remembered> = v.object({
  what: v.string(),
  switches: SWITCHES,
  serves: v.boolean(),
});

/** What to remember of a source; undefined for a capture. */
export function remembered({ what, server }: ServedSource): Remembered | undefined {
  return server && { what, switches: server.switches, serves: server.status !== 'stopped' };
}
