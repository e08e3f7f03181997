import {
  attachDelegate,
  describeClose,
  describeCloseReason,
  describeControl,
  describeHint,
  describeSessionEnd,
  encodeFrame,
  endpointText,
  EntityRegistry,
  FrameDecoder,
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsHeader,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  outcomeOf,
  sTypeName,
} from '../../src/index.js';
import { A, S } from '../../src/secs2/index.js';
import {
  anything,
  argument,
  ERROR,
  fresh,
  INTERNAL,
  isObject,
  NO_ARGUMENTS,
  nothing,
  optional,
  options,
  optionsOf,
  isPositive,
  type Rows,
} from './row.js';
import { primary, selected } from './selected-pair.js';

const header = HsmsHeader.of({ sessionId: 0, systemBytes: 1, stream: 1, function: 1 });
const packet = HsmsPacket.linktestReq(1);
const message = argument(S(1, 1));
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
const reason = argument({ kind: 'local' });
const hint = argument({ kind: 'bothPassive' });

/** A row for each callable of the main entry point. */
export const rootRows: Rows = {
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
  'HsmsConnection.send': {
    call: (a, b) => connection().send(a, b),
    args: [argument(packet), options],
    fails: /the connection is disabled/,
  },
  'HsmsConnection.hear': INTERNAL,
  'HsmsConnection.sendFor': INTERNAL,
  'HsmsConnection.dispose': NO_ARGUMENTS,
  'HsmsConnection.closeLink': INTERNAL,
  'HsmsConnection.tell': INTERNAL,
  'HsmsConnection.describeReason': { call: (a) => connection().describeReason(a), args: [reason] },
  'HsmsConnection.describeHint': { call: (a) => connection().describeHint(a), args: [hint] },
  'new HsmsConnectionClosedError': ERROR,
  'new HsmsError': ERROR,
  'new HsmsFrameError': ERROR,
  'new HsmsGeneralSession': {
    call: (a, b) => new HsmsGeneralSession(a, b),
    args: [fresh(connection), options],
  },
  'HsmsGeneralSession.session': { call: (a) => general().session(a), args: [argument(1)] },
  'HsmsGeneralSession.addSession': {
    call: (a, b) => general().addSession(a, b),
    args: [argument(1), options],
  },
  'HsmsGeneralSession.removeSession': { call: (a) => general().removeSession(a), args: [argument(1)] },
  'HsmsGeneralSession.dispose': { call: (a) => general().dispose(a), args: [options] },
  'new HsmsHeader': INTERNAL,
  'HsmsHeader::ofControl': INTERNAL,
  'HsmsHeader.writeTo': {
    call: (a, b) => header.writeTo(a, b),
    args: [fresh(() => Buffer.alloc(11)), argument(1)],
  },
  'HsmsHeader.toBytes': NO_ARGUMENTS,
  'HsmsHeader.equals': { call: (a) => header.equals(a), args: [argument(header)] },
  'HsmsHeader.toString': NO_ARGUMENTS,
  'HsmsHeader::of': { call: (a) => HsmsHeader.of(a), args: [argument({ sessionId: 0, systemBytes: 0 })] },
  'HsmsHeader.write': INTERNAL,
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
  'new HsmsSession': { call: (a, b) => new HsmsSession(a, b), args: [fresh(connection), options] },
  'HsmsSession.configure': { call: (a) => session().configure(a), args: [options] },
  'HsmsSession.selected': { call: async (a) => (await selected()).selected(a), args: [options] },
  'HsmsSession.usable': { call: async (a) => (await selected()).usable(a), args: [options] },
  'HsmsSession.request': {
    call: async (a, b) => (await selected()).request(a, b),
    args: [message, optionsOf('t3', 'signal')],
  },
  'HsmsSession.send': {
    call: async (a, b) => (await selected()).send(a, b),
    args: [message, optionsOf('signal')],
  },
  'HsmsSession.reportError': {
    call: async (a, b) => (await selected()).reportError(a, b),
    args: [argument(7), argument(header)],
  },
  'HsmsSession.iteratePrimaries': { call: (a) => session().iteratePrimaries(a), args: [options] },
  'HsmsSession.select': NO_ARGUMENTS,
  'HsmsSession.deselect': NO_ARGUMENTS,
  'HsmsSession.linktest': NO_ARGUMENTS,
  'HsmsSession.separate': NO_ARGUMENTS,
  'HsmsSession.onConnected': INTERNAL,
  'HsmsSession.onData': INTERNAL,
  'HsmsSession.onEnded': INTERNAL,
  'HsmsSession.onSelected': INTERNAL,
  'HsmsSession.close': { call: (a) => session().close(a), args: [options] },
  'HsmsSession.dispose': { call: (a) => session().dispose(a), args: [options] },
  'new HsmsTransactionRejectedError': ERROR,
  'new SecsError': ERROR,
  'new SecsPrimary': INTERNAL,
  'SecsPrimary.defer': NO_ARGUMENTS,
  'SecsPrimary.reply': { call: async (a) => (await primary()).reply(a), args: [optional(A('x'), nothing)] },
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
  describeClose: { call: (a, b) => describeClose(a, b), args: [reason, optional({ kind: 'bothPassive' })] },
  describeCloseReason: { call: (a) => describeCloseReason(a), args: [reason] },
  describeControl: { call: (a) => describeControl(a), args: [argument(header)] },
  describeHint: { call: (a) => describeHint(a), args: [hint] },
  describeSessionEnd: { call: (a) => describeSessionEnd(a), args: [argument({ kind: 'separate' })] },
  encodeFrame: { call: (a) => encodeFrame(a), args: [argument(packet)] },
  endpointText: { call: (a) => endpointText(a), args: [argument({ address: '::1', port: 5000 })] },
  'nodeNetwork.connect': 'as node:net judges',
  'nodeNetwork.createServer': 'as node:net judges',
  'nodeNetwork.lookup': 'as node:dns judges',
  outcomeOf: { call: (a) => outcomeOf(a), args: [anything] },
  sTypeName: { call: (a) => sTypeName(a), args: [argument(1)] },
  'systemClock.now': NO_ARGUMENTS,
  'systemClock.wallTime': NO_ARGUMENTS,
  'systemClock.setTimer': 'as node:timers judges',
  'systemClock.afterPoll': 'as node:timers judges',
};
