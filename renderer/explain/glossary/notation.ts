/**
 * Explanations as they are written in the tables beside: paragraphs of text with an empty line between two of them.
 *
 *     key: Name | RFC 9110 §7.2      the name where it is not the key; the clause where no other table has it
 *     One line.                      only behind a clause
 *     A paragraph, over
 *     several lines.
 *     § What the clause asks for.
 */
export interface Written {
  readonly key: string;
  readonly name: string;
  /** '' where another table has it, and the line with it. */
  readonly section: string;
  readonly line: string;
  readonly paragraph: string;
  readonly clause: string;
}

/** Throws for a text that is not written so: a test reads all of them. */
export function readTable(text: string): readonly Written[] {
  return text.trim().split('\n\n').map(readEntry);
}

function readEntry(text: string): Written {
  const [head = '', ...rest] = text.split('\n');
  const [title = '', section = ''] = head.split(' | ');
  const [key = '', name = key] = title.split(': ');
  const line = section === '' ? '' : (rest.shift() ?? '');
  const [paragraph = '', clause = '', ...more] = rest.join(' ').split(' § ');
  if (key === '' || paragraph === '' || clause === '' || more.length > 0) {
    throw new Error(`“${head}” has no paragraph, or not one clause`);
  }
  return { key, name, section, line, paragraph, clause };
}
