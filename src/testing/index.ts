export { TestFailure } from './failure.js';
export { TestConnection, type Direction } from './network/test-connection.js';
export {
  createTestNetwork,
  TestNetwork,
  type TestMachine,
  type TestNetworkOptions,
  type Where,
} from './network/test-network.js';
export { VirtualClock, type PendingTimer, type UntilOptions } from './virtual-clock.js';
export type { ControlOptions } from './peer/control-answers.js';
export type { PeerEnd } from './peer/peer-link.js';
export { PeerMessage, type Answer } from './peer/peer-message.js';
export type { Rule } from './peer/inbox.js';
export type { ScriptedPeerOptions, WithinOptions } from './peer/peer-options.js';
export { ScriptedPeer } from './peer/scripted-peer.js';
export type { ItemPattern } from './pattern/item-pattern.js';
export type { MessagePattern } from './pattern/message-pattern.js';
export { hsmsMatchers, type MatcherContext, type MatcherResult } from './matchers/matchers.js';
export type { HsmsMatchers } from './matchers/types.js';
export { recordTraffic, type Traffic } from './traffic.js';
