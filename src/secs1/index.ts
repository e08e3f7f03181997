/**
 * SECS-I (SEMI E4): messages in blocks on a serial line, or on TCP in its place.
 *
 * @packageDocumentation
 */
export { Secs1Header, type Secs1HeaderFields } from './block/header.js';
export type { DropReason } from './block/assembler.js';
export {
  Secs1Connection,
  type Secs1BeforeClosedEvent,
  type Secs1ClosedEvent,
  type Secs1ConnectionDelegate,
  type Secs1ConnectionEvents,
  type Secs1EstablishedEvent,
} from './connection/connection.js';
export type { LineBytes, Secs1EstablishedOn, Secs1EventsOn, Secs1Notice } from './connection/events.js';
export type { Secs1ConnectionOptions } from './connection/options.js';
export { Secs1Error, type Secs1ErrorCode } from './errors.js';
export { describeSecs1CloseReason, type Secs1CloseReason } from './line/close-reason.js';
export type { LineCounters } from './line/counters.js';
export { RetryLimitError, Secs1ConnectionClosedError, type TryFailure } from './line/errors.js';
export { describeSecs1Hint, type Secs1Hint } from './line/hints.js';
export type { LineSource } from './link/line-source.js';
export { memoryLine, type Carried, type MemoryLineOptions } from './link/memory-line.js';
export { serialLine, type SerialLineOptions } from './link/serial-line.js';
export {
  serialPorts,
  type SerialPortLike,
  type SerialPorts,
  type SerialPortSettings,
} from './link/serial-port.js';
export type { SerialPortInfo } from './link/system-ports.js';
export { dialLine, listenLine, type DialLineOptions, type ListenLineOptions } from './link/tcp-lines.js';
export { Secs1Packet } from './packet.js';
export { Secs1BrokenReplyError, Secs1GrantError } from './session/errors.js';
export type { Inquire, InquireSetting } from './session/grants.js';
export type {
  Inquiry,
  Secs1SessionChanges,
  Secs1SessionOptions,
  Secs1SessionSettings,
} from './session/options.js';
export { Secs1Session, type Secs1SessionEnd, type Secs1SessionEvents } from './session/session.js';
export { LineTap, type TapEvent, type TapWay } from './tap/line-tap.js';
export type { BlocksWithoutEnq, Secs1Settings } from './settings.js';
