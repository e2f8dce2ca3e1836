import { describe, expect, it } from 'vitest';
import type { Ingest } from '../../../renderer/store/ingest.ts';
import type { TaskCondition } from '../../../renderer/store/queries/tasks.ts';
import { MOST_KEPT } from '../../../renderer/store/task-matches.ts';
import { TaskWatch } from '../../../renderer/store/task-watch.ts';
import { answer, get, SERVER, Traffic } from './traffic.ts';

class Watched {
  readonly traffic = new Traffic();
  readonly ingest: Ingest;
  readonly watch: TaskWatch;
  told = 0;

  constructor(when: TaskCondition, after = 0) {
    this.traffic.log.server(SERVER);
    this.ingest = this.traffic.ingest();
    this.watch = new TaskWatch(
      this.ingest.columns,
      { tasks: [{ id: 'it', when }], after },
      this.traffic.pull,
    );
  }

  /** The exchanges seen for the task, once all that was logged is taken in. */
  async seen(): Promise<readonly number[] | undefined> {
    this.traffic.feed(this.ingest);
    const result = await this.watch.result();
    if (result !== undefined) this.told++;
    return result?.[0]?.rows.map(({ id }) => id);
  }
}

describe('one exchange', () => {
  it('is seen when the filter lets it through, and the watch is silent until then', async () => {
    const it = new Watched({ see: ['status:404'] });
    const conn = it.traffic.open();
    expect(await it.seen()).toEqual([]);
    it.traffic.get(conn, '/');
    expect(await it.seen()).toBeUndefined();
    const missing = it.traffic.get(conn, '/nowhere', 404);
    expect(await it.seen()).toEqual([missing]);
    it.traffic.get(conn, '/other', 404);
    expect(await it.seen()).toBeUndefined();
    expect(it.watch.stamp()).toBe('done');
  });

  it('is the first of those that came together', async () => {
    const it = new Watched({ see: ['status:404'] });
    const conn = it.traffic.open();
    for (const status of [200, 404, 404]) it.traffic.get(conn, '/', status);
    expect(await it.seen()).toEqual([2]);
  });

  it('does not count up to the number that it begins after', async () => {
    const it = new Watched({ see: [''] }, 2);
    const conn = it.traffic.open();
    it.traffic.get(conn, '/1');
    it.traffic.get(conn, '/2');
    expect(await it.seen()).toEqual([]);
    expect([it.traffic.get(conn, '/3'), await it.seen()]).toEqual([3, [3]]);
  });

  it('is looked at until it has ended', async () => {
    const it = new Watched({ see: ['is:complete'] });
    const { traffic } = it;
    const conn = traffic.open();
    traffic.read(conn, get('/'));
    const id = traffic.log.begin(conn, 0);
    expect(await it.seen()).toEqual([]);
    traffic.log.response(conn, id, 0, 19, 200, '');
    expect(await it.seen()).toBeUndefined();
    traffic.log.responseEnd(conn, id, 19, true);
    expect(await it.seen()).toEqual([id]);
  });

  it('is read where the filter asks for its bytes, however many stand in line', async () => {
    const it = new Watched({ see: ['request.x-mine:yes'] });
    const conn = it.traffic.open();
    for (let n = 0; n < 100; n++) it.traffic.get(conn, `/${n}`);
    const mine = it.traffic.run(conn, { request: get('/', 'X-Mine: yes\r\n'), response: answer(200, '') });
    expect(await it.seen()).toEqual([mine]);
  });

  it('passes no filter that has an error in it', async () => {
    const it = new Watched({ see: ['statsu:200'] });
    it.traffic.get(it.traffic.open(), '/');
    expect(await it.seen()).toEqual([]);
  });

  it('counts only while the server has the model that is asked for', async () => {
    const it = new Watched({ see: [''], model: 'prefork' });
    const conn = it.traffic.open();
    it.traffic.get(conn, '/');
    expect(await it.seen()).toEqual([]);
    it.traffic.log.server({ ...SERVER, model: 'prefork' });
    expect([it.traffic.get(conn, '/'), await it.seen()]).toEqual([2, [2]]);
  });
});

describe('several', () => {
  it('come in the order of the filters', async () => {
    const it = new Watched({ see: ['status:200', 'status:304'] });
    const conn = it.traffic.open();
    it.traffic.get(conn, '/', 304);
    it.traffic.get(conn, '/', 200);
    expect(await it.seen()).toEqual([2]);
    it.traffic.get(conn, '/', 304);
    expect(await it.seen()).toEqual([2, 3]);
  });

  it.each([
    ['same', 'target', [1, 3]],
    ['same', 'connection', [2, 3]],
    ['different', 'connection', [1, 3]],
    ['different', 'target', [2, 3]],
  ] as const)('%s %s', async (how, key, wanted) => {
    const it = new Watched({ see: ['status:200', 'status:304'], [how]: key });
    const [one, two] = [it.traffic.open(), it.traffic.open()];
    it.traffic.get(one, '/a', 200);
    it.traffic.get(two, '/b', 200);
    it.traffic.get(two, '/a', 304);
    expect(await it.seen()).toEqual(wanted);
  });

  it('tell how many there are so far', async () => {
    const it = new Watched({ see: ['', '', ''], same: 'connection' });
    const conn = it.traffic.open();
    const counts: unknown[] = [];
    for (let n = 0; n < 3; n++) {
      it.traffic.get(conn, '/');
      it.traffic.get(it.traffic.open(), '/');
      counts.push((await it.seen())?.length);
    }
    expect(counts).toEqual([1, 2, 3]);
  });

  it('lie within the time', async () => {
    const it = new Watched({ see: ['', ''], within: 5 });
    const conn = it.traffic.open();
    it.traffic.get(conn, '/');
    it.traffic.wait(6000);
    it.traffic.get(conn, '/');
    expect((await it.seen())?.length).toBe(1);
    it.traffic.wait(3000);
    it.traffic.get(conn, '/');
    expect(await it.seen()).toEqual([2, 3]);
  });

  it('are found among more than are kept', async () => {
    const it = new Watched({ see: ['status:200', 'status:500'] });
    const conn = it.traffic.open();
    for (let n = 0; n < MOST_KEPT * 2; n++) it.traffic.get(conn, '/');
    it.traffic.get(conn, '/', 500);
    expect(await it.seen()).toEqual([MOST_KEPT * 2, MOST_KEPT * 2 + 1]);
  });
});

describe('at once', () => {
  const six = { see: ['', '', ''], different: 'connection', atOnce: true } as const;

  it('are those that were under way at one moment', async () => {
    const it = new Watched(six);
    for (let n = 0; n < 3; n++) it.traffic.get(it.traffic.open(), '/');
    expect((await it.seen())?.length).toBe(1);
    const begun = [1, 2, 3].map(() => {
      const conn = it.traffic.open();
      it.traffic.read(conn, get('/slow'));
      return it.traffic.log.begin(conn, 0);
    });
    expect(await it.seen()).toEqual(begun);
  });

  it('are not three on one connection', async () => {
    const it = new Watched(six);
    const conn = it.traffic.open();
    for (let n = 0; n < 3; n++) {
      it.traffic.read(conn, get('/'));
      it.traffic.log.begin(conn, it.traffic.offsets(conn).in - get('/').length);
    }
    expect((await it.seen())?.length).toBe(1);
  });
});
