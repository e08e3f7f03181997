export {
  CaptureDecoder,
  DEFAULT_MAX_HELD_BYTES,
  type CaptureCounts,
  type CaptureOptions,
} from './capture-decoder.js';
export type {
  CaptureClosed,
  CapturedMessage,
  CaptureEvent,
  CaptureGap,
  CaptureListener,
  CaptureOpened,
  DamagedMessage,
  Passage,
  SkippedBytes,
  SourceFault,
} from './events.js';
