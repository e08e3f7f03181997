export { WireLogError } from './errors.js';
export { messageRecord, packetOf, type MessageNames, type MessageRecordOptions } from './message-record.js';
export { readWireLog, type ReadWireLogOptions } from './read.js';
export {
  WIRE_LOG_RECORD_BYTES,
  type WireLogDropped,
  type WireLogEvent,
  type WireLogMessage,
  type WireLogRecord,
} from './record.js';
export { redaction, type Redaction, type RedactionRule } from './redaction.js';
export type { EventLevel } from './event-fields.js';
export type { WireLogProblem, WireLogStats } from './log-buffer.js';
export { logEvents, type EventLogger, type LogEventsOptions } from './logger.js';
export { rotatingFile, type RotatingFileOptions } from './rotating-file.js';
export {
  streamSink,
  type SinkReporter,
  type StreamSinkOptions,
  type WireLogSink,
  type WriteOutcome,
} from './sink.js';
export type { LogTarget } from './tap.js';
export {
  describeProblem,
  WireLog,
  type AttachOptions,
  type SeenPacket,
  type WireLogOptions,
} from './wire-log.js';
export { isoTime } from './time.js';
