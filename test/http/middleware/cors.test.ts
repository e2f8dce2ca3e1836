import { describe, expect, it } from 'vitest';
import { type CorsOptions, cors } from '../../../server-core/http/middleware/cors.ts';
import type { Response } from '../../../server-core/http/response.ts';
import { fieldOf, handlerRequest } from '../../support/handler-request.ts';

const KEPT: Response = Object.freeze({ status: 200, fields: [['ETag', '"a"']] as const });

async function ask(options: CorsOptions, fields: Record<string, string>, method = 'GET') {
  const request = handlerRequest('/a', fields, method);
  let handled = 0;
  const response = await cors(options)(request, () => {
    handled++;
    return KEPT;
  });
  return { response, handled, marks: request.marks.map(({ detail }) => detail) };
}

const ALLOW = 'Access-Control-Allow-Origin';
const OWN = 'http://localhost:5173';

describe('CORS for all', () => {
  it.each([{}, { Origin: OWN }, { Origin: 'null' }])('lets %j read the answer', async (fields) => {
    const { response, handled, marks } = await ask({}, fields);
    expect(handled).toBe(1);
    expect(fieldOf(response, ALLOW)).toBe('*');
    expect(fieldOf(response, 'Access-Control-Expose-Headers')).toBe('*');
    expect(fieldOf(response, 'Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(fieldOf(response, 'ETag')).toBe('"a"');
    expect(marks).toEqual(['Access-Control-Allow-Origin * added by the CORS setting']);
  });

  it('answers a preflight itself', async () => {
    const { response, handled, marks } = await ask(
      {},
      {
        Origin: OWN,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization, x-mine',
      },
      'OPTIONS',
    );
    expect(handled).toBe(0);
    expect(response.status).toBe(204);
    expect(fieldOf(response, ALLOW)).toBe('*');
    expect(fieldOf(response, 'Access-Control-Allow-Methods')).toBe(
      'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    );
    expect(fieldOf(response, 'Access-Control-Allow-Headers')).toBe('authorization, x-mine');
    expect(marks.at(-1)).toBe('A preflight for PUT, answered by the CORS setting with 204');
  });

  it.each([
    ['no Origin', { 'Access-Control-Request-Method': 'PUT' }, 'OPTIONS'],
    ['no method to ask for', { Origin: OWN }, 'OPTIONS'],
    ['a GET that looks like one', { Origin: OWN, 'Access-Control-Request-Method': 'PUT' }, 'GET'],
  ])('takes for no preflight: %s', async (_, fields, method) => {
    const { handled } = await ask({}, fields as Record<string, string>, method);
    expect(handled).toBe(1);
  });

  it('repeats only names of fields', async () => {
    const fields = { Origin: OWN, 'Access-Control-Request-Method': 'PUT' };
    for (const bad of ['a;b', 'a b', ',', '"a"']) {
      const asked = { ...fields, 'Access-Control-Request-Headers': bad };
      const { response } = await ask({}, asked, 'OPTIONS');
      expect(fieldOf(response, 'Access-Control-Allow-Headers'), bad).toBeUndefined();
    }
  });

  it('gives the same response for the same kept one, so that its encoding can be kept', async () => {
    const layer = cors();
    const first = await layer(handlerRequest('/a', { Origin: OWN }), () => KEPT);
    expect(await layer(handlerRequest('/b'), () => KEPT)).toBe(first);
  });
});

describe('CORS for some', () => {
  const options: CorsOptions = { origins: [OWN, 'https://example.test'] };

  it('names the one that asks, and varies', async () => {
    const { response, marks } = await ask(options, { Origin: OWN });
    expect(fieldOf(response, ALLOW)).toBe(OWN);
    expect(fieldOf(response, 'Vary')).toBe('Origin');
    expect(fieldOf(response, 'Access-Control-Allow-Credentials')).toBeUndefined();
    expect(marks).toEqual([`Access-Control-Allow-Origin ${OWN} added by the CORS setting`]);
  });

  it.each([
    'http://localhost:5174',
    'http://localhost:51730',
    'https://localhost:5173',
    'http://localhost:5173.evil.test',
    'null',
    'HTTP://LOCALHOST:5173',
  ])('adds no permission for %s, but varies', async (origin) => {
    const { response } = await ask(options, { Origin: origin });
    expect(fieldOf(response, ALLOW)).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBe('Origin');
    const preflight = await ask(
      options,
      { Origin: origin, 'Access-Control-Request-Method': 'PUT' },
      'OPTIONS',
    );
    expect(fieldOf(preflight.response, ALLOW)).toBeUndefined();
    expect(fieldOf(preflight.response, 'Access-Control-Allow-Methods')).toBeUndefined();
  });

  it('adds none where no Origin is said, and says so', async () => {
    const { response, marks } = await ask(options, {});
    expect(fieldOf(response, ALLOW)).toBeUndefined();
    expect(fieldOf(response, 'Vary')).toBe('Origin');
    expect(marks).toEqual(['No Origin, so the CORS setting adds no permission']);
  });

  it('may let them send credentials', async () => {
    const { response } = await ask({ ...options, credentials: true }, { Origin: OWN });
    expect(fieldOf(response, 'Access-Control-Allow-Credentials')).toBe('true');
    expect(fieldOf(response, 'Access-Control-Expose-Headers')).toBeUndefined();
  });

  it('keeps the answers to different origins apart', async () => {
    const layer = cors(options);
    const one = await layer(handlerRequest('/a', { Origin: OWN }), () => KEPT);
    const other = await layer(handlerRequest('/a', { Origin: 'https://example.test' }), () => KEPT);
    expect(fieldOf(one, ALLOW)).toBe(OWN);
    expect(fieldOf(other, ALLOW)).toBe('https://example.test');
  });
});

describe('CORS settings that cannot be', () => {
  it.each<[string, CorsOptions]>([
    ['Credentials need a list of origins', { credentials: true }],
    ['null is the origin of every sandboxed frame', { origins: ['null'] }],
    ['is not an origin', { origins: ['localhost:5173'] }],
    ['is not an origin', { origins: ['http://localhost:5173/'] }],
    ['is not an origin', { origins: ['*'] }],
  ])('%s', (problem, options) => {
    expect(() => cors(options)).toThrow(problem);
  });
});
