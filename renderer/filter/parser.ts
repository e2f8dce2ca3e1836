/**
 * A filter text into what it means, by recursive descent:
 *
 *     or    = and *( "or" and )
 *     and   = not *( [ "and" ] not )
 *     not   = ( "-" / "!" / "not" ) not / part
 *     part  = "(" or ")" / field operator value / alias [ value ] / word / phrase / regex
 */
import { ALIASES, type Alias } from './aliases.ts';
import type { Expr, FilterError, ParsedFilter, Place, Term } from './ast.ts';
import { COMPARING, type FieldName, fieldNamed, fieldOf, KNOWN_NAMES, NAMED_FIELDS } from './fields.ts';
import { nearName } from './near-name.ts';
import { type Token, type TokenKind, tokenize } from './tokens.ts';
import { type Operator, type Reading, readPattern, readValue, textTest } from './values.ts';

export function parseFilter(text: string): ParsedFilter {
  const parser = new Parser(tokenize(text), text.length);
  try {
    return { expr: parser.whole(), error: undefined };
  } catch (problem) {
    if (problem instanceof Wrong) return { expr: undefined, error: problem.error };
    throw problem;
  }
}

/** Carries an error out of the descent. */
class Wrong extends Error {
  readonly error: FilterError;

  constructor(error: FilterError) {
    super(error.message);
    this.error = error;
  }
}

/** Brackets within brackets beyond this are no question that a person asks; the stack is safe well above it. */
const MAX_DEPTH = 100;

class Parser {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];
  readonly #end: number;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  whole(): Expr | undefined {
    if (this.#tokens.length === 0) return undefined;
    const expr = this.#or();
    const rest = this.#peek();
    if (rest) throw wrong(rest, 'This bracket closes none', false);
    return expr;
  }

  #or(): Expr {
    const parts = [this.#and()];
    while (this.#take('or')) parts.push(this.#and());
    return joined('or', parts);
  }

  #and(): Expr {
    const parts = [this.#not()];
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next.kind === 'close' || next.kind === 'or') break;
      this.#take('and');
      parts.push(this.#not());
    }
    return joined('and', parts);
  }

  #not(): Expr {
    if (++this.#depth > MAX_DEPTH) throw wrong(this.#here(), 'This lies in too many brackets', false);
    const sign = this.#take('not');
    const expr = sign === undefined ? this.#part() : negated(sign.start, this.#not());
    this.#depth--;
    return expr;
  }

  #part(): Expr {
    const token = this.#peek();
    if (token === undefined) throw this.#lacking();
    this.#at++;
    switch (token.kind) {
      case 'open':
        return this.#bracket(token);
      case 'field':
        return this.#field(token);
      case 'alias':
        return this.#alias(token);
      case 'regex': {
        const { test } = right(token, readPattern(token));
        return { kind: 'term', field: 'any', test, start: token.start, end: token.end };
      }
      case 'word':
      case 'phrase':
        return {
          kind: 'term',
          field: 'any',
          test: textTest(token, 'contains'),
          start: token.start,
          end: token.end,
        };
      case 'close':
        this.#at--;
        throw this.#at === 0 ? wrong(token, 'This bracket closes none', false) : this.#lacking(token);
      default:
        // A joint with nothing before it.
        throw wrong(token, `\`${token.text}\` needs something before it; in quotes it is a word`, false);
    }
  }

  #bracket(open: Token): Expr {
    const inner = this.#or();
    const close = this.#take('close');
    if (!close) throw wrong(open, 'This bracket is not closed', true);
    return { ...inner, start: open.start, end: close.end };
  }

  #field(token: Token): Expr {
    const operator = this.#tokens[this.#at++]!;
    const { field, name, compare } = resolve(token);
    const value = this.#tokens[this.#at];
    const place = { start: token.start, end: value?.end ?? operator.end };
    const how = operator.text as Operator;
    if (value === undefined || value.start !== operator.end || !VALUES.includes(value.kind)) {
      throw wrong(
        { start: token.start, end: operator.end },
        `\`${token.text}${operator.text}\` needs a value, as in \`${fieldOf(field).example}\``,
        this.#at === this.#tokens.length,
      );
    }
    this.#at++;
    if (compare !== undefined && how !== ':' && how !== '=') {
      throw wrong(operator, `\`${token.text}\` compares by itself: write a colon`, false);
    }
    const { test } = right(value, readValue(field, compare ?? how, value), this.#at === this.#tokens.length);
    const term: Term = { kind: 'term', field, ...(name !== undefined && { name }), test, ...place };
    return how === '!=' ? negated(place.start, term) : term;
  }

  #alias(token: Token): Expr {
    const known = Object.hasOwn(ALIASES, token.text) ? ALIASES[token.text] : undefined;
    if (known === undefined) {
      throw wrong(token, `\`~${token.text}\` is no filter of mitmproxy; in quotes it is a word`, false);
    }
    if (!('takes' in known)) return standing(known, token);
    const value = this.#peek();
    if (value === undefined || !VALUES.includes(value.kind)) {
      throw wrong(token, `\`~${token.text}\` needs a word after it`, value === undefined);
    }
    this.#at++;
    const isText = fieldOf(known.takes).type === 'text';
    const { test } = right(value, isText ? readPattern(value) : readValue(known.takes, ':', value));
    const named = known.name === undefined ? {} : { name: known.name };
    return { kind: 'term', field: known.takes, ...named, test, start: token.start, end: value.end };
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(kind: TokenKind): Token | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return undefined;
    this.#at++;
    return token;
  }

  #here(): Place {
    return this.#peek() ?? { start: this.#end, end: this.#end };
  }

  /** What came last wants something after it. */
  #lacking(before?: Token): Wrong {
    const last = this.#tokens[this.#at - 1]!;
    const what = last.kind === 'open' ? 'This bracket' : `\`${last.text}\``;
    return wrong(last, `${what} needs something after it; in quotes it is a word`, before === undefined);
  }
}

const VALUES: readonly TokenKind[] = ['word', 'phrase', 'regex'];

interface Resolved {
  readonly field: FieldName;
  readonly name?: string;
  readonly compare?: '<' | '>' | '>=';
}

/** The field that a name stands for, with the header field picked of it. */
function resolve(token: Token): Resolved {
  const typed = token.text.toLowerCase();
  const comparing = Object.hasOwn(COMPARING, typed) ? COMPARING[typed] : undefined;
  if (comparing) return comparing;
  const dot = typed.indexOf('.');
  const field = fieldNamed(dot < 0 ? typed : typed.slice(0, dot));
  if (field !== undefined && dot < 0) return { field };
  if (field !== undefined && NAMED_FIELDS.includes(field)) {
    const name = typed.slice(dot + 1);
    if (name !== '') return { field, name };
    throw wrong(token, `\`${token.text}\` needs the name of a header field, as in \`header.etag\``, true);
  }
  const near = nearName(typed, KNOWN_NAMES);
  if (near !== undefined) {
    throw new Wrong({
      start: token.start,
      end: token.end,
      message: `\`${token.text}\` is no field; did you mean \`${near}\`?`,
      incomplete: false,
      fix: near,
    });
  }
  throw wrong(token, `\`${token.text}\` is no field; in quotes it is looked for as text`, false);
}

function standing(alias: Exclude<Alias, { takes: FieldName }>, { start, end }: Place): Expr {
  const place = { start, end };
  if ('all' in alias) {
    return { kind: 'term', field: 'any', test: { kind: 'contains', text: '', glob: false }, ...place };
  }
  if ('types' in alias) {
    const parts = alias.types.map((text): Term => {
      return { kind: 'term', field: 'type', test: { kind: 'contains', text, glob: false }, ...place };
    });
    return { kind: 'or', parts, ...place };
  }
  const term: Term = { kind: 'term', field: 'is', test: { kind: 'word', word: alias.is }, ...place };
  return alias.negated ? { kind: 'not', of: term, ...place } : term;
}

/** One level of a joint: `(a b) c` means what `a b c` means. */
function joined(kind: 'and' | 'or', parts: readonly Expr[]): Expr {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  if (flat.length === 1) return flat[0]!;
  return { kind, parts: flat, start: parts[0]!.start, end: parts.at(-1)!.end };
}

function negated(start: number, of: Expr): Expr {
  return { kind: 'not', of, start, end: of.end };
}

function right(token: Token, reading: Reading, isLast = false) {
  if ('test' in reading) return reading;
  const { message, fix, incomplete = false } = reading;
  throw new Wrong({
    start: token.start,
    end: token.end,
    message,
    incomplete: incomplete && isLast,
    ...(fix !== undefined && { fix }),
  });
}

function wrong({ start, end }: Place, message: string, incomplete: boolean): Wrong {
  return new Wrong({ start, end, message, incomplete });
}
