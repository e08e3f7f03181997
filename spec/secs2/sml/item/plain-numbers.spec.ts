import { takeDigits, takePlainFloat } from '../../../../src/secs2/sml/item/plain-numbers.js';
import { SmlSource } from '../../../../src/secs2/sml/source.js';

type Take = (source: SmlSource) => number | undefined;

/** What is read of a text, and how far; the text stands behind others, or at the front. */
function taken(take: Take, text: string, before = ''): [value: number | undefined, read: number] {
  const source = new SmlSource(before + text, {});
  source.position = before.length;
  return [take(source), source.position - before.length];
}

describe.each(['', '<U4 ', '<F8 -1.5 '])('behind %j', (before) => {
  it.each<[text: string, value: number, read: number]>([
    ['0>', 0, 1],
    ['9>', 9, 1],
    ['90 1>', 90, 2],
    ['-1>', -1, 2],
    ['-19 >', -19, 3],
    ['-0>', 0, 2],
    ['007>', 7, 3],
    ['12\n', 12, 2],
    ['-12\n', -12, 3],
    ['12\t>', 12, 2],
    ['12\x01>', 12, 2],
    ['123456789012345>', 123456789012345, 15],
    ['-123456789012345>', -123456789012345, 16],
  ])('takeDigits takes %j', (text, value, read) => {
    expect(taken(takeDigits, text, before)).toEqual([value, read]);
  });

  it.each(['', '-', '>', '->', ' 1>', '12', '-12', '1/>', '1:>', '/1>', ':1>', '+1>', '--1>', '1->'])(
    'takeDigits leaves %j',
    (text) => {
      expect(taken(takeDigits, text, before)).toEqual([undefined, 0]);
    },
  );

  it.each([
    '-12\t>',
    '-12\x01>',
    '1.>',
    '1.5>',
    '1e3>',
    '0x1>',
    '1,2>',
    '1\u00a0>',
    '1234567890123456>',
    '-1234567890123456>',
  ])('takeDigits leaves %j to the general reader', (text) => {
    expect(taken(takeDigits, text, before)).toEqual([undefined, 0]);
  });

  it.each<[text: string, value: number, read: number]>([
    ['0>', 0, 1],
    ['9 >', 9, 1],
    ['-9>', -9, 2],
    ['-0>', -0, 2],
    ['-0.0>', -0, 4],
    ['1.5>', 1.5, 3],
    ['-12.25 >', -12.25, 6],
    ['.5>', 0.5, 2],
    ['-.5>', -0.5, 3],
    ['5.>', 5, 2],
    ['0.1\t', 0.1, 3],
    ['0.001\n', 0.001, 5],
    ['1\x01>', 1, 1],
    ['123456789012345>', 123456789012345, 15],
    ['12345678901234.5>', 12345678901234.5, 16],
    ['.123456789012345>', 0.123456789012345, 16],
    ['-1.23456789012345>', -1.23456789012345, 17],
  ])('takePlainFloat takes %j', (text, value, read) => {
    expect(taken(takePlainFloat, text, before)).toEqual([value, read]);
  });

  it.each([
    '',
    '-',
    '.',
    '.>',
    '-.>',
    '>',
    '->',
    '1',
    '1.5',
    '-1.5',
    '1/>',
    '1:>',
    '/1>',
    ':1>',
    '+1>',
    '--1>',
  ])('takePlainFloat leaves %j', (text) => {
    expect(taken(takePlainFloat, text, before)).toEqual([undefined, 0]);
  });

  it.each([
    '1.2.3>',
    '1..>',
    '..1>',
    '1e3>',
    'Inf>',
    'NaN>',
    '0x1>',
    '1,2>',
    '1\u00a0>',
    '1234567890123456>',
    '1.234567890123456>',
  ])('takePlainFloat leaves %j to the general reader', (text) => {
    expect(taken(takePlainFloat, text, before)).toEqual([undefined, 0]);
  });
});
