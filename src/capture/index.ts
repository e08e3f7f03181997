export {
  CaptureDecoder,
  DEFAULT_MAX_HELD_BYTES,
  type CaptureCounts,
  type CaptureOptions,
} from './capture-decoder.js';
export { CaptureFormatError, type CaptureFormat } from './format.js';
export { readCapture, type CaptureReading, type ReadCaptureOptions } from './read.js';
export type {
  CaptureClosed,
  CaptureDropped,
  CapturedMessage,
  CaptureEvent,
  CaptureGap,
  CaptureListener,
  CaptureOpened,
  DamagedMessage,
  LoggedRecord,
  Passage,
  SkippedBytes,
  SourceFault,
} from './events.js';
