export { WireLogError } from './errors.js';
export {
  messageRecord,
  packetOf,
  type MessageNames,
  type MessageRecordOptions,
} from './record/message-record.js';
export { readWireLog, type ReadWireLogOptions } from './record/read.js';
export {
  WIRE_LOG_RECORD_BYTES,
  type WireLogDropped,
  type WireLogEvent,
  type WireLogMessage,
  type WireLogRecord,
} from './record/record.js';
export { redaction, type Redaction, type RedactionRule } from './record/redaction.js';
export type { EventLevel } from './record/event-fields.js';
export type { WireLogProblem, WireLogStats } from './sinks/log-buffer.js';
export { logEvents, type EventLogger, type LogEventsOptions } from './logger.js';
export { rotatingFile, type RotatingFileOptions } from './sinks/rotating-file.js';
export {
  streamSink,
  type SinkReporter,
  type StreamSinkOptions,
  type WireLogSink,
  type WriteOutcome,
} from './sinks/sink.js';
export type { LogTarget } from './tap.js';
export {
  describeProblem,
  WireLog,
  type AttachOptions,
  type SeenPacket,
  type WireLogOptions,
} from './wire-log.js';
export { isoTime } from './record/time.js';
