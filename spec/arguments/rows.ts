import {
  attachDelegate,
  encodeFrame,
  EntityRegistry,
  FrameDecoder,
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsHeader,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
} from '../../src/index.js';
import * as secs2 from '../../src/secs2/index.js';

/** Whether a value is allowed in a place. */
type Allows = (value: unknown) => boolean;

/** One argument: its name, a right value, and which other values are right as well. */
interface Argument {
  readonly right: unknown;
  readonly allows: Allows;
}

/** What is called with one wrong argument after another; or why it takes none. */
export type Row =
  { readonly call: (...args: never[]) => unknown; readonly args: readonly Argument[] } | string;

const none: Allows = () => false;
const missing: Allows = (value) => value === undefined;
const nothing: Allows = (value) => value === undefined || value === null;
const isTrue: Allows = (value) => value === true;
const isObject: Allows = (value) => typeof value === 'object' && value !== null && !isArraySafely(value);
const isText: Allows = (value) => typeof value === 'string';
const isEmpty = (value: unknown): boolean => {
  try {
    return Object.keys(value as object).length === 0 && !Array.isArray(value) && typeof value === 'object';
  } catch {
    return true;
  }
};

const argument = (right: unknown, allows: Allows = none): Argument => ({ right, allows });
/** An object of options: nothing, null, and any object without names of its own is one. */
const options = argument(undefined, (value) => nothing(value) || isEmpty(value));
const optional = (right: unknown, allows: Allows = none): Argument =>
  argument(right, (value) => missing(value) || allows(value));

const { A, L, S, U4 } = secs2;
const header = HsmsHeader.of({ sessionId: 0, systemBytes: 1, stream: 1, function: 1 });
const packet = HsmsPacket.linktestReq(1);
const item = argument(U4(1));
const message = argument(S(1, 1));
const text = (right: string): Argument => argument(right);
const systemBytes = argument(7);
const sessionId = optional(0);
/** As an address for a peer: any text that could be a host name is one. */
const host = argument('127.0.0.1', (value) => value === 'wrong');
const delegate = argument(undefined, (value) => nothing(value) || isObject(value));
const connection = (): HsmsPassiveConnection => new HsmsPassiveConnection('', 0, 0);
const session = (): HsmsSession => new HsmsSession(connection());
const general = (): HsmsGeneralSession => new HsmsGeneralSession(connection());
const registry = new EntityRegistry();
const owner = argument({}, isObject);

function isArraySafely(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return true;
  }
}

const INTERNAL = 'internal: the library calls it, and types hide it';
const NO_ARGUMENTS = 'takes no arguments';
const ERROR = 'an error, which the library makes';
const DESCRIBES = 'says what a value of a union means; other values are caught by its type';
const HOT = 'for those who have room for it: called for each packet';

const number = (factory: (...values: never[]) => unknown, right: unknown, allows: Allows): Row => ({
  call: factory,
  args: [argument(right, allows)],
});
const isNumber: Allows = (value) => typeof value === 'number';
const among =
  (min: number, max: number): Allows =>
  (value) =>
    isArrayOfNone(value) || (Number.isInteger(value) && (value as number) >= min && (value as number) <= max);
const isArrayOfNone: Allows = (value) =>
  isArraySafely(value) && isSafely(() => (value as unknown[]).length === 0);
const isSafely = (test: () => boolean): boolean => {
  try {
    return test();
  } catch {
    return false;
  }
};
const bigints =
  (least: number): Allows =>
  (value) =>
    isArrayOfNone(value) ||
    (typeof value === 'bigint' && value < 1n << 63n) ||
    (Number.isSafeInteger(value) && (value as number) >= least);
const floats: Allows = (value) => isArrayOfNone(value) || isNumber(value);

/** A row for each callable of the main entry point. */
export const rootRows: Readonly<Record<string, Row>> = {
  'new EntityRegistry': NO_ARGUMENTS,
  'EntityRegistry.isUsedElsewhere': {
    call: (a, b) => registry.isUsedElsewhere(a, b),
    args: [argument(1), owner],
  },
  'EntityRegistry.claim': { call: (a, b) => registry.claim(a, b), args: [argument(1), owner] },
  'EntityRegistry.release': { call: (a, b) => registry.release(a, b), args: [argument(1), owner] },
  'new FrameDecoder': {
    call: (a, b) => new FrameDecoder(a, b),
    args: [
      argument(
        () => {},
        (value) => typeof value === 'function',
      ),
      optional(100),
    ],
  },
  'FrameDecoder.setMaxPacketBytes': {
    call: (a) => new FrameDecoder(() => {}).setMaxPacketBytes(a),
    args: [argument(100)],
  },
  'FrameDecoder.stop': NO_ARGUMENTS,
  'FrameDecoder.push': {
    call: (a, b) => new FrameDecoder(() => {}).push(a, b),
    args: [argument(Buffer.alloc(2)), optional(5, isPositive)],
  },
  'new HsmsActiveConnection': {
    call: (...args: [never, never, never, never, never]) => new HsmsActiveConnection(...args),
    args: [host, argument(5000), argument(0), delegate, options],
  },
  'new HsmsArgumentError': ERROR,
  'new HsmsConnection': 'abstract',
  'HsmsConnection.configure': { call: (a) => connection().configure(a), args: [options] },
  'HsmsConnection.enable': NO_ARGUMENTS,
  'HsmsConnection.disable': NO_ARGUMENTS,
  'HsmsConnection.send': { call: (a) => connection().send(a), args: [argument(packet, () => false)] },
  'HsmsConnection.sendFor': INTERNAL,
  'HsmsConnection.dispose': NO_ARGUMENTS,
  'HsmsConnection.closeLink': INTERNAL,
  'HsmsConnection.describeReason': DESCRIBES,
  'HsmsConnection.describeHint': DESCRIBES,
  'new HsmsConnectionClosedError': ERROR,
  'new HsmsError': ERROR,
  'new HsmsFrameError': ERROR,
  'new HsmsGeneralSession': {
    call: (a, b) => new HsmsGeneralSession(a ?? a, b),
    args: [argument(undefined, () => true), options],
  },
  'HsmsGeneralSession.session': { call: (a) => general().session(a), args: [argument(1)] },
  'HsmsGeneralSession.addSession': {
    call: (a, b) => general().addSession(a, b),
    args: [argument(1), options],
  },
  'HsmsGeneralSession.removeSession': { call: (a) => general().removeSession(a), args: [argument(1)] },
  'new HsmsHeader': INTERNAL,
  'HsmsHeader.writeTo': HOT,
  'HsmsHeader.toBytes': NO_ARGUMENTS,
  'HsmsHeader.equals': { call: (a) => header.equals(a), args: [argument(header)] },
  'HsmsHeader.toString': NO_ARGUMENTS,
  'HsmsHeader::of': { call: (a) => HsmsHeader.of(a), args: [argument({ sessionId: 0, systemBytes: 0 })] },
  'HsmsHeader::ofData': INTERNAL,
  'HsmsHeader::parse': {
    call: (a, b) => HsmsHeader.parse(a, b),
    args: [argument(Buffer.alloc(20)), optional(3)],
  },
  'HsmsHeader::read': INTERNAL,
  'new HsmsMultiPassiveConnection': INTERNAL,
  'new HsmsMultiPassiveServer': {
    call: (a, b) => new HsmsMultiPassiveServer(a, b),
    args: [argument(5000), options],
  },
  'HsmsMultiPassiveServer.createConnection': {
    call: (...args: [never, never, never, never]) => new HsmsMultiPassiveServer(0).createConnection(...args),
    args: [host, argument(0), delegate, options],
  },
  'HsmsMultiPassiveServer.removeConnection': {
    call: (a) => new HsmsMultiPassiveServer(0).removeConnection(a),
    args: [argument(new HsmsMultiPassiveServer(0).createConnection('::1', 0))],
  },
  'HsmsMultiPassiveServer.enable': NO_ARGUMENTS,
  'HsmsMultiPassiveServer.disable': NO_ARGUMENTS,
  'HsmsMultiPassiveServer.dispose': NO_ARGUMENTS,
  'new HsmsPacket': {
    call: (...args: [never, never, never, never]) => new HsmsPacket(...args),
    args: [argument(header), optional(Buffer.alloc(9)), optional(1), optional(3, (value) => value === 1)],
  },
  'HsmsPacket.writeBody': INTERNAL,
  'HsmsPacket.equals': { call: (a) => packet.equals(a), args: [argument(packet)] },
  'HsmsPacket.toString': NO_ARGUMENTS,
  'HsmsPacket::data': {
    call: (a, b) => HsmsPacket.data(a, b),
    args: [argument({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }), optional(Buffer.alloc(3))],
  },
  'HsmsPacket::ofMessage': {
    call: (a, b) => HsmsPacket.ofMessage(a, b),
    args: [message, argument({ sessionId: 0, systemBytes: 1 })],
  },
  'HsmsPacket::carrying': INTERNAL,
  'HsmsPacket::selectReq': { call: (a, b) => HsmsPacket.selectReq(a, b), args: [systemBytes, sessionId] },
  'HsmsPacket::selectRsp': {
    call: (a, b) => HsmsPacket.selectRsp(a, b),
    args: [argument(header), argument(0)],
  },
  'HsmsPacket::deselectReq': { call: (a, b) => HsmsPacket.deselectReq(a, b), args: [systemBytes, sessionId] },
  'HsmsPacket::deselectRsp': {
    call: (a, b) => HsmsPacket.deselectRsp(a, b),
    args: [argument(header), argument(0)],
  },
  'HsmsPacket::linktestReq': { call: (a) => HsmsPacket.linktestReq(a), args: [systemBytes] },
  'HsmsPacket::linktestRsp': { call: (a) => HsmsPacket.linktestRsp(a), args: [argument(header)] },
  'HsmsPacket::rejectReq': {
    call: (a, b) => HsmsPacket.rejectReq(a, b),
    args: [argument(header), argument(1)],
  },
  'HsmsPacket::separateReq': { call: (a, b) => HsmsPacket.separateReq(a, b), args: [systemBytes, sessionId] },
  'HsmsPacket::parse': { call: (a) => HsmsPacket.parse(a), args: [argument(Buffer.alloc(10))] },
  'new HsmsPassiveConnection': {
    call: (...args: [never, never, never, never, never]) => new HsmsPassiveConnection(...args),
    args: [
      argument('', (value) => value === '' || value === 'wrong'),
      argument(0),
      argument(0),
      delegate,
      options,
    ],
  },
  'new HsmsSession': { call: (a) => new HsmsSession(connection(), a), args: [options] },
  'HsmsSession.configure': { call: (a) => session().configure(a), args: [options] },
  'HsmsSession.selected': 'waits where its options are right: see arguments.spec.ts of sessions',
  'HsmsSession.usable': 'as selected',
  'HsmsSession.request': 'see arguments.spec.ts of sessions: it must be selected',
  'HsmsSession.send': 'see arguments.spec.ts of sessions: it must be selected',
  'HsmsSession.reportError': 'see exchange.spec.ts: it must be selected',
  'HsmsSession.iteratePrimaries': { call: (a) => session().iteratePrimaries(a), args: [options] },
  'HsmsSession.select': NO_ARGUMENTS,
  'HsmsSession.deselect': NO_ARGUMENTS,
  'HsmsSession.linktest': NO_ARGUMENTS,
  'HsmsSession.separate': NO_ARGUMENTS,
  'HsmsSession.close': { call: (a) => session().close(a), args: [options] },
  'HsmsSession.dispose': { call: (a) => session().dispose(a), args: [options] },
  'new HsmsTransactionRejectedError': ERROR,
  'new SecsError': ERROR,
  'new SecsPrimary': INTERNAL,
  'SecsPrimary.reply': 'see arguments.spec.ts of sessions: the peer must have asked',
  'SecsPrimary.sent': INTERNAL,
  'SecsPrimary.unsent': INTERNAL,
  'new SecsReplyError': ERROR,
  'new SecsRequestError': ERROR,
  'new SecsSessionEndedError': ERROR,
  'new SecsStream9Error': ERROR,
  'new SecsT3TimeoutError': ERROR,
  'new SecsTransactionAbortedError': ERROR,
  attachDelegate: {
    call: (a) => attachDelegate(connection(), a),
    args: [argument({}, isObject)],
  },
  describeCloseReason: DESCRIBES,
  describeControl: DESCRIBES,
  describeHint: DESCRIBES,
  describeSessionEnd: DESCRIBES,
  encodeFrame: { call: (a) => encodeFrame(a), args: [argument(packet)] },
  endpointText: DESCRIBES,
  'nodeNetwork.connect': 'as node:net judges',
  'nodeNetwork.createServer': 'as node:net judges',
  'nodeNetwork.lookup': 'as node:dns judges',
  outcomeOf: 'takes any value',
  sTypeName: 'takes any number',
  'systemClock.now': NO_ARGUMENTS,
  'systemClock.wallTime': NO_ARGUMENTS,
  'systemClock.setTimer': 'as node:timers judges',
  'systemClock.afterPoll': 'as node:timers judges',
};

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

/** A row for each callable of `rxsecs/secs2`. */
export const secs2Rows: Readonly<Record<string, Row>> = {
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
  'SecsMessage.w': { call: (a) => S(1, 13).w(a), args: [optional(L())] },
  'SecsMessage.expect': { call: (a) => S(1, 1, L()).expect(a), args: [argument('L', isArraySafely)] },
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
  expectItem: { call: (a, b) => secs2.expectItem(a, b), args: [item, argument('U4', isArraySafely)] },
  itemFromJSON: { call: (a, b) => secs2.itemFromJSON(a, b), args: [argument({ U4: [1] }), options] },
  itemMatches: {
    call: (a, b) => secs2.itemMatches<secs2.Item, string>(a, b),
    args: [item, argument('U4', isArraySafely)],
  },
  itemToJSON: { call: (a, b) => secs2.itemToJSON(a, b), args: [item, options] },
  listOf: { call: (a) => secs2.listOf(a), args: [argument('U4', isArraySafely)] },
  matchItem: { call: (a, b) => secs2.matchItem(a, b), args: [item, argument('U4', isArraySafely)] },
  message: {
    call: (...args: [never, never, never, never]) => secs2.message(...args),
    args: [argument(1), argument(1), argument(true, isTrue), optional(U4(1))],
  },
  oneOf: { call: (a) => secs2.oneOf(a), args: [argument('U4', isArraySafely)] },
  parseItem: { call: (a, b) => secs2.parseItem(a, b), args: [text('<L>'), options] },
  parseLibrary: { call: (a, b) => secs2.parseLibrary(a, b), args: [argument('S1F1.', isText), options] },
  parseMessage: { call: (a, b) => secs2.parseMessage(a, b), args: [text('S1F1.'), options] },
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
