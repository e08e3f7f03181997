import { SmlError } from '../../../src/secs2/errors.js';
import { SmlSource } from '../../../src/secs2/sml/source.js';
import type { SmlWarning } from '../../../src/secs2/sml/parse-options.js';
import { catchError } from '../support/catch-error.js';

function sourceAt(text: string, position: number): SmlSource {
  const source = new SmlSource(text, {});
  source.position = position;
  return source;
}

describe('what is skipped', () => {
  it.each<[text: string, end: number]>([
    ['', 0],
    ['x', 0],
    [' \t\r\n\0\x1f x', 7],
    ['\ufeff\u00a0\u3000x', 3],
    ['   ', 3],
    ['// x', 4],
    ['// x\ny', 5],
    ['* x // y\n  z', 11],
    ['/* x */y', 7],
    ['/**/', 4],
    ['/***/x', 5],
    ['/*/ x */y', 8],
    ['/* x\n */ // y\n * z\n/**/ w', 24],
    ['/x', 0],
    [' /', 1],
    ['!', 0],
    ['\u2003x', 0],
  ])('%j', (text, end) => {
    const source = sourceAt(text, 0);
    source.skip();
    expect(source.position).toBe(end);
    const later = sourceAt(`<L${text}`, 2);
    later.skip();
    expect(later.position).toBe(2 + end);
  });

  it('is not a comment without an end', () => {
    const error = catchError(() => sourceAt('<L\n /*/ x', 2).skip());
    expect(error).toBeInstanceOf(SmlError);
    expect(error).toMatchObject({
      code: 'SML_SYNTAX',
      message: 'this comment has no end: */ is missing (line 2, column 2)',
      offset: 4,
    });
  });

  it.each<[text: string, end: number, atLineEnd: boolean]>([
    ['', 0, true],
    ['x', 0, false],
    [' \t x', 3, false],
    [' \t\n x', 2, true],
    [' \r\n', 1, true],
    ['\t', 1, true],
    ['\v', 0, false],
  ])('on one line, of %j', (text, end, atLineEnd) => {
    const source = sourceAt(text, 0);
    source.skipBlanks();
    expect([source.position, source.atLineEnd()]).toEqual([end, atLineEnd]);
  });
});

describe('where a place is', () => {
  it.each<[text: string, offset: number, line: number, column: number]>([
    ['', 0, 1, 1],
    ['abc', 2, 1, 3],
    ['\nx', 0, 1, 1],
    ['\nx', 1, 2, 1],
    ['a\nbc\n\nd', 1, 1, 2],
    ['a\nbc\n\nd', 3, 2, 2],
    ['a\nbc\n\nd', 5, 3, 1],
    ['a\nbc\n\nd', 6, 4, 1],
    ['a\nbc\n\nd', 7, 4, 2],
    ['a\n', 2, 2, 1],
  ])('in %j, %d', (text, offset, line, column) => {
    const source = sourceAt(text, 0);
    const error = catchError(() => source.fail('SML_SYNTAX', 'no', offset));
    expect(error).toMatchObject({ line, column, offset, message: `no (line ${line}, column ${column})` });
  });
});

describe('what is found', () => {
  it.each([
    ['', 'the end of the text'],
    ['x', '"x"'],
    ['"', '"\\""'],
    ['😀', '"😀"'],
    ['\n', '"\\n"'],
  ])('in %j', (text, words) => {
    expect(sourceAt(`<${text}`, 1).found()).toBe(words);
    expect(sourceAt(`<${text}`, 1).peek()).toBe(text === '' ? NaN : text.charCodeAt(0));
  });
});

describe('a pattern', () => {
  it('is taken or seen here and nowhere else', () => {
    const source = sourceAt('aab', 1);
    expect(source.sees(/a/y)).toBe(true);
    expect(source.sees(/b/y)).toBe(false);
    expect(source.take(/b/y)).toBeUndefined();
    expect(source.position).toBe(1);
    expect(source.take(/(a)b/y)?.[1]).toBe('a');
    expect(source.position).toBe(3);
  });
});

describe('what is put up with', () => {
  it.each<[SmlWarning['code'], string]>([
    ['count', 'SML_BAD_COUNT'],
    ['wBit', 'SML_BAD_HEADER'],
    ['escape', 'SML_BAD_VALUE'],
  ])('%s is a warning, or %s where the text is read strictly', (code, strictly) => {
    const warnings: SmlWarning[] = [];
    const onWarning = (warning: SmlWarning): void => void warnings.push(warning);
    new SmlSource('\nx', { onWarning }).tolerate(code, 'odd', 1);
    expect(warnings).toEqual([{ code, message: 'odd', line: 2, column: 1, offset: 1 }]);
    new SmlSource('\nx', {}).tolerate(code, 'odd', 1);
    const error = catchError(() =>
      new SmlSource('\nx', { strict: true, onWarning }).tolerate(code, 'odd', 1),
    );
    expect(error).toMatchObject({ code: strictly, message: 'odd (line 2, column 1)' });
    expect(warnings).toHaveLength(1);
  });
});

describe('ASCII in a code page', () => {
  it.each<[codePage: string | undefined, asciiText: boolean]>([
    [undefined, true],
    ['gbk', true],
    ['shift_jis', true],
    ['utf-8', true],
    ['latin1', true],
    ['utf-16', false],
    ['utf-7', false],
    ['hex', false],
  ])('%s: %s', (codePage, asciiText) => {
    expect(new SmlSource('', codePage === undefined ? {} : { codePage }).asciiText).toBe(asciiText);
  });
});
