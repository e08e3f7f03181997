export { WireLogError } from './errors.js';
export { messageRecord, packetOf, type MessageRecordOptions } from './message-record.js';
export { readWireLog, type ReadWireLogOptions } from './read.js';
export {
  WIRE_LOG_RECORD_BYTES,
  type WireLogDropped,
  type WireLogEvent,
  type WireLogMessage,
  type WireLogRecord,
} from './record.js';
export { redaction, type Redaction, type RedactionRule } from './redaction.js';
