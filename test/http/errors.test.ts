import { describe, expect, it } from 'vitest';
import { HttpError } from '../../server-core/http/errors.ts';

describe('HttpError', () => {
  it('keeps what is said in public apart from the cause', () => {
    const cause = new Error('ENOENT: /secret');
    const error = new HttpError(503, 'Not now', {
      cause,
      fields: [['Retry-After', '1']],
      section: 'RFC 9110 §15.6.4',
    });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('HttpError');
    expect(error).toMatchObject({ status: 503, publicText: 'Not now', cause, code: undefined });
    expect(error.fields).toEqual([['Retry-After', '1']]);
    expect(error.message).not.toContain('secret');
  });

  it.each([200, 304, 399, 600, Number.NaN])('refuses %s, which is no error', (status) => {
    expect(() => new HttpError(status, 'x')).toThrow(RangeError);
  });
});
