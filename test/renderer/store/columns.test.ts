/** The containers that the columns are made of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChainPool } from '../../../renderer/store/chains.ts';
import { newExchanges } from '../../../renderer/store/exchanges.ts';
import { PAGE_ROWS } from '../../../renderer/store/paged-rows.ts';
import { StringTable } from '../../../renderer/store/string-table.ts';
import { Traffic } from './traffic.ts';

const TLS = { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', alpn: 'http/1.1' };

describe('the string table', () => {
  it('gives a number back once every holder has let go', () => {
    const table = new StringTable();
    const one = table.intern('One');
    expect(table.intern('One')).toBe(one);
    expect(table.lower(one)).toBe('one');
    table.release(one);
    expect(table.text(one)).toBe('One');
    table.release(one);
    expect(table.size).toBe(1);
    const two = table.intern('Two');
    expect(two).toBe(one);
    expect(table.lower(two)).toBe('two');
    expect(table.intern('')).toBe(0);
  });

  it('lets a memo look at each text once, and again when its number names another', () => {
    const table = new StringTable();
    const asked: string[] = [];
    const passes = table.memo((text) => {
      asked.push(text);
      return text.startsWith('/a');
    });
    const one = table.intern('/a1');
    const two = table.intern('/b');
    expect([one, two, one, two, 0].map(passes)).toEqual([true, false, true, false, false]);
    expect(asked).toEqual(['/a1', '/b', '']);
    table.release(one);
    const again = table.intern('/c');
    expect(again).toBe(one);
    expect(passes(again)).toBe(false);
    expect(asked).toEqual(['/a1', '/b', '', '/c']);
  });

  it('is empty again when the store has forgotten everything', () => {
    const traffic = new Traffic();
    for (let i = 0; i < 50; i++) {
      const conn = traffic.open();
      traffic.log.tls(conn, { ...TLS, serverName: `h${i}`, resumed: false, handshakeMicros: 1 });
      traffic.run(conn, {
        request: `GET /${i} HTTP/1.1\r\n\r\n`,
        response: 'HTTP/1.1 200 OK\r\n\r\n',
        marks: [['decision', `${i}`]],
      });
      traffic.close(conn);
    }
    const ingest = traffic.ingest();
    expect(ingest.columns.strings.size).toBeGreaterThan(100);
    ingest.clear();
    expect(ingest.columns.strings.size).toBe(1);
    expect(ingest.columns.connections.held).toBe(0);
  });
});

describe('chains', () => {
  it('hold what lists would, whatever is added and dropped', () => {
    const move = fc.record({ chain: fc.nat(4), drop: fc.boolean() });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 300 }), (moves) => {
        const pool = new ChainPool(3);
        const heads = new Uint32Array(5);
        const tails = new Uint32Array(5);
        const values: number[] = [];
        const lists: number[][] = [[], [], [], [], []];
        for (const [value, { chain, drop }] of moves.entries()) {
          if (drop) {
            const block = heads[chain]!;
            const size = block === 0 ? 0 : pool.endSlot(block) - pool.firstSlot(block);
            pool.dropHead(heads, tails, chain);
            lists[chain]!.splice(0, size);
          } else {
            values[pool.append(heads, tails, chain)] = value;
            lists[chain]!.push(value);
          }
        }
        for (const [chain, list] of lists.entries()) {
          const held: number[] = [];
          for (let block = heads[chain]!; block !== 0; block = pool.after(block)) {
            held.push(...values.slice(pool.firstSlot(block), pool.endSlot(block)));
          }
          expect(held).toEqual(list);
        }
      }),
    );
  });
});

describe('paged rows', () => {
  it('keep a row that stays while all around it goes', () => {
    const rows = newExchanges();
    const last = 5 * PAGE_ROWS;
    for (let id = 1; id <= last; id++) rows.add(id);
    for (let id = 1; id <= last; id++) if (id !== 7) rows.drop(id);
    expect(rows.held).toBe(1);
    expect(rows.page(7)).toBeDefined();
    expect(rows.page(8)).toBeUndefined();
    const seen: number[] = [];
    rows.eachFrom(1, (_page, _row, id) => seen.push(id) > 0);
    expect(seen).toEqual([7]);
    rows.drop(7);
    rows.drop(7);
    expect(rows.held).toBe(0);
  });

  it('begin anywhere', () => {
    const rows = newExchanges();
    const page = rows.add(3 * PAGE_ROWS + 5);
    expect(page.flags[5]).toBe(1);
    expect(rows.page(5)).toBeUndefined();
    expect(rows.last).toBe(3 * PAGE_ROWS + 5);
  });
});
