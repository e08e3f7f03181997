/**
 * A gateway between SECS-I (SEMI E4) and HSMS (E37).
 *
 * @packageDocumentation
 */
export { SecsBridge } from './bridge.js';
export { describeBridgeNotice } from './describe.js';
export { BridgeError, type BridgeErrorCode } from './errors.js';
export type {
  BridgeCounters,
  BridgeEvents,
  BridgeNotice,
  BridgePassed,
  BridgeSide,
  BridgeTold,
} from './events.js';
export type { SecsBridgeOptions } from './options.js';
