import { describe, expect, it } from 'vitest';
import {
  acceptsHtml,
  errorResponse,
  faultResponse,
  problemResponse,
} from '../../server-core/http/error-page.ts';
import { HttpError } from '../../server-core/http/errors.ts';
import type { Response } from '../../server-core/http/response.ts';
import { FAULTS } from '../../server-core/wire/faults.ts';
import { contentOf, fieldOf, handlerRequest } from '../support/handler-request.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

async function textOf(response: Response): Promise<string> {
  return (await contentOf(response)).toString('utf8');
}

describe('errorResponse', () => {
  it('gives a browser a page that says what, why and by which clause', async () => {
    const request = handlerRequest('/x', { Accept: BROWSER });
    const response = errorResponse(404, 'There is nothing under this name', {
      section: 'RFC 9110 §15.5.5',
      request,
    });
    expect(response.status).toBe(404);
    expect(fieldOf(response, 'Content-Type')).toBe('text/html; charset=utf-8');
    const html = await textOf(response);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<title>404 Not Found</title>');
    expect(html).toContain('There is nothing under this name.');
    expect(html).toContain('RFC 9110 §15.5.5');
    expect(html).toContain('prefers-color-scheme');
  });

  it('loads and runs nothing', async () => {
    const response = errorResponse(500, 'x', { request: handlerRequest('/', { Accept: 'text/html' }) });
    expect(fieldOf(response, 'Content-Security-Policy')).toContain("default-src 'none'");
    const html = await textOf(response);
    expect(html).not.toMatch(/<script|<link rel="stylesheet|url\(|@import|https?:\/\/(?!www\.w3\.org)/i);
  });

  it.each([
    ['curl', '*/*'],
    ['an image tag', 'image/avif,image/webp,*/*;q=0.8'],
    ['nothing said', undefined],
    ['HTML refused', 'text/html;q=0, */*'],
  ])('gives text to %s', async (_, accept) => {
    const request = handlerRequest('/x', accept === undefined ? {} : { Accept: accept });
    const response = errorResponse(404, 'There is nothing under this name', {
      section: 'RFC 9110 §15.5.5',
      request,
    });
    expect(fieldOf(response, 'Content-Type')).toBe('text/plain; charset=utf-8');
    expect(await textOf(response)).toBe(
      '404 Not Found\nThere is nothing under this name.\nRFC 9110 §15.5.5\n',
    );
  });

  it('is never cached, and says that it depends on Accept', () => {
    const response = errorResponse(404, 'x');
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    expect(fieldOf(response, 'Vary')).toBe('Accept');
  });

  it('escapes its text, whoever wrote it', async () => {
    const request = handlerRequest('/', { Accept: 'text/html' });
    const html = await textOf(errorResponse(400, `<script>"'&`, { request }));
    expect(html).toContain('&lt;script&gt;&quot;&#39;&amp;');
    expect(html).not.toContain('<script>');
  });

  it('carries the fields it is given', () => {
    const response = errorResponse(405, 'x', { fields: [['Allow', 'GET']] });
    expect(fieldOf(response, 'Allow')).toBe('GET');
    expect(response.close).toBeUndefined();
  });
});

describe('faultResponse', () => {
  it('says the sentence, the code and the byte, and closes', async () => {
    const response = faultResponse('method-invalid', 12);
    expect(response).toMatchObject({ status: 400, close: true });
    const text = await textOf(response);
    expect(text).toContain(FAULTS['method-invalid'].sentence);
    expect(text).toContain('method-invalid at byte 12');
  });
});

describe('problemResponse', () => {
  it('answers an HttpError with its own words and fields', async () => {
    const error = new HttpError(413, 'The content is too long', { fields: [['Retry-After', '9']] });
    const response = problemResponse(error, handlerRequest('/'));
    expect(response.status).toBe(413);
    expect(fieldOf(response, 'Retry-After')).toBe('9');
    expect(await textOf(response)).toContain('The content is too long.');
  });

  it('tells a stranger nothing about any other error, and the trace all', async () => {
    const request = handlerRequest('/');
    const response = problemResponse(new TypeError('secret is not a function'), request);
    expect(response.status).toBe(500);
    expect(await textOf(response)).not.toContain('secret');
    expect(request.marks).toEqual([
      { mark: 'note', detail: 'The handler failed: TypeError: secret is not a function' },
    ]);
  });

  it('works before a head was read', () => {
    expect(problemResponse(new HttpError(408, 'Too late')).status).toBe(408);
  });
});

describe('acceptsHtml', () => {
  it.each([
    [BROWSER, true],
    ['TEXT/HTML', true],
    ['text/plain, text/html ; level=1 ; q=0.1', true],
    ['text/html;q=0.0', false],
    ['text/*', false],
    ['application/json', false],
    ['', false],
  ])('%s: %s', (accept, expected) => {
    expect(acceptsHtml(accept)).toBe(expected);
  });
});
