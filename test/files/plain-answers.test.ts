import { describe, expect, it } from 'vitest';
import { fileProblem } from '../../server-core/files/plain-answers.ts';
import { contentOf, handlerRequest } from '../support/handler-request.ts';

describe('fileProblem', () => {
  it.each([
    ['ENOENT', 404],
    ['ENOTDIR', 404],
    ['ELOOP', 404],
    ['ENAMETOOLONG', 404],
    ['EACCES', 403],
    ['EPERM', 403],
    ['EMFILE', 503],
    ['ENFILE', 503],
    ['EIO', 500],
    ['ESTALE', 500],
  ])('answers %s with %s, and names no path', async (code, status) => {
    const error = Object.assign(new Error(`${code}: no luck, open '/home/me/secret'`), { code });
    const request = handlerRequest('/a');
    const response = fileProblem(error, request);
    expect(response.status).toBe(status);
    expect((await contentOf(response)).toString()).not.toContain('secret');
    expect(request.marks[0]).toEqual({
      mark: 'decision',
      detail: `The file system said ${code}, so ${status}`,
    });
  });

  it('answers what is no error of the system with 500', () => {
    expect(fileProblem(new TypeError('x'), handlerRequest('/a')).status).toBe(500);
  });
});
