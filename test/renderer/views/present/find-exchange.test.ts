import { expect, it } from 'vitest';
import { rowsFrom } from '../../../../renderer/store/ladder.ts';
import type { Store } from '../../../../renderer/store/queries/store.ts';
import { findExchange } from '../../../../renderer/views/present/find-exchange.ts';
import { SERVER, Traffic } from '../../store/traffic.ts';

const traffic = new Traffic();
traffic.log.server(SERVER);
const conn = traffic.open();
for (let n = 0; n < 2500; n++) traffic.get(conn, `/${n}`);
const { columns } = traffic.ingest();
const store = { rowsFrom: async (from: number, count: number) => rowsFrom(columns, from, count) } as Store;
const began = (exchange: number) => rowsFrom(columns, exchange, 1)[0]!.beginTime;

it('finds an exchange by its number, or by when it began where numbers are others', async () => {
  expect(await findExchange(store, 7, began(7))).toBe(7);
  expect(await findExchange(store, 7, began(2400))).toBe(2400);
  expect(await findExchange(store, 9999, began(1))).toBe(1);
  expect(await findExchange(store, 7, traffic.time + 1000)).toBeUndefined();
});
