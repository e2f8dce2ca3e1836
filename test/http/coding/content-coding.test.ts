import { describe, expect, it } from 'vitest';
import {
  encoderFor,
  encodeWhole,
  isCompressible,
  MADE_CODINGS,
} from '../../../server-core/http/coding/content-coding.ts';
import { decoded } from '../../support/decoded.ts';

describe('isCompressible', () => {
  it.each([
    'text/html; charset=utf-8',
    'text/css',
    'TEXT/PLAIN',
    'text/javascript',
    'application/json',
    'application/ld+json',
    'application/manifest+json',
    'image/svg+xml',
    'application/xml',
    'application/wasm',
    'font/ttf',
    'image/bmp',
    'model/gltf+json',
  ])('%s', (type) => expect(isCompressible(type)).toBe(true));
  it.each([
    'image/png',
    'image/jpeg',
    'video/mp4',
    'audio/mpeg',
    'font/woff2',
    'application/zip',
    'application/gzip',
    'application/pdf',
    'application/octet-stream',
    'x/jsonish',
    'context/plain',
  ])('not %s', (type) => expect(isCompressible(type)).toBe(false));
});

describe.each(MADE_CODINGS)('%s', (coding) => {
  it.each([0, 1, 5_000, 300_000])('%d bytes come back', async (size) => {
    const content = Buffer.from(Array.from({ length: size }, (_, i) => (i * i) % 61));
    expect(decoded(coding, await encodeWhole(coding, content)).equals(content)).toBe(true);
    const encoder = encoderFor(coding, size);
    encoder.end(content);
    expect(decoded(coding, Buffer.concat(await encoder.toArray())).equals(content)).toBe(true);
  });
});
