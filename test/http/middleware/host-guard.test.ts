import { describe, expect, it } from 'vitest';
import { hostGuard } from '../../../server-core/http/middleware/host-guard.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { handlerRequest } from '../../support/handler-request.ts';

const through: Response = { status: 200, fields: [] };
const guard = hostGuard(['192.168.1.24', 'Workbench.local']);
const ask = (host: string) => guard(handlerRequest('/', { Host: host }), () => through) as Response;

describe('host guard', () => {
  it.each([
    'localhost',
    'LOCALHOST:8080',
    '127.0.0.1:8080',
    '[::1]:8080',
    '[::1]',
    'app.localhost:3000',
    '192.168.1.24:8080',
    'workbench.LOCAL',
  ])('lets %s through', (host) => {
    expect(ask(host)).toBe(through);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:8080', '10.0.0.1', 'xlocalhost', ''])(
    'refuses %j',
    (host) => {
      expect(ask(host).status).toBe(421);
    },
  );

  it('says in the capture why', () => {
    const request = handlerRequest('/', { Host: 'evil.example' });
    guard(request, () => through);
    expect(request.marks).toEqual([
      { mark: 'decision', detail: 'Host evil.example does not name this server, so 421' },
    ]);
  });

  it('believes an absolute target before Host', () => {
    const request = {
      ...handlerRequest('/', { Host: 'localhost' }),
      target: {
        form: 'absolute',
        scheme: 'http',
        authority: 'evil.example',
        path: '/',
        query: undefined,
      } as const,
    };
    expect((guard(request, () => through) as Response).status).toBe(421);
  });
});
