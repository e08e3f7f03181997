import {
  headerFits,
  headFits,
  itemFits,
  judge,
  type Surroundings,
} from '../../../src/capture/framing/plausible.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** A message of a session, with its length. */
const data = (body: string, length = 10 + hex(body).length): string =>
  `${length.toString(16).padStart(8, '0')} 0001 8101 0000 00000007 ${body}`;
const linktest = '0000000a ffff 0000 0005 00000009';

it.each<[string, string, boolean]>([
  ['data', data(''), true],
  ['Linktest.req', linktest, true],
  ['Select.rsp with a status', '0000000a 0001 0002 0002 00000001', true],
  ['Reject.req with a reason', '0000000a 0001 0503 0007 00000001', true],
  ['Select.req with a status', '0000000a 0001 0002 0001 00000001', false],
  ['Linktest.req with a byte 2', '0000000a ffff 0100 0005 00000001', false],
  ['Linktest.req with a body', '0000000b ffff 0000 0005 00000001 00', false],
  ['PType 1', '0000000a 0001 8101 0100 00000007', false],
  ['SType 8', '0000000a 0001 8101 0008 00000007', false],
  ['less than a header', data('', 9), false],
  ['more than is allowed', data('', 101), false],
])('the head of %s', (_name, text, fits) => expect(headFits(hex(text), 0, 100)).toBe(fits));

it.each<[string, boolean]>([
  ['0001 8101 0000 00000007', true],
  ['0001 0001 0000 00000007', false],
  ['ffff 0000 0005 00000007', true],
  ['0001 8101 0100 00000007', false],
  ['0001 8101 0008 00000007', false],
  ['0001 8101 0000 000000', false],
  ['0001 8101 00', false],
])('the header %s', (text, fits) => expect(headerFits(hex(text), 0)).toBe(fits));

it.each<[string, string, boolean]>([
  ['text', '4101 41', true],
  ['a list', '0102 4101 41 0100', true],
  ['one byte', '41', false],
  ['bytes behind it', '4101 41 00', false],
  ['no length bytes', '4001', false],
  ['a header that is cut off', '4200', false],
  ['text that is cut off', '4102 41', false],
  ['a list that is cut off', '0102 4101 41', false],
  ['a list longer than its bytes', '0105 4101 41', false],
  ['a format that is not one', '0d01 41', false],
  ['half a number', 'a901 41', false],
  ['lists that nest too deep', `${'0101'.repeat(65)}0100`, false],
])('an item: %s', (_name, text, fits) => expect(itemFits(hex(text))).toBe(fits));

describe('where a message begins', () => {
  const text = data('4101 41');
  it.each<[string, string, Partial<Surroundings>, string]>([
    ['too little', '0000', {}, 'wait'],
    ['too little at the end', '0000', { final: true }, 'no'],
    ['no head', '0000000a 0001 8101 0100 00000007', {}, 'no'],
    ['a whole segment', data('ff'), { segmentStart: 0, segmentEnd: 15 }, 'yes'],
    ['a segment from offset 0', data('ff'), { startsSegment: true, segmentEnd: 15 }, 'yes'],
    ['an item', text, {}, 'yes'],
    ['an item whose bytes are still to come', data('4109 41', 21), {}, 'yes'],
    ['a part of an item', data('0102 4101 41', 19), {}, 'wait'],
    ['a part of an item at the end', data('0102 4101 41', 19), { final: true }, 'no'],
    ['a part of an item at a segment', data('0102 4101 41', 19), { segmentStart: 0 }, 'yes'],
    ['a part of too long an item', data('0102 4101 41', 10 + 65560), {}, 'no'],
    ['no item', data('4001'), {}, 'no'],
    ['no item at a segment, a message behind it', data('4001') + linktest, { segmentStart: 0 }, 'yes'],
    ['no item at a segment, none behind it', data('4001') + 'ff'.repeat(14), { segmentStart: 0 }, 'no'],
    ['no item at a segment, more to come', data('4001'), { segmentStart: 0 }, 'wait'],
    ['no item at a segment, and the end', data('4001'), { segmentStart: 0, final: true }, 'no'],
    ['a plain control message', linktest, {}, 'yes'],
    ['a header alone at a segment', data(''), { segmentStart: 0 }, 'yes'],
    ['a header alone, a message behind it', data('') + text, {}, 'yes'],
    ['a header alone, more to come', data(''), {}, 'wait'],
    ['a header alone at the end', data(''), { final: true }, 'no'],
  ])('%s', (_name, bytes, around, verdict) => {
    const all = hex(bytes);
    const nowhere = { segmentStart: -1, segmentEnd: -1, startsSegment: false, final: false };
    expect(judge(all, 0, { end: all.length, maxPacketBytes: 1e6, ...nowhere, ...around })).toBe(verdict);
  });
});
