export { ask, type AskOptions, type Requester } from './ask.js';
export type { Body, BodyExact, BodyIn, BodyOut } from './body.js';
export type { BuiltMessage } from './built-message.js';
export { catalogue } from './catalogue.js';
export {
  MessageDefinition,
  type AnyDefinition,
  type Direction,
  type MessageFacts,
  type ReplyOf,
  type ValuesGiven,
  type ValuesRead,
} from './definition.js';
export { defineMessage, type OwnMessage } from './define-message.js';
export { describe } from './explain/describe.js';
export { E5BodyError, E5Error, E5ValueError, type E5ErrorCode } from './errors.js';
export { explain } from './explain/explain-name.js';
export * from './items/items.js';
export {
  definitionsOf,
  type DefinitionsJson,
  type ItemJson,
  type MessageJson,
  type NodeJson,
} from './json-definitions.js';
export { MessageSet } from './message-set.js';
export { namesOf, printMessage, type NamedPrintOptions } from './explain/names.js';
export type { CodeEntry } from './nodes/codes.js';
export { codesOf } from './nodes/codes-of.js';
export {
  arrayOf,
  item,
  list,
  listOf,
  maybe,
  oneOf,
  optional,
  value,
  type ArrayNode,
  type Bare,
  type ChoiceNode,
  type Codes,
  type CodesOf,
  type DataItemNode,
  type ItemNode,
  type ListNode,
  type ManyNode,
  type MaybeNode,
  type Node,
  type OptionalNode,
  type ValueNode,
} from './nodes/nodes.js';
export type {
  Fields,
  GivenValue,
  Id,
  Integer,
  ItemValue,
  LengthRule,
  NumberArray,
  TypedNode,
  Value,
  ValueTypes,
} from './nodes/types.js';
export type { Profile } from './profile.js';
export type { LeniencyKind } from './read/cursor.js';
export type { ReadOptions, ReadWarning } from './read/options.js';
export { reportLayout, type ReportFormats, type ReportLayout } from './report-layout.js';
export * from './streams/streams.js';
