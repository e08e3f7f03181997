export { systemClock, type Clock, type Timer } from './clock.js';
export { HsmsArgumentError, HsmsError, HsmsFrameError, SecsError, type HsmsErrorCode } from './errors.js';

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
export { describeControl } from './hsms/wire/control-text.js';
export { describeCloseReason, type CloseReason } from './hsms/link/close-reason.js';
export { HsmsConnectionClosedError } from './hsms/link/connection-closed-error.js';
export { HsmsConnection } from './hsms/connection/connection.js';
export { attachDelegate, type AttachDelegateOptions } from './connection/delegate.js';
export type { HsmsConnectionDelegate } from './hsms/connection/connection.js';
export type { OpenToAnyone, Refusal, RefusalReason, TcpNotice } from './connection/notices.js';
export type { HsmsNotice, NobodyConnected } from './hsms/connection/notices.js';
export type {
  BeforeClosedEvent,
  ClosedEvent,
  EstablishedEvent,
  HsmsConnectionEvents,
} from './hsms/connection/connection.js';
export type { ConnectionState } from './connection/events.js';
export type { QueueDepth } from './connection/sending.js';
export { endpointText, type SocketAddress } from './network/socket-address.js';
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
export type { HsmsConnectionOptions } from './hsms/connection/connection.js';
export { HsmsPassiveConnection } from './hsms/connection/passive-connection.js';
export type { ErrorReporter } from './reactive/report.js';
export { DEFAULT_SETTINGS, type HsmsSettings, type SecondConnectionPolicy } from './hsms/link/settings.js';

export { EntityRegistry } from './hsms/session/entity-registry.js';
export {
  HsmsGeneralSession,
  type HsmsGeneralSessionEvents,
  type HsmsGeneralSessionOptions,
} from './hsms/session/general-session.js';
export { SecsPrimary } from './session/primary.js';
export type { BufferedIterator, BufferOptions } from './reactive/buffered-iterator.js';
export { HsmsTransactionRejectedError } from './hsms/session/rejected-error.js';
export {
  outcomeOf,
  SecsReplyError,
  SecsRequestError,
  SecsSessionEndedError,
  SecsStream9Error,
  SecsT3TimeoutError,
  SecsTransactionAbortedError,
  type OtherSessionId,
  type Protocol,
  type SecsSessionErrorCode,
  type UnknownDevice,
} from './session/errors.js';
export type { Availability, SecsSessionEvents } from './session/events.js';
export type { DataHeader } from './session/header.js';
export type { WireHeader, WirePacket } from './session/wire-packet.js';
export type { ConnectionGroup, SessionGroup, WatchTarget } from './watch/walker.js';
export type { SecsSession } from './session/secs-session.js';
export { describeSessionEnd } from './session/session-end.js';
export type { AutoS9, AutoS9Setting, SecsSessionOptions, SecsSessionSettings } from './session/settings.js';
export type { Stream9Function } from './session/stream9.js';
export type { ConnectionNotice, LinkEstablished, SecsConnection } from './connection/secs-connection.js';
export type { ConnectionDelegate, FourStreams } from './connection/delegate.js';
export type { BeforeClosedOn, ClosedOn, EstablishedOn, Tagged } from './connection/events.js';
export type { SendOptions } from './session/exchange.js';
export type { SessionEnd } from './session/session-end.js';
export type {
  ControlEvent,
  HsmsSessionEnd,
  HsmsSessionEvents,
  SessionState,
} from './hsms/session/session-events.js';
export type { TransactionOutcome } from './session/errors.js';
export type { SessionMessage, SessionWarning, TransactionEvent } from './session/events.js';
export type { HsmsSessionSettings } from './hsms/session/session-settings.js';
export { HsmsSession } from './hsms/session/session.js';
export type { HsmsSessionOptions } from './hsms/session/session-options.js';
export type { RequestOptions } from './session/settings.js';
export { describeClose, describeHint, type HsmsHint } from './hsms/link/hints.js';
