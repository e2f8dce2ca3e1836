import type { FieldView, MessageView } from '../../../renderer/store/queries/detail.ts';

/** Fields of a head from their lines, with offsets as if they stood at the start of a message. */
export function fieldsOf(lines: readonly string[]): FieldView[] {
  let at = 0;
  return lines.map((line) => {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).trim();
    const start = at;
    at += line.length + 2;
    const valueStart = start + line.length - value.length;
    return {
      name: line.slice(0, colon),
      value,
      start,
      nameEnd: start + colon,
      valueStart,
      valueEnd: start + line.length,
      end: at,
      trailer: false,
    };
  });
}

export function headOf(
  direction: 'in' | 'out',
  startLine: readonly string[],
  lines: readonly string[],
  more: Partial<MessageView> = {},
): MessageView {
  const fields = fieldsOf(lines);
  const length = fields.at(-1)?.end ?? 0;
  return {
    direction,
    streamOffset: 0,
    length,
    headLength: length,
    startLine,
    fields,
    interim: [],
    frames: [],
    spans: [],
    cuts: [],
    bytes: undefined,
    fault: undefined,
    ...more,
  };
}
