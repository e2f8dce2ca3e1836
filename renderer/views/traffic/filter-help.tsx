import { FIELD_NAMES, type FieldName, fieldOf } from '../../filter/fields.ts';

const GROUPS: readonly (readonly [title: string, examples: readonly (readonly [string, string])[]])[] = [
  [
    'What to look for',
    [
      ['lessons', 'a word of the row'],
      ['"a b"', 'with spaces'],
      ['*.png', 'any run of signs'],
      ['/\\.(png|svg)$/i', 'an expression'],
      ['404', 'a status'],
      ['is:error', 'what became of it'],
    ],
  ],
  [
    'Fields',
    [
      ['path:/api', 'holds it'],
      ['method=POST', 'is just it'],
      ['path~^/v[12]/', 'matches it'],
      ['status:4xx', 'a class'],
      ['status:200..299', 'a range'],
      ['size>10kB', 'kB, MB, KiB'],
      ['time>200ms', 'us, ms, s'],
    ],
  ],
  [
    'Together',
    [
      ['type:js status>=400', 'both'],
      ['type:css or type:js', 'one of them'],
      ['-type:img', 'all but'],
      ['(404 or 500) -favicon', 'brackets'],
      ['~m post & ~c 200', 'as in mitmproxy'],
      ['larger-than:10k', 'as in DevTools'],
    ],
  ],
];

/** The language at a glance. An example that is picked goes into the box. */
export function FilterHelp({ onPick }: { onPick(example: string): void }) {
  return (
    <section className="filter-help" aria-label="How to filter">
      <div className="examples">
        {GROUPS.map(([title, examples]) => (
          <div key={title}>
            <h3>{title}</h3>
            <ul>
              {examples.map(([example, says]) => (
                <Example key={example} example={example} says={says} onPick={onPick} />
              ))}
            </ul>
          </div>
        ))}
      </div>
      <Fields title="All fields" names={FIELD_NAMES.filter((name) => !fieldOf(name).reads)} onPick={onPick} />
      <Fields
        title="Fields that are not in the list: the bytes of each message are read"
        names={FIELD_NAMES.filter((name) => fieldOf(name).reads)}
        onPick={onPick}
      />
    </section>
  );
}

interface FieldsProps {
  readonly title: string;
  readonly names: readonly FieldName[];
  onPick(example: string): void;
}

function Fields({ title, names, onPick }: FieldsProps) {
  return (
    <>
      <h3>{title}</h3>
      <ul className="fields">
        {names.map((name) => (
          <Example key={name} example={fieldOf(name).example} says={fieldOf(name).says} onPick={onPick} />
        ))}
      </ul>
    </>
  );
}

interface ExampleProps {
  readonly example: string;
  readonly says: string;
  onPick(example: string): void;
}

function Example({ example, says, onPick }: ExampleProps) {
  return (
    <li>
      <button type="button" className="example mono" onClick={() => onPick(example)}>
        {example}
      </button>
      <span className="clip">{says}</span>
    </li>
  );
}
