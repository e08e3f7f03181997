import { HsmsPacket, HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import { L, S } from '../../src/secs2/index.js';
import { PeerMessage } from '../../src/testing/peer/peer-message.js';
import {
  createTestNetwork,
  hsmsMatchers,
  recordTraffic,
  ScriptedPeer,
  VirtualClock,
  type TestConnection,
  type TestNetwork,
} from '../../src/testing/index.js';
import {
  argument,
  ERROR,
  fresh,
  INTERNAL,
  isArrayOfNone,
  isFunction,
  isSafely,
  isPositive,
  isText,
  missing,
  NO_ARGUMENTS,
  optional,
  options,
  optionsOf,
  type Allows,
  type Rows,
} from './row.js';

/** Two peers that are connected over memory. */
async function connected(): Promise<{ active: ScriptedPeer; passive: ScriptedPeer }> {
  const network = createTestNetwork();
  const passive = await ScriptedPeer.listen(5000, network.options);
  const active = await ScriptedPeer.connect('127.0.0.1', 5000, network.options);
  await passive.connection();
  return { active, passive };
}

const active = async (): Promise<ScriptedPeer> => (await connected()).active;

/** One whose peer has sent S1F1 W. */
async function asked(): Promise<ScriptedPeer> {
  const { active, passive } = await connected();
  await active.send(S(1, 1).w());
  await passive.expect('S1F1');
  return passive;
}

async function connection(): Promise<TestConnection> {
  const network = createTestNetwork();
  await ScriptedPeer.listen(5000, network.options);
  await ScriptedPeer.connect('127.0.0.1', 5000, network.options);
  return network.connection;
}

const network = (): TestNetwork<VirtualClock> => createTestNetwork();
const clock = (): VirtualClock => new VirtualClock();
const atMost: Allows = (value) => isPositive(value) && (value as number) < 1e6;
const seconds = argument(1, isPositive);
const where = optional(5000, (value) => value === '127.0.0.1' || value === 0);
const message = argument(S(1, 1).w());
const pattern = argument('S1F1');
const optionalItem = optional('<L>', (value) => value === undefined || isArrayOfNone(value));
const answer = optional(L());
const address = argument('127.0.0.1', isText);
const packet = HsmsPacket.ofMessage(S(1, 1), { sessionId: 0, systemBytes: 1 });
const session = new HsmsSession(
  new HsmsPassiveConnection('any', 0, 0, undefined, createTestNetwork().options),
);
const matchers = hsmsMatchers as unknown as Record<string, (...args: unknown[]) => unknown>;
const matcher =
  (name: string) =>
  (...args: unknown[]): unknown =>
    matchers[name]?.call({}, ...args);
const traffic = recordTraffic(session.connection);

/** A row for each callable of `rxsecs/testing`. */
export const testingRows: Rows = {
  'new PeerMessage': INTERNAL,
  'PeerMessage.reply': {
    call: (a) => new PeerMessage(packet, () => Promise.resolve()).reply(a),
    args: [answer],
  },
  'new ScriptedPeer': INTERNAL,
  'ScriptedPeer.connect': { call: async (a) => (await active()).connect(a), args: [options] },
  'ScriptedPeer.connection': {
    call: async (a, b) => (await active()).connection(a, b),
    args: [optional(1), options],
  },
  'ScriptedPeer.on': {
    call: async (a, b) => void (await active()).on(a, b),
    args: [pattern, argument(() => {}, isFunction)],
  },
  'ScriptedPeer.expect': {
    call: async (...args: [never, never, never]) => (await active()).expect(...args),
    args: [pattern, optionalItem, options],
    fails: /nothing came/,
  },
  'ScriptedPeer.expectNothing': {
    call: async (a) => (await active()).expectNothing(a),
    args: [optional(1, atMost)],
  },
  'ScriptedPeer.expectClosed': {
    call: async (a) => (await active()).expectClosed(a),
    args: [options],
    fails: /still up/,
  },
  'ScriptedPeer.reply': { call: async (a) => (await asked()).reply(a), args: [answer] },
  'ScriptedPeer.send': {
    call: async (a, b) => void (await (await active()).send(a, b)),
    args: [message, optional(7)],
  },
  'ScriptedPeer.request': {
    call: async (...args: [never, never, never]) => (await active()).request(...args),
    args: [message, optionalItem, options],
    fails: /nothing came/,
  },
  'ScriptedPeer.select': {
    call: async (a) => (await active()).select(a),
    args: [options],
  },
  'ScriptedPeer.sendBytes': {
    call: async (a) => (await active()).sendBytes(a),
    args: [argument(Buffer.alloc(2))],
  },
  'ScriptedPeer.control': {
    call: async (a) => (await active()).control(a),
    args: [optionsOf('select', 'deselect', 'linktest', 'separate', 'closesBack')],
  },
  'ScriptedPeer.close': NO_ARGUMENTS,
  'ScriptedPeer.reset': NO_ARGUMENTS,
  'ScriptedPeer.done': NO_ARGUMENTS,
  'ScriptedPeer.dispose': NO_ARGUMENTS,
  'ScriptedPeer::listen': {
    call: async (a, b) => (await ScriptedPeer.listen(a, b)).dispose(),
    args: [argument(0), optionsOf('network', 'clock', 'sessionId', 'within', 'bindAddress', 'select')],
  },
  'ScriptedPeer::connect': {
    call: async (...args: [never, never, never]) => void (await ScriptedPeer.connect(...args)),
    args: [address, argument(5000), fresh(() => ({ ...network().options, within: 0 }), isNetworkMissing)],
    fails: /could not connect/,
  },
  'new TestConnection': INTERNAL,
  'TestConnection.cut': NO_ARGUMENTS,
  'TestConnection.stall': { call: async (a) => (await connection()).stall(a), args: [argument('toActive')] },
  'TestConnection.heal': NO_ARGUMENTS,
  'TestConnection.reset': NO_ARGUMENTS,
  'TestConnection.kick': INTERNAL,
  'new TestFailure': ERROR,
  'new TestNetwork': INTERNAL,
  'TestNetwork.at': { call: (a) => void network().at(a), args: [argument('10.0.0.1')] },
  'TestNetwork.cut': { call: (a) => network().cut(a), args: [where] },
  'TestNetwork.heal': { call: (a) => network().heal(a), args: [where] },
  'TestNetwork.refuse': { call: (a) => network().refuse(a), args: [where] },
  'TestNetwork.accept': { call: (a) => network().accept(a), args: [where] },
  'TestNetwork.reset': { call: (a) => network().reset(a), args: [where] },
  'TestNetwork.connect': 'the library calls it, as it does node:net',
  'TestNetwork.createServer': 'the library calls it, as it does node:net',
  'TestNetwork.lookup': 'the library calls it, as it does node:dns',
  'new VirtualClock': { call: (a) => new VirtualClock(a), args: [optional(new Date(0), isDate)] },
  'VirtualClock.now': NO_ARGUMENTS,
  'VirtualClock.wallTime': NO_ARGUMENTS,
  'VirtualClock.setTimer': {
    call: (...args: [never, never, never]) => clock().setTimer(...args),
    args: [argument('t3', isText), seconds, argument(() => {}, isFunction)],
  },
  'VirtualClock.afterPoll': { call: (a) => clock().afterPoll(a), args: [argument(() => {}, isFunction)] },
  'VirtualClock.advance': { call: (a) => clock().advance(a), args: [seconds] },
  'VirtualClock.advanceAsync': { call: (a) => clock().advanceAsync(a), args: [seconds] },
  'VirtualClock.settle': NO_ARGUMENTS,
  'VirtualClock.until': {
    call: (a, b) => clock().until(a, b),
    args: [argument(() => true, isFunction), optionsOf('within', 'what')],
  },
  'VirtualClock.settled': {
    call: (a, b) => clock().settled(a, b),
    args: [argument(Promise.resolve(1), isPromise), options],
  },
  'VirtualClock.describePending': NO_ARGUMENTS,
  createTestNetwork: {
    call: (a) => void createTestNetwork(a),
    args: [optionsOf('clock', 'latency', 'splitBytes', 'windowBytes', 'names')],
  },
  'hsmsMatchers.toBeMessage': {
    call: matcher('toBeMessage'),
    args: [message, pattern, optionalItem],
  },
  'hsmsMatchers.toMatchItem': {
    call: matcher('toMatchItem'),
    args: [argument(L()), argument('<L>', isArrayOfNone)],
  },
  'hsmsMatchers.toBeSelected': { call: matcher('toBeSelected'), args: [argument(session)] },
  'hsmsMatchers.toBeConnected': { call: matcher('toBeConnected'), args: [argument(session)] },
  'hsmsMatchers.toHaveSent': {
    call: matcher('toHaveSent'),
    args: [argument(traffic), pattern, optionalItem],
  },
  'hsmsMatchers.toHaveReceived': {
    call: matcher('toHaveReceived'),
    args: [argument(traffic), pattern, optionalItem],
  },
  'hsmsMatchers.toBecomeSelected': {
    call: matcher('toBecomeSelected'),
    args: [argument(session), optional(0.001, atMost)],
  },
  recordTraffic: { call: (a) => recordTraffic(a), args: [argument(session.connection)] },
};

function isDate(value: unknown): boolean {
  return isSafely(() => value instanceof Date);
}

function isPromise(value: unknown): boolean {
  return isSafely(() => value instanceof Promise);
}

/** Without a network of its own it would meet the real one. */
function isNetworkMissing(value: unknown): boolean {
  return missing(value) || options.allows(value);
}
