export { decodeItem } from './codec/decode.js';
export type { DecodeOptions, EncodeOptions } from './codec/options.js';
export {
  Secs2AccessError,
  Secs2ArgumentError,
  Secs2DecodeError,
  Secs2DepthError,
  Secs2Error,
  Secs2JsonError,
  Secs2ShapeError,
  Secs2TextError,
  SmlError,
  SmlTemplateError,
  type ItemPath,
  type Secs2ErrorCode,
} from './errors.js';
export { A, B, BOOLEAN, C2, J, L } from './items/factories.js';
export {
  FormatCode,
  MAX_ITEM_LENGTH,
  type DataFormat,
  type ItemFormat,
  type ItemFormatCode,
  type NumericFormat,
} from './formats.js';
export { DataItem, ListItem, SecsItem, type Item } from './items/item.js';
export { itemFromJSON } from './json/json-read.js';
export type { ItemJson, JsonFloat } from './json/json-write.js';
export { LazyItem } from './codec/lazy-item.js';
export {
  expectItem,
  itemMatches,
  listOf,
  matchItem,
  oneOf,
  sized,
  type ListOf,
  type Matched,
  type MatchResult,
  type OneOf,
  type Shape,
  type Sized,
} from './items/match.js';
export { encodeItem, itemToJSON, printItem, printMessage } from './operations.js';
export { message, receivedMessage, S, SecsMessage } from './message.js';
export { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8, type NumberFactory } from './items/number-factories.js';
export type { SmlMessage } from './sml/message/parse-message.js';
export type { SmlParseOptions, SmlWarning, SmlWarningCode } from './sml/parse-options.js';
export type { SmlPlace, SmlPlaceholder } from './sml/source.js';
export type { SmlEveryStatement, SmlIfStatement, SmlStatement } from './sml/message/statements.js';
export { parseItem, parseLibrary, parseMessage, parseMessages, type SmlLibrary } from './sml/parse.js';
export type { SmlPrintOptions } from './sml/print/print-options.js';
export type { CodePage } from './text/code-page.js';
export { LocalizedEncoding, type LocalizedEncodingName, type LocalizedText } from './text/localized.js';
export type {
  F4Values,
  F8Values,
  I1Values,
  I2Values,
  I4Values,
  I8Values,
  ItemValues,
  ReadonlyValues,
  U1Values,
  U2Values,
  U4Values,
  U8Values,
  ValuesOf,
} from './items/values.js';
