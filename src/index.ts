export { systemClock, type Clock, type Timer } from './clock.js';
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

export { HsmsActiveConnection } from './hsms/connection/active-connection.js';
export { describeCloseReason, type CloseReason } from './hsms/link/close-reason.js';
export { HsmsConnectionClosedError } from './hsms/link/connection-closed-error.js';
export { HsmsConnection } from './hsms/connection/connection.js';
export {
  attachDelegate,
  type AttachDelegateOptions,
  type HsmsConnectionDelegate,
} from './connection/delegate.js';
export type {
  BeforeClosedEvent,
  ClosedEvent,
  ConnectionState,
  EstablishedEvent,
  HsmsConnectionEvents,
  HsmsNotice,
  RefusalReason,
} from './hsms/connection/notices.js';
export type { QueueDepth } from './connection/sending.js';
export type { SocketAddress } from './network/socket-address.js';
export { HsmsMultiPassiveConnection } from './hsms/multi-passive/multi-passive-connection.js';
export type {
  HsmsMultiPassiveServerEvents,
  HsmsMultiPassiveServerOptions,
  ServerMessageEvent,
  ServerNoticeEvent,
  UnknownPeer,
} from './hsms/multi-passive/multi-passive-events.js';
export { HsmsMultiPassiveServer } from './hsms/multi-passive/multi-passive-server.js';
export {
  nodeNetwork,
  type Network,
  type NetworkConnectOptions,
  type NetworkListenOptions,
  type NetworkServer,
  type NetworkSocket,
} from './network/network.js';
export type { HsmsConnectionOptions } from './hsms/connection/options.js';
export { HsmsPassiveConnection } from './hsms/connection/passive-connection.js';
export type { ErrorReporter } from './reactive/report.js';
export { DEFAULT_SETTINGS, type HsmsSettings, type SecondConnectionPolicy } from './hsms/link/settings.js';

export { EntityRegistry } from './hsms/session/entity-registry.js';
export {
  HsmsGeneralSession,
  type HsmsGeneralSessionEvents,
  type HsmsGeneralSessionOptions,
} from './hsms/session/general-session.js';
export { HsmsPrimary } from './session/primary.js';
export type { BufferedIterator, BufferOptions } from './reactive/buffered-iterator.js';
export {
  HsmsRequestError,
  HsmsSessionEndedError,
  HsmsStream9Error,
  HsmsT3TimeoutError,
  HsmsTransactionAbortedError,
  HsmsTransactionRejectedError,
} from './session/session-errors.js';
export type { SessionEnd } from './hsms/session/session-core.js';
export type {
  ControlEvent,
  HsmsSessionEvents,
  SessionMessage,
  SessionState,
  SessionWarning,
  TransactionEvent,
  TransactionOutcome,
} from './hsms/session/session-events.js';
export type { HsmsSessionSettings } from './hsms/session/session-settings.js';
export { HsmsSession } from './hsms/session/session.js';
export type { HsmsSessionOptions, RequestOptions } from './hsms/session/session-options.js';
export { describeHint, type HsmsHint } from './hsms/link/hints.js';
