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
