/** Events of an event stream, taken out of its text as it comes: WHATWG HTML §9.2.6. */
export interface StreamEvent {
  /** '' for a comment alone. */
  readonly type: string;
  readonly id: string;
  readonly data: string;
  readonly comment: boolean;
}

const LINE_END = /\r\n|\n|\r/g;

export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #emit: (event: StreamEvent) => void;
  #rest = '';
  #data: string[] = [];
  #type = '';
  #lastId = '';

  constructor(emit: (event: StreamEvent) => void) {
    this.#emit = emit;
  }

  push(bytes: Uint8Array): void {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    let at = 0;
    LINE_END.lastIndex = 0;
    for (let end = LINE_END.exec(text); end !== null; end = LINE_END.exec(text)) {
      // A CR at the end may be the first half of a CR LF.
      if (end[0] === '\r' && LINE_END.lastIndex === text.length) break;
      this.#line(text.slice(at, end.index));
      at = LINE_END.lastIndex;
    }
    this.#rest = text.slice(at);
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    switch (name) {
      case '':
        this.#emit({ type: '', id: '', data: value, comment: true });
        return;
      case 'data':
        this.#data.push(value);
        return;
      case 'event':
        this.#type = value;
        return;
      case 'id':
        if (!value.includes('\0')) this.#lastId = value;
        return;
    }
  }

  /** An event without data is not dispatched, but its id counts for those that follow. */
  #dispatch(): void {
    const [data, type] = [this.#data, this.#type];
    this.#data = [];
    this.#type = '';
    if (data.length === 0) return;
    this.#emit({ type: type || 'message', id: this.#lastId, data: data.join('\n'), comment: false });
  }
}
