import * as secs1 from '../../src/secs1/index.js';
import { S } from '../../src/secs2/index.js';
import {
  argument,
  ERROR,
  fresh,
  INTERNAL,
  isObject,
  isText,
  isTrue,
  NO_ARGUMENTS,
  nothing,
  options,
  optional,
  type Rows,
} from './row.js';

const { Secs1Connection, Secs1Header, Secs1Packet, Secs1Session } = secs1;
const fields = { rBit: true, sessionId: 0, stream: 1, function: 1, wBit: true, systemBytes: 7 };
const header = Secs1Header.of(fields);
const packet = Secs1Packet.of(fields, S(1, 1));
const message = argument(S(1, 1));
const line = (): secs1.LineSource => secs1.memoryLine()[0];
const connection = (): secs1.Secs1Connection => new Secs1Connection(line(), 0);
const session = (): secs1.Secs1Session => new Secs1Session(connection());
const delegate = argument(undefined, (value) => nothing(value) || isObject(value));
const isNotOpen = /no line is open|is disabled/;

/** A row for each callable of `rxsecs/secs1`. */
export const secs1Rows: Rows = {
  'new LineTap': {
    call: (a) => new secs1.LineTap(a),
    args: [
      argument(
        () => {},
        (value) => typeof value === 'function',
      ),
    ],
  },
  'LineTap.push': {
    call: (...args: [never, never, never]) => new secs1.LineTap(() => {}).push(...args),
    args: [
      argument(Buffer.of(5)),
      argument(undefined, nothing),
      argument(undefined, (value) => nothing(value) || Number.isFinite(value)),
    ],
  },
  'LineTap.end': NO_ARGUMENTS,
  'new RetryLimitError': ERROR,
  'new Secs1BrokenReplyError': ERROR,
  'new Secs1Connection': {
    call: (...args: [never, never, never, never]) => new Secs1Connection(...args),
    args: [fresh(line), argument(0), delegate, options],
  },
  'Secs1Connection.configure': { call: (a) => connection().configure(a), args: [options] },
  'Secs1Connection.enable': NO_ARGUMENTS,
  'Secs1Connection.disable': NO_ARGUMENTS,
  'Secs1Connection.send': {
    call: (a, b) => connection().send(a, b),
    args: [argument(packet), options],
    fails: isNotOpen,
  },
  'Secs1Connection.sendFor': INTERNAL,
  'Secs1Connection.dispose': NO_ARGUMENTS,
  'Secs1Connection.describeReason': {
    call: (a) => connection().describeReason(a),
    args: [argument({ kind: 'local' })],
  },
  'Secs1Connection.describeHint': {
    call: (a) => connection().describeHint(a),
    args: [argument({ kind: 'echo' })],
  },
  'Secs1Connection.listenToBlocks': INTERNAL,
  'new Secs1ConnectionClosedError': ERROR,
  'new Secs1Error': ERROR,
  'new Secs1GrantError': ERROR,
  'new Secs1Header': INTERNAL,
  'Secs1Header.withBlock': {
    call: (a, b) => header.withBlock(a, b),
    args: [argument(1), argument(true, isTrue)],
  },
  'Secs1Header.writeTo': {
    call: (a, b) => header.writeTo(a, b),
    args: [argument(Buffer.alloc(10)), argument(0)],
  },
  'Secs1Header.toBytes': NO_ARGUMENTS,
  'Secs1Header.equals': { call: (a) => header.equals(a), args: [argument(header)] },
  'Secs1Header.continues': { call: (a) => header.continues(a), args: [argument(header)] },
  'Secs1Header.toString': NO_ARGUMENTS,
  'Secs1Header::of': { call: (a) => Secs1Header.of(a), args: [argument(fields)] },
  'Secs1Header::parse': {
    call: (a, b) => Secs1Header.parse(a, b),
    args: [argument(Buffer.alloc(10)), optional(0)],
  },
  'Secs1Header::read': INTERNAL,
  'new Secs1Packet': INTERNAL,
  'Secs1Packet.toString': NO_ARGUMENTS,
  'Secs1Packet::of': { call: (a, b) => Secs1Packet.of(a, b), args: [argument(fields), message] },
  'Secs1Packet::carrying': INTERNAL,
  'Secs1Packet::received': INTERNAL,
  'new Secs1Session': {
    call: (a, b) => new Secs1Session(a, b),
    args: [fresh(connection), options],
  },
  'Secs1Session.configure': {
    call: (a) => session().configure(a),
    args: [argument({}, (value) => value !== null && options.allows(value))],
  },
  'Secs1Session.usable': {
    call: (a) => {
      const waiting = session().usable(a);
      waiting.catch(() => {});
      return a === undefined ? undefined : waiting;
    },
    args: [options],
  },
  'Secs1Session.request': {
    call: (a, b) => session().request(a, b),
    args: [message, options],
    fails: isNotOpen,
  },
  'Secs1Session.send': { call: (a, b) => session().send(a, b), args: [message, options], fails: isNotOpen },
  'Secs1Session.reportError': {
    call: (a, b) => session().reportError(a, b),
    args: [argument(7), argument(header)],
    fails: isNotOpen,
  },
  'Secs1Session.iteratePrimaries': { call: (a) => session().iteratePrimaries(a), args: [options] },
  'Secs1Session.close': { call: (a) => session().close(a), args: [options] },
  'Secs1Session.dispose': NO_ARGUMENTS,
  describeSecs1CloseReason: {
    call: (a) => secs1.describeSecs1CloseReason(a),
    args: [argument({ kind: 'local' })],
  },
  describeSecs1Hint: { call: (a) => secs1.describeSecs1Hint(a), args: [argument({ kind: 'echo' })] },
  dialLine: {
    call: (...args: [never, never, never]) => secs1.dialLine(...args),
    args: [argument('127.0.0.1', (value) => value === 'wrong'), argument(5000), options],
  },
  listenLine: { call: (a, b) => secs1.listenLine(a, b), args: [argument(5000), options] },
  memoryLine: { call: (a) => secs1.memoryLine(a), args: [options] },
  serialLine: {
    call: (a, b) => secs1.serialLine(a, b),
    args: [argument('/dev/ttyS0', (value) => isText(value) && value !== ''), options],
  },
  serialPorts: INTERNAL,
};
