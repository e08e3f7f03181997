import { decodeItem } from '../../../../src/secs2/codec/decode.js';
import { Secs2DepthError } from '../../../../src/secs2/errors.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../../src/secs2/items/factories.js';
import { F4, F8, I8, U1, U2, U4 } from '../../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../../src/secs2/items/item.js';
import { message } from '../../../../src/secs2/message.js';
import { parseItem } from '../../../../src/secs2/sml/parse.js';
import { printItem, printMessage } from '../../../../src/secs2/sml/print/print.js';
import { isPlain } from '../../../../src/secs2/sml/print/print-text.js';
import { catchError } from '../../support/catch-error.js';

/** Lists in each other, and something in the innermost. */
function nested(depth: number, core: Item = U1(1)): Item {
  let item = core;
  for (let i = 0; i < depth; i++) item = L(item);
  return item;
}

describe('printing', () => {
  it.each<[Item, string]>([
    [F8(0), '<F8[1] 0>'],
    [F8(0, -0, 1), '<F8[3] 0 -0 1>'],
    [F4(0), '<F4[1] 0>'],
    [F4(0, -0), '<F4[2] 0 -0>'],
    [F4(1e-45, -Infinity), '<F4[2] 1e-45 -Inf>'],
    [F8(NaN), '<F8[1] NaN>'],
    [I8(), '<I8[0]>'],
    [A('~\n~'), '<A[3] "~" 0x0A "~">'],
    [A('\x7f'), '<A[1] 0x7F>'],
    [J('~a'), '<J[2] "‾a">'],
    [C2('a~\u0301 日\u00a0', 'UTF-8'), '<C2[10] UTF-8 "a~" 0xCC 0x81 " 日" 0xC2 0xA0>'],
    [C2(Uint8Array.of(0x41), 4), '<C2[1] ISO-8859-1 "A">'],
    [B(Buffer.alloc(252)), `<B[252]${' 0x00'.repeat(252)}>`],
    [decodeItem(Buffer.concat([Buffer.of(0x21, 255), Buffer.alloc(255)])), `<B[255]${' 0x00'.repeat(255)}>`],
    [B(Buffer.alloc(256)), `<B[256]${' 0x00'.repeat(256)}>`],
    [
      L(L(), L(A('x'), L()), U1(2)),
      '<L[3]\n  <L[0]>\n  <L[2]\n    <A[1] "x">\n    <L[0]>\n  >\n  <U1[1] 2>\n>',
    ],
  ])('%#', (item, text) => {
    expect(printItem(item)).toBe(text);
    expect(parseItem(text, { strict: true }).identical(item)).toBe(true);
  });

  it('prints an item of a list as one that stands alone', () => {
    const list = decodeItem(L(A('x'), U4(1), F8(2), B(1, 2)).encode());
    expect(Array.from({ length: list.length }, (_, i) => printItem(list.at(i)))).toEqual([
      '<A[1] "x">',
      '<U4[1] 1>',
      '<F8[1] 2>',
      '<B[2] 0x01 0x02>',
    ]);
  });

  it.each<[Item, number, string]>([
    [
      L(L(A('ab'), A('c')), L()),
      1,
      '<L[2]\n  <L[2]\n    <A[2] "a" /* 1 more */>\n    /* 1 more */\n  >\n  /* 1 more */\n>',
    ],
    [L(U1(1), U1(2)), 2, '<L[2]\n  <U1[1] 1>\n  <U1[1] 2>\n>'],
    [L(U1(1), U1(2), U1(3)), 2, '<L[3]\n  <U1[1] 1>\n  <U1[1] 2>\n  /* 1 more */\n>'],
    [U2(1, 2), 2, '<U2[2] 1 2>'],
    [BOOLEAN(true, false), 1, '<BOOLEAN[2] T /* 1 more */>'],
    [F4(1, 2), 2, '<F4[2] 1 2>'],
    [F4(1, 2), 1, '<F4[2] 1 /* 1 more */>'],
    [B(1, 2), 0, '<B[2] /* 2 more */>'],
    [U4(7), 0, '<U4[1] 7 /* 1 more */>'],
    [F8(7), 0, '<F8[1] 7 /* 1 more */>'],
  ])('cuts %# at %d', (item, maxLength, text) => {
    expect(printItem(item, { maxLength })).toBe(text);
  });

  it('prints lists down to the depth that is allowed', () => {
    expect(printItem(nested(64))).toContain('<U1[1] 1>');
    expect(catchError(() => printItem(nested(65)))).toBeInstanceOf(Secs2DepthError);
    expect(printItem(nested(2), { maxDepth: 2 })).toContain('<U1[1] 1>');
    expect(() => printItem(nested(3), { maxDepth: 2 })).toThrow('maxDepth 2');
    expect(() => printItem(nested(65), { counts: 'never' })).toThrow('maxDepth 64');
    expect(printItem(U1(1), { maxDepth: 0 })).toBe('<U1[1] 1>');
    expect(() => printMessage(message(1, 2, false, nested(65)))).toThrow('maxDepth 64');
  });

  it('indents lists as far as 64 of them go', () => {
    const lines = printItem(nested(70), { maxDepth: 70, indent: 1, counts: 'never' }).split('\n');
    const indents = lines.map((line) => line.length - line.trimStart().length);
    const down = Array.from({ length: 71 }, (_, i) => Math.min(i, 64));
    const up = Array.from({ length: 70 }, (_, i) => Math.min(i, 63)).reverse();
    expect(indents).toEqual([...down, ...up]);
  });
});

describe('text that stands between quotes as it is', () => {
  it.each(Array.from({ length: 300 }, (_, code) => code))('with character %d', (code) => {
    const character = String.fromCharCode(code);
    const plain = code >= 0x20 && code < 0x7f && !['"', "'", '\\'].includes(character);
    for (const length of [0, 1, 62, 63, 64, 65, 200]) {
      expect(isPlain('x'.repeat(length) + character)).toBe(plain);
      expect(isPlain(character + 'x'.repeat(length))).toBe(plain);
    }
  });
});
