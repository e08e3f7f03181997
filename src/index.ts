export { HsmsArgumentError, HsmsError, HsmsFrameError, type HsmsErrorCode } from './errors.js';

export {
  CONTROL_SESSION_ID,
  DeselectStatus,
  P_TYPE_SECS2,
  RejectReason,
  SelectStatus,
  SType,
  sTypeName,
} from './hsms/wire/codes.js';
export { DEFAULT_MAX_PACKET_BYTES, FrameDecoder } from './hsms/wire/frame-decoder.js';
export { encodeFrame } from './hsms/wire/frame-encoder.js';
export { HsmsHeader, type HsmsHeaderFields } from './hsms/wire/header.js';
export { HsmsPacket, type DataFields } from './hsms/wire/packet.js';
