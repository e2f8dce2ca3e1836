import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, fieldOf } from '../../../renderer/filter/fields.ts';
import { parseFilter } from '../../../renderer/filter/parser.ts';
import { printFilter } from '../../../renderer/filter/printer.ts';
import { strip } from './strip.ts';

describe('filter text', () => {
  it.each([
    // Words, phrases, expressions.
    ['', ''],
    ['  css ', 'css'],
    ['a "b c" d', 'a "b c" d'],
    ['"open quote', '"open quote"'],
    ['""', '""'],
    ['"say \\"hi\\""', '"say \\"hi\\""'],
    ['/api/v1', '/api/v1'],
    ['/api/', '/api/'],
    ['/\\.png$/i', '/\\.png$/i'],
    ['/(a|b)/ (c)', '/(a|b)/ c'],
    ['/a b', '/a b'],
    ['/css or /js/', '/css or /js/'],
    ['/[/]x/', '/[\\/]x/'],
    ['"/api/"', '"/api/"'],
    ['photo(1).png', 'photo(1).png'],
    ['*.png', '*.png'],
    ['"*.png"', '"*.png"'],
    ['?v=2', '?v=2'],
    ['v=2', 'v=2'],
    ['http://a/b', 'http://a/b'],
    ['"and"', '"and"'],
    ['a-b', 'a-b'],
    ['"-a"', '"-a"'],
    ['constructor __proto__', 'constructor __proto__'],
    // Joints.
    ['a and b & c && d', 'a b c d'],
    ['a OR b | c || d', 'a or b or c or d'],
    ['a b or c d', 'a b or c d'],
    ['(a or b) c', '(a or b) c'],
    ['(a b) c', 'a b c'],
    ['a (b or (c or d))', 'a (b or c or d)'],
    ['-a !b not c', '-a -b -c'],
    ['--a', '--a'],
    ['-(a b)', '-(a b)'],
    ['not (a or b)', '-(a or b)'],
    ['-"a b"', '-"a b"'],
    // Texts.
    ['path:/api/', 'path:/api/'],
    ['PATH:x', 'path:x'],
    ['url:x', 'path:x'],
    ['path="a b"', 'path="a b"'],
    ['path==/', 'path=/'],
    ['path!=/', '-path=/'],
    ['path~^/a', 'path~/^\\/a/i'],
    ['path~/^\\/a/', 'path~/^\\/a/'],
    ['path~"a b"', 'path~/a\\u0020b/i'],
    ['path:a(b)c', 'path:a(b)c'],
    ['(path:a)', 'path:a'],
    ['path:*.png', 'path:*.png'],
    ['path:"*"', 'path:"*"'],
    ['path:""', 'path:""'],
    ['path:and', 'path:and'],
    ['mime-type:text/html', 'mime:text/html'],
    ['domain:a.org', 'host:a.org'],
    ['header.ETag:abc', 'header.etag:abc'],
    ['res.vary=*', 'response.vary=*'],
    // Numbers.
    ['status:404', 'status:404'],
    ['status=404', 'status:404'],
    ['status!=404', '-status:404'],
    ['status-code:404', 'status:404'],
    ['status:4xx', 'status:4xx'],
    ['status:4XX', 'status:4xx'],
    ['status:4*', 'status:4xx'],
    ['status:40x', 'status:400..409'],
    ['status:200..299', 'status:2xx'],
    ['status:200..204', 'status:200..204'],
    ['status:400..', 'status>=400'],
    ['status:..399', 'status<=399'],
    ['status:>=400', 'status>=400'],
    ['conn:c12', 'conn:12'],
    ['id:#7', 'id:7'],
    // Quantities.
    ['size>10k', 'size>10kB'],
    ['size>10kB', 'size>10kB'],
    ['size>1KiB', 'size>1024'],
    ['size>=1.5k', 'size>=1500'],
    ['size>1.001k', 'size>1001'],
    ['size:1k..2M', 'size:1kB..2MB'],
    ['larger-than:10k', 'size>10kB'],
    ['time>200', 'time>200ms'],
    ['time>1.5s', 'time>1500ms'],
    ['time<250us', 'time<250us'],
    ['time>1min', 'time>60s'],
    ['slower-than:1s', 'time>1s'],
    // Times of day.
    ['at>14:02', 'at>14:02:00'],
    ['at>=9:05:07.5', 'at>=09:05:07.5'],
    ['after:14:02:30', 'at>=14:02:30'],
    ['before:14:02', 'at<14:02:00'],
    ['at:14:02', 'at:14:02:00..14:02:59.999999'],
    ['at:14:02:30', 'at:14:02:30..14:02:30.999999'],
    ['at=14:02:30.5', 'at:14:02:30.5..14:02:30.599999'],
    ['at:14:02..14:03:30', 'at:14:02:00..14:03:30'],
    // Dates.
    ['at:2026-03-28', 'at:2026-03-28T00:00:00..2026-03-28T23:59:59.999999'],
    ['at:2026-03-28T14:02', 'at:2026-03-28T14:02:00..2026-03-28T14:02:59.999999'],
    ['after:2026-03-28', 'at>=2026-03-28T00:00:00'],
    ['before:2026-03-28t9:05:07.5', 'at<2026-03-28T09:05:07.5'],
    ['at:2024-02-29..2024-03-01', 'at:2024-02-29T00:00:00..2024-03-01T23:59:59.999999'],
    // Bytes.
    ['bytes:0D0A', 'bytes:0d0a'],
    ['bytes:/0d0a/', 'bytes:0d0a'],
    ['bytes:"0d 0a"', 'bytes:0d0a'],
    ['hex!=00', '-bytes:00'],
    ['bytes~\\x00+', 'bytes~/\\x00+/i'],
    // Words.
    ['is:error', 'is:error'],
    ['is:304', 'is:cached'],
    ['-is:running', '-is:open'],
    // mitmproxy.
    ['~m post', 'method~/post/i'],
    ['~u /api | ~c 404', 'path~/\\/api/i or status:404'],
    ['!~s & ~e', '-is:answered is:error'],
    ['~q', '-is:answered'],
    ['~t "image/.*"', 'mime~/image\\/.*/i'],
    ['~hq accept', 'request~/accept/i'],
    ['~tq json | ~ts json', 'request.content-type~/json/i or mime~/json/i'],
    ['~bq a=1 & ~bs error', 'request-body~/a=1/i response-body~/error/i'],
    ['~hs vary', 'response~/vary/i'],
    ['~comment slow', 'note~/slow/i'],
    ['~marked', 'is:marked'],
    ['~a', 'type:css or type:js or type:img or type:font'],
    ['~all', '""'],
  ])('%j is %j', (text, canonical) => {
    const { expr, error } = parseFilter(text);
    expect(error).toBeUndefined();
    expect(printFilter(expr)).toBe(canonical);
    expect(strip(parseFilter(canonical).expr)).toEqual(strip(expr));
  });

  it.each([
    ['stauts:404', 0, 6, '`stauts` is no field; did you mean `status`?'],
    ['a stauts>=400', 2, 8, '`stauts` is no field; did you mean `status`?'],
    ['nonsense:1', 0, 8, '`nonsense` is no field; in quotes it is looked for as text'],
    ['status:abc', 7, 10, '`abc` is no status; write it as in `status:4xx`'],
    ['status:', 0, 7, '`status:` needs a value, as in `status:4xx`'],
    ['status: 404', 0, 7, '`status:` needs a value, as in `status:4xx`'],
    ['size>lots', 5, 9, '`lots` is no size; write it as in `size>10kB`'],
    ['size:c12', 5, 8, '`c12` is no size; write it as in `size>10kB`'],
    ['time>1h', 5, 7, '`1h` is no length of time; write it as in `time>200ms`'],
    ['status~4', 7, 8, '`status` is a number: no expression matches it'],
    ['path>x', 5, 6, '`path` is a text, which is neither more nor less than another'],
    ['at>25:00', 3, 8, '`25:00` is no time of day, nor a date; write it as in `at>14:02:30`'],
    ['at>2026-02-30', 3, 13, '`2026-02-30` is no time of day, nor a date; write it as in `at>14:02:30`'],
    ['at:14:02..2026-03-28', 3, 20, 'Both ends of `14:02..2026-03-28` need a date, or neither'],
    ['at~14', 3, 5, '`at` is a number: no expression matches it'],
    ['bytes:0d0', 6, 9, '`0d0` is no hex: two digits make a byte, as in `bytes:0d0a0d0a`'],
    ['bytes>00', 6, 8, '`bytes` takes hex after a colon, as in `bytes:0d0a0d0a`'],
    ['is:eror', 3, 7, '`is:eror` is not known; did you mean `error`?'],
    ['is>error', 3, 8, '`is` takes a word after a colon, such as `is:error`'],
    ['larger-than>10k', 11, 12, '`larger-than` compares by itself: write a colon'],
    ['status:5..4', 7, 11, 'Nothing lies in `5..4`: its end is before its start'],
    ['(a', 0, 1, 'This bracket is not closed'],
    ['a)', 1, 2, 'This bracket closes none'],
    [')', 0, 1, 'This bracket closes none'],
    ['()', 0, 1, 'This bracket needs something after it; in quotes it is a word'],
    ['a or', 2, 4, '`or` needs something after it; in quotes it is a word'],
    ['or a', 0, 2, '`or` needs something before it; in quotes it is a word'],
    ['-', 0, 1, '`-` needs something after it; in quotes it is a word'],
    ['~z', 0, 2, '`~z` is no filter of mitmproxy; in quotes it is a word'],
    ['~m', 0, 2, '`~m` needs a word after it'],
    ['~m (a)', 0, 2, '`~m` needs a word after it'],
    ['path~(', 5, 6, '`(` is no regular expression: unterminated group'],
    ['/a(/', 0, 4, '`a(` is no regular expression: unterminated group'],
    ['header.:x', 0, 7, '`header.` needs the name of a header field, as in `header.etag`'],
    [`${'('.repeat(200)}a`, 100, 101, 'This lies in too many brackets'],
  ])('%j is wrong at %i–%i: %s', (text, start, end, message) => {
    expect(parseFilter(text).error).toMatchObject({ start, end, message });
    expect(parseFilter(text).expr).toBeUndefined();
  });

  it.each([
    ['status:', true],
    ['is:err', true],
    ['status:2..', false],
    ['at>14:', true],
    ['at>2026-03-', true],
    ['at>2026-03-28T14:', true],
    ['bytes:0d0', true],
    ['(a', true],
    ['a or', true],
    ['a -', true],
    ['is:err a', false],
    ['stauts:4', false],
    ['a)', false],
  ])('%j may yet become right: %j', (text, incomplete) => {
    const { error } = parseFilter(text);
    expect(error?.incomplete ?? false).toBe(incomplete);
  });

  it('offers what was meant in place of a slip', () => {
    const { error } = parseFilter('-stauts:404');
    expect(error).toMatchObject({ start: 1, end: 7, fix: 'status' });
  });

  it.each(FIELD_NAMES)('the example of %s can be read', (name) => {
    expect(parseFilter(fieldOf(name).example).error).toBeUndefined();
  });

  it('knows where each part stands', () => {
    expect(parseFilter('a (b or -status:404)').expr).toMatchObject({
      parts: [
        { start: 0, end: 1 },
        {
          start: 2,
          end: 20,
          parts: [
            { start: 3, end: 4 },
            { start: 8, end: 19, of: { start: 9, end: 19 } },
          ],
        },
      ],
    });
  });
});
