import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import {
  checkEquipment,
  checkHost,
  checkHtml,
  checkJUnit,
  complianceOf,
  complianceStatement,
  defineEquipment,
  describeRefusal,
  describeTransition,
  describeUndelivered,
  diffProfiles,
  discover,
  equipmentChanges,
  GemEquipment,
  GemFleet,
  GemHost,
  interfaceManual,
  logEquipment,
  memoryStore,
  mergeProfiles,
  openFileStore,
  profileModule,
  profileOf,
  type GemStore,
} from '../../src/gem/index.js';
import {
  argument,
  ERROR,
  fresh,
  isArrayOfNone,
  isFunction,
  isObject,
  isSafely,
  isText,
  missing,
  NO_ARGUMENTS,
  nothing,
  optional,
  optionsOf,
  type Allows,
  type Rows,
} from './row.js';

const definition = {
  model: 'ETCHER',
  softwareRevision: '1.0',
  variables: {
    Pressure: { id: 2001, format: 'F8' },
    Recipe: { id: 2002, format: 'A', class: 'DV' },
  },
  events: { Started: { id: 100, values: ['Recipe'] } },
  alarms: { Hot: { id: 7, text: 'hot', category: 'equipmentSafety' } },
} as const;
const model = defineEquipment(definition);
const profile = { ...profileOf(model), commands: { START: {} } };

const session = (): HsmsSession => new HsmsSession(new HsmsPassiveConnection('', 0, 0));
const tool = new GemEquipment(new HsmsSession(new HsmsPassiveConnection('', 0, 0)), model, {
  onError: () => {},
});
const host = new GemHost(session(), { profile });
const fleet = new GemFleet();
let tools = 0;
const toolName = argument('ETCH-7', (value) => isText(value) && value !== '');

/** Entries by name: an object without any is none to complain of. */
const isEmptyObject: Allows = (value) =>
  isSafely(() => isObject(value) && !(value instanceof Promise) && Object.keys(value as object).length === 0);
const isProfile: Allows = (value) => nothing(value) || isEmptyObject(value);
const equipmentOptions = optionsOf(
  ...['store', 'clock', 'rules', 'timeZone', 'onError', 'admitHost', 'admitOnline', 'checkConstants'],
  ...['checkPrograms', 'verifyProgram', 'setClock'],
);
const hostOptions = optionsOf(
  ...['profile', 'setup', 'ack', 'maxUnacknowledged', 'reconnect', 'steps', 'memory', 'backlog', 'admit'],
  ...[
    'establishTimeout',
    'onLineRetry',
    'spoolSilence',
    't3',
    'timeZone',
    'clock',
    'others',
    'turn',
    'onError',
  ],
);
const storeOptions = optionsOf(
  ...['fsync', 'damaged', 'spool', 'segmentBytes', 'takeOver', 'onProblem', 'clock', 'fs'],
);
const signal = optionsOf('signal');
const handler = argument(() => undefined, isFunction);
const primaryName = argument('S64F1');
const anEvent = { model: 'control', numbers: [1], from: 'A', to: 'B', cause: 'C' };
const result = { id: 'G-1', what: 'x', verdict: 'PASS', reason: '', trace: [] };
const NODE = 'as node:fs judges';

/** Opens a store in a folder of its own, and closes it again. */
async function openStore(folder: unknown, given: unknown): Promise<void> {
  const own = mkdtempSync(join(tmpdir(), 'rxsecs-arguments-'));
  try {
    const store: GemStore = await openFileStore((folder === FOLDER ? own : folder) as string, given as never);
    await store.close();
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

const FOLDER = 'a folder of its own';

/** A row for each callable of `rxsecs/gem`. */
export const gemRows: Rows = {
  'new BodyError': ERROR,
  'new GemArgumentError': ERROR,
  'new GemEquipment': {
    call: (a, b, c) => new GemEquipment(a, b, c),
    args: [fresh(session), argument(model), equipmentOptions],
  },
  'GemEquipment.start': NO_ARGUMENTS,
  'GemEquipment.stop': NO_ARGUMENTS,
  'GemEquipment.set': {
    call: (a, b) => tool.set(a, b),
    args: [argument('Pressure'), argument(1, (value) => typeof value === 'number')],
  },
  'GemEquipment.provide': {
    call: (a, b) => tool.provide(a, b),
    args: [argument('Pressure'), argument(() => 1, isFunction)],
  },
  'GemEquipment.read': { call: (a) => tool.read(a), args: [argument('Recipe')] },
  'GemEquipment.constant': { call: (a) => tool.constant(a), args: [argument('TimeFormat')] },
  'GemEquipment.raise': {
    call: (...args: ['Started', never]) => tool.raise(...args),
    args: [argument('Started'), argument({ Recipe: 'x' }, (value) => missing(value) || isEmptyObject(value))],
  },
  'GemEquipment.setAlarm': { call: (a) => tool.setAlarm(a), args: [argument('Hot')] },
  'GemEquipment.clearAlarm': { call: (a) => tool.clearAlarm(a), args: [argument('Hot')] },
  'GemEquipment.isAlarmSet': { call: (a) => tool.isAlarmSet(a), args: [argument('Hot')] },
  'GemEquipment.process': { call: (a) => tool.process(a), args: [argument('setUp')] },
  'GemEquipment.canProcess': { call: (a) => tool.canProcess(a), args: [argument('setUp')] },
  'GemEquipment.handle': { call: (a, b) => tool.handle(a, b), args: [primaryName, handler] },
  'new GemError': ERROR,
  'new GemFleet': {
    call: (a) => new GemFleet(a),
    args: [optionsOf('setupsAtOnce', 'setupsPerSecond', 'clock', 'onError')],
  },
  'GemFleet.add': {
    call: (a, b, c) => fleet.add(a, b, c).stop(),
    args: [
      fresh(
        () => `tool ${++tools}`,
        (value) => isText(value) && value !== '',
      ),
      fresh(session),
      hostOptions,
    ],
  },
  'GemFleet.get': { call: (a) => fleet.get(a), args: [toolName] },
  'GemFleet.names': NO_ARGUMENTS,
  'GemFleet.remove': { call: (a) => fleet.remove(a), args: [toolName] },
  'GemFleet.stop': NO_ARGUMENTS,
  'GemFleet.health': NO_ARGUMENTS,
  'new GemHost': { call: (a, b) => new GemHost(a, b), args: [fresh(session), hostOptions] },
  'GemHost.initial': { call: (a) => host.initial(a), args: [argument('Pressure')] },
  'GemHost.event': { call: (a) => host.event(a), args: [argument('Started')] },
  'GemHost.start': NO_ARGUMENTS,
  'GemHost.stop': NO_ARGUMENTS,
  'GemHost.ready': {
    call: (a) => host.ready(a),
    args: [{ ...signal, right: () => ({ signal: AbortSignal.abort(new Error('given up')) }) }],
    fails: /given up/,
  },
  'GemHost.settled': {
    call: (a) => host.settled(a),
    args: [{ ...signal, right: () => ({ signal: AbortSignal.abort(new Error('given up')) }) }],
    fails: /given up/,
  },
  'GemHost.plan': { call: (a) => host.plan(a), args: [argument({}, isProfile)] },
  'GemHost.apply': {
    call: (a, b) => host.apply(a, b),
    args: [
      argument({}, isEmptyObject),
      { ...signal, right: () => ({ signal: AbortSignal.abort(new Error('given up')) }) },
    ],
    fails: /given up/,
  },
  'GemHost.read': { call: (a) => host.read(a), args: [argument('Pressure')], fails: /notConnected/ },
  'GemHost.askEvent': {
    call: (a) => host.askEvent(a),
    args: [argument('Started')],
    fails: /notConnected/,
  },
  'GemHost.command': {
    call: (a, b, c) => host.command(a, b, c),
    args: [
      argument('START'),
      argument(undefined, (value) => nothing(value) || isEmptyObject(value)),
      optionsOf('completeWithin', 't3', 'object'),
    ],
    fails: /notConnected/,
  },
  'GemHost.readAlarms': NO_ARGUMENTS,
  'GemHost.handle': { call: (a, b) => host.handle(a, b), args: [primaryName, handler] },
  'new GemModelError': ERROR,
  'new GemSetupError': ERROR,
  'new StoreError': ERROR,
  checkEquipment: {
    call: async (a, b) => checkEquipment(a, b),
    args: [
      fresh(session),
      optionsOf(
        ...['change', 'profile', 'command', 'operator'],
        ...['rules', 'patience', 'quiet', 'onResult', 'signal'],
      ),
    ],
    fails: /notConnected|not connected/i,
  },
  checkHost: {
    call: async (a, b) => checkHost(a, b),
    args: [
      fresh(() => new HsmsSession(new HsmsPassiveConnection('', 0, 0), { entity: 'equipment' })),
      {
        ...optionsOf('change', 'profile', 'rules', 'patience', 'quiet', 'onResult', 'signal'),
        right: () => ({ signal: AbortSignal.abort(new Error('enough')) }),
      },
    ],
    fails: /enough/,
  },
  checkHtml: {
    call: (a, b) => checkHtml(a, b),
    args: [argument([result], isArrayOfNone), optional('title', isText)],
  },
  checkJUnit: { call: (a) => checkJUnit(a), args: [argument([result], isArrayOfNone)] },
  complianceOf: { call: (a) => complianceOf(a), args: [argument(model)] },
  complianceStatement: {
    call: (a, b) => complianceStatement(a, b),
    args: [argument(model), optionsOf('format')],
  },
  defineEquipment: { call: (a) => defineEquipment(a), args: [argument(definition)] },
  describeRefusal: {
    call: (a) => describeRefusal(a),
    args: [argument({ message: 'S1F3', reply: 'S1F0', rule: 'control', why: 'x' })],
  },
  describeTransition: { call: (a) => describeTransition(a), args: [argument(anEvent)] },
  describeUndelivered: {
    call: (a) => describeUndelivered(a),
    args: [argument({ message: 'S6F11', delivery: 'failed', why: 'x' })],
  },
  diffProfiles: {
    call: (a, b) => diffProfiles(a, b),
    args: [argument(profile, isEmptyObject), argument(profile, isEmptyObject)],
  },
  mergeProfiles: {
    call: (a, b) => mergeProfiles(a, b),
    args: [argument(profile, isEmptyObject), argument(profile, isEmptyObject)],
  },
  discover: {
    call: (a, b) => discover(a, b),
    args: [
      fresh(session),
      {
        ...optionsOf('establish', 'pause', 'groupSize', 'parts', 't3', 'onProgress', 'signal'),
        right: () => ({ establish: false }),
      },
    ],
    fails: /notConnected/,
  },
  discoveryPlan: NO_ARGUMENTS,
  equipmentChanges: {
    call: (a) => equipmentChanges(a),
    args: [
      optionsOf(
        ...['change', 'profile', 'command', 'operator'],
        ...['rules', 'patience', 'quiet', 'onResult', 'signal'],
      ),
    ],
  },
  equipmentRules: NO_ARGUMENTS,
  hostRules: NO_ARGUMENTS,
  interfaceManual: { call: (a, b) => interfaceManual(a, b), args: [argument(model), optionsOf('format')] },
  logEquipment: {
    call: (a, b) => logEquipment(a, b),
    args: [argument({ events: new EventEmitter() }), argument({ event: () => {} })],
  },
  memoryStore: { call: (a) => memoryStore(a), args: [optionsOf('spool', 'clock')] },
  'nodeFs.makeFolder': NODE,
  'nodeFs.list': NODE,
  'nodeFs.create': NODE,
  'nodeFs.open': NODE,
  'nodeFs.sizeOf': NODE,
  'nodeFs.rename': NODE,
  'nodeFs.remove': NODE,
  'nodeFs.syncFolder': NODE,
  'nodeFs.lock': NODE,
  openFileStore: {
    call: (a, b) => openStore(a, b),
    args: [argument(FOLDER, isText), storeOptions],
  },
  profileModule: {
    call: (a, b) => profileModule(a, b),
    args: [
      argument(profile, isEmptyObject),
      optional('etcher', (value) => isText(value) && /^[a-z]/.test(value as string)),
    ],
  },
  profileOf: { call: (a) => profileOf(a), args: [argument(model)] },
};
