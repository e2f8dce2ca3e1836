/** The schema of HAR 1.2 that tools check such files by. */
import { isIPv4, isIPv6 } from 'node:net';
import { Ajv } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import schemas from 'har-schema';

/** What is wrong with it, a sentence each. */
export function harProblems(har: unknown): string[] {
  const ajv = new Ajv({ strict: false });
  ajv.addFormat('ipv4', isIPv4);
  ajv.addFormat('ipv6', isIPv6);
  ajv.addFormat('uri', URL.canParse);
  ajv.addFormat('date-time', (text: string) => Number.isFinite(Date.parse(text)));
  ajv.addMetaSchema(draft06);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  ajv.validate('har.json#', har);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
