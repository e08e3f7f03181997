import * as e5 from '../../src/e5/index.js';
import { S } from '../../src/secs2/index.js';
import {
  anything,
  argument,
  ERROR,
  INTERNAL,
  isArrayOfNone,
  isArraySafely,
  isObject,
  isText,
  optional,
  options,
  optionsOf,
  type Allows,
  type Rows,
} from './row.js';

const { item, HCACK, MID, MessageSet, S1F1, S1F2, S1F3 } = e5;
/** An id may be text, or a number of any width. */
const isId: Allows = (value) => isText(value) || value === 5n || value === true || value === -1;
const node = argument(HCACK);
const message = argument(S(1, 1));
const set = optional(e5.catalogue);
const profile = optionsOf('formats', 'codePage');
const itemArguments = [
  argument('WAFERS', (value) => isText(value) && value !== ''),
  argument(['U2']),
  argument(1, (value) => value === '5000'),
  argument('wafers processed', isText),
  optional({ one: 1 }, isObject),
  optional('none', isText),
] as const;

/** A row for each callable of `rxsecs/e5`. */
export const e5Rows: Rows = {
  'new E5BodyError': ERROR,
  'new E5Error': ERROR,
  'new E5ValueError': ERROR,
  'new MessageDefinition': INTERNAL,
  'MessageDefinition.build': {
    call: (a, b) => S1F3.build(a, b),
    args: [argument({ svids: [1] }, isArraySafely), profile],
  },
  'MessageDefinition.holding': INTERNAL,
  'MessageDefinition.read': {
    call: (a, b) => S1F1.read(a, b),
    args: [message, optionsOf('strict', 'onWarning', 'values', 'codePage')],
  },
  'new MessageSet': { call: (a) => new MessageSet(a), args: [argument([S1F1], isArrayOfNone)] },
  'MessageSet.get': {
    call: (a, b) => e5.catalogue.get(a, b),
    args: [argument(1), argument(1)],
  },
  'MessageSet.named': { call: (a) => e5.catalogue.named(a), args: [argument('ERS', isText)] },
  'MessageSet::later': INTERNAL,
  'MessageSet.with': { call: (a) => e5.catalogue.with(a), args: [argument(S1F1)] },
  arrayOf: { call: (a) => e5.arrayOf(a), args: [node] },
  ask: {
    call: (...args: [never, never, never, never]) => e5.ask(...args),
    args: [
      argument({ request: () => Promise.resolve(S1F2.build({ mdln: 'x', softrev: '1' })) }),
      argument(S1F1),
      argument(undefined, (value) => value === undefined || isObject(value)),
      optionsOf('profile', 't3', 'signal', 'strict', 'onWarning', 'codePage'),
    ],
  },
  codesOf: { call: (a) => e5.codesOf(a), args: [node] },
  defineMessage: {
    call: (a, b, c) => e5.defineMessage(a, b, c),
    args: [argument('S100F1'), argument('Lot Request', isText), options],
  },
  definitionsOf: {
    call: (a) => e5.definitionsOf(a),
    args: [argument({ messages: { S100F1: { title: 'Lot Request' } } })],
  },
  describe: { call: (a, b) => e5.describe(a, b), args: [node, anything] },
  explain: { call: (a, b) => e5.explain(a, b), args: [argument('HCACK'), set] },
  item: { call: (...args: Parameters<typeof item>) => item(...args), args: itemArguments },
  list: { call: (a) => e5.list(a), args: [argument({ mid: MID }, isObject)] },
  listOf: { call: (a) => e5.listOf(a), args: [node] },
  maybe: { call: (a) => e5.maybe(a), args: [node] },
  namesOf: { call: (a, b) => e5.namesOf(a, b), args: [message, set] },
  oneOf: { call: (a) => e5.oneOf(a), args: [node] },
  optional: { call: (a) => e5.optional(a), args: [node] },
  printMessage: {
    call: (a, b) => e5.printMessage(a, b),
    args: [message, optionsOf('names', 'indent', 'counts', 'quotes', 'binary', 'codePage')],
  },
  reportLayout: {
    call: (a, b, c) => e5.reportLayout(a, b, c),
    args: [argument(1, isId), argument([{ rptid: 7, formats: ['F8'] }], isArrayOfNone), profile],
  },
  value: { call: (...args: Parameters<typeof item>) => e5.value(...args), args: itemArguments },
};
