import { describe, expect, it } from 'vitest';
import { giveRequestId, requestId } from '../../../server-core/http/middleware/request-id.ts';
import { timeout } from '../../../server-core/http/middleware/timeout.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

describe('a request id', () => {
  it('is known to the handler, the client and the capture', async () => {
    const request = handlerRequest('/');
    let known: string | undefined;
    const response = await giveRequestId()(request, async (given) => {
      known = requestId(given);
      return { status: 200, fields: [['A', 'b']] };
    });
    expect(known).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
    expect(response.fields).toEqual([
      ['A', 'b'],
      ['X-Request-Id', known],
    ]);
    expect(request.marks).toEqual([{ mark: 'note', detail: `X-Request-Id is ${known}` }]);
  });

  it('is another one for each request', () => {
    const given = Array.from({ length: 100 }, () => {
      const request = handlerRequest('/');
      giveRequestId()(request, () => ({ status: 200, fields: [] }));
      return requestId(request);
    });
    expect(new Set(given).size).toBe(100);
  });

  it('stays with a request that another layer wraps', async () => {
    const inner = timeout(60_000);
    const response = await giveRequestId({ make: () => 'n1' })(handlerRequest('/'), (request) =>
      inner(request, (wrapped) => ({ status: 200, fields: [['Known', requestId(wrapped) ?? 'not']] })),
    );
    expect(fieldOf(response, 'Known')).toBe('n1');
  });

  it('replaces one that the handler said', () => {
    const layer = giveRequestId({ field: 'Trace', make: () => 'n1' });
    const response = layer(handlerRequest('/'), () => ({
      status: 200,
      fields: [['TRACE', 'own']],
    })) as Response;
    expect(response.fields).toEqual([['Trace', 'n1']]);
  });

  it('is none without the layer', () => {
    expect(requestId(handlerRequest('/'))).toBeUndefined();
  });
});

describe('an id that the request brings', () => {
  const taken = (brought: string, trust: boolean) => {
    const request = handlerRequest('/', { 'X-Request-Id': brought });
    giveRequestId({ trust, make: () => 'made' })(request, () => ({ status: 200, fields: [] }));
    return requestId(request);
  };

  it('is taken only when it is trusted', () => {
    expect([taken('abc-1', false), taken('abc-1', true)]).toEqual(['made', 'abc-1']);
  });

  it.each(['a b', 'a"b', 'a,b', '', 'x'.repeat(129), 'a\xe9'])('of %j is not taken', (brought) => {
    expect(taken(brought, true)).toBe('made');
  });

  it.each(['x'.repeat(128), 'Root=1-67891233-abcdef/1+2:3@x~y.z'])('of %j is', (brought) => {
    expect(taken(brought, true)).toBe(brought);
  });
});
