export { CaptureDecoder } from './capture-decoder.js';
export { DEFAULT_MAX_HELD_BYTES, type CaptureCounts, type CaptureOptions } from './capture-options.js';
export { CaptureFormatError, type CaptureFormat } from './format.js';
export { readCapture, type CaptureReading, type ReadCaptureOptions } from './read.js';
export type {
  CaptureClosed,
  CaptureDropped,
  CapturedMessage,
  CapturedPart,
  CaptureEvent,
  CaptureGap,
  CaptureListener,
  CaptureOpened,
  DamagedMessage,
  LinesWithoutBytes,
  LoggedRecord,
  Passage,
  SkippedBytes,
  SourceFault,
  SourceRemark,
} from './events.js';
