import * as secs2 from '../../src/secs2/index.js';
import {
  argument,
  ERROR,
  INTERNAL,
  isArrayOfNone,
  isText,
  isTrue,
  NO_ARGUMENTS,
  optional,
  options,
  type Allows,
  type Row,
  type Rows,
} from './row.js';

const { A, L, S, U4 } = secs2;
const item = argument(U4(1));
const message = argument(S(1, 1));

const number = (factory: (...values: never[]) => unknown, right: unknown, allows: Allows): Row => ({
  call: factory,
  args: [argument(right, allows)],
});
const isNumber: Allows = (value) => typeof value === 'number';
const among =
  (min: number, max: number): Allows =>
  (value) =>
    isArrayOfNone(value) || (Number.isInteger(value) && (value as number) >= min && (value as number) <= max);
const bigints =
  (least: number): Allows =>
  (value) =>
    isArrayOfNone(value) ||
    (typeof value === 'bigint' && value < 1n << 63n) ||
    (Number.isSafeInteger(value) && (value as number) >= least);
const floats: Allows = (value) => isArrayOfNone(value) || isNumber(value);

/** A row for each callable of `rxsecs/secs2`. */
export const secs2Rows: Rows = {
  A: { call: (a, b) => A(a, b), args: [argument('x', isText), optional('gbk')] },
  B: number(secs2.B, 1, among(0, 255)),
  BOOLEAN: number(secs2.BOOLEAN, true, (value) => isArrayOfNone(value) || typeof value === 'boolean'),
  C2: { call: (a, b) => secs2.C2(a, b), args: [argument('x', isText), optional('UTF-8')] },
  'new DataItem': INTERNAL,
  'DataItem.valuesAs': INTERNAL,
  'DataItem.load': INTERNAL,
  F4: number(secs2.F4, 1, floats),
  F8: number(secs2.F8, 1, floats),
  I1: number(secs2.I1, 1, among(-128, 127)),
  I2: number(secs2.I2, 1, among(-32768, 32767)),
  I4: number(secs2.I4, 1, among(-(2 ** 31), 2 ** 31 - 1)),
  I8: number(secs2.I8, 1, bigints(Number.MIN_SAFE_INTEGER)),
  J: { call: (a) => secs2.J(a), args: [argument('x', isText)] },
  L: { call: (a) => L(a), args: [argument(U4(1), isArrayOfNone)] },
  'new LazyItem': {
    call: (...args: [never, never, never, never]) => new secs2.LazyItem(...args),
    args: [argument(Buffer.alloc(9)), options, optional(1), optional(3, (value) => value === 1)],
  },
  'LazyItem.copyTo': INTERNAL,
  'LazyItem.decode': INTERNAL,
  'new ListItem': INTERNAL,
  'ListItem.valuesAs': INTERNAL,
  S: { call: (a, b, c) => S(a, b, c), args: [argument(1), argument(1), optional(U4(1))] },
  'new Secs2AccessError': ERROR,
  'new Secs2ArgumentError': ERROR,
  'new Secs2DecodeError': ERROR,
  'new Secs2DepthError': ERROR,
  'new Secs2Error': ERROR,
  'new Secs2JsonError': ERROR,
  'new Secs2ShapeError': ERROR,
  'new Secs2TextError': ERROR,
  'new SecsItem': 'abstract',
  'SecsItem.at': { call: (a) => L(U4(1)).at(a), args: [argument(0, Number.isInteger)] },
  'SecsItem.encode': { call: (a) => U4(1).encode(a), args: [options] },
  'SecsItem.equals': { call: (a) => U4(1).equals(a), args: [item] },
  'SecsItem.identical': { call: (a) => U4(1).identical(a), args: [item] },
  'SecsItem.toJSON': NO_ARGUMENTS,
  'SecsItem.toString': NO_ARGUMENTS,
  'SecsItem.wrongFormat': INTERNAL,
  'new SecsMessage': INTERNAL,
  'SecsMessage.writeBody': INTERNAL,
  'SecsMessage.encode': { call: (a) => S(1, 1, L()).encode(a), args: [options] },
  'SecsMessage.noReply': { call: () => S(1, 13).w().noReply(), args: [] },
  'SecsMessage.w': { call: (a) => S(1, 13).w(a), args: [optional(L())] },
  'SecsMessage.expect': { call: (a) => S(1, 1, L()).expect(a), args: [argument('L', isArrayOfNone)] },
  'SecsMessage.toJSON': NO_ARGUMENTS,
  'SecsMessage.toString': NO_ARGUMENTS,
  'new SmlError': ERROR,
  'new SmlTemplateError': ERROR,
  U1: number(secs2.U1, 1, among(0, 255)),
  U2: number(secs2.U2, 1, among(0, 65535)),
  U4: number(secs2.U4, 1, among(0, 2 ** 32 - 1)),
  U8: number(secs2.U8, 1, bigints(0)),
  decodeItem: { call: (a, b) => secs2.decodeItem(a, b), args: [argument(Buffer.from([1, 0])), options] },
  encodeItem: { call: (a, b) => secs2.encodeItem(a, b), args: [item, options] },
  expectItem: { call: (a, b) => secs2.expectItem(a, b), args: [item, argument('U4', isArrayOfNone)] },
  itemFromJSON: { call: (a, b) => secs2.itemFromJSON(a, b), args: [argument({ U4: [1] }), options] },
  itemMatches: {
    call: (a, b) => secs2.itemMatches<secs2.Item, string>(a, b),
    args: [item, argument('U4', isArrayOfNone)],
  },
  itemToJSON: { call: (a, b) => secs2.itemToJSON(a, b), args: [item, options] },
  listOf: { call: (a) => secs2.listOf(a), args: [argument('U4', isArrayOfNone)] },
  matchItem: { call: (a, b) => secs2.matchItem(a, b), args: [item, argument('U4', isArrayOfNone)] },
  message: {
    call: (...args: [never, never, never, never]) => secs2.message(...args),
    args: [argument(1), argument(1), argument(true, isTrue), optional(U4(1))],
  },
  oneOf: { call: (a) => secs2.oneOf(a), args: [argument('U4', isArrayOfNone)] },
  parseItem: { call: (a, b) => secs2.parseItem(a, b), args: [argument('<L>'), options] },
  parseLibrary: { call: (a, b) => secs2.parseLibrary(a, b), args: [argument('S1F1.', isText), options] },
  parseMessage: { call: (a, b) => secs2.parseMessage(a, b), args: [argument('S1F1.'), options] },
  parseMessages: {
    call: (a, b) => secs2.parseMessages(a, b),
    args: [argument('S1F1.', (value) => value === ''), options],
  },
  printItem: { call: (a, b) => secs2.printItem(a, b), args: [item, options] },
  printMessage: { call: (a, b) => secs2.printMessage(a, b), args: [message, options] },
  receivedMessage: {
    call: (...args: [never, never, never, never, never]) => secs2.receivedMessage(...args),
    args: [argument(1), argument(1), argument(true, isTrue), argument(Buffer.from([1, 0])), options],
  },
  sized: {
    call: (a, b, c) => secs2.sized(a, b, c),
    args: [argument('U4'), argument(1), optional(3, (value) => typeof value === 'number' && value >= 1)],
  },
};
