import { HsmsError } from '../errors.js';

/**
 * A test did not go as it says: what was expected, what came, and what is still pending (`HSMS_TEST_FAILED`).
 *
 * @example
 * ```ts
 * import { createTestNetwork, ScriptedPeer, TestFailure } from 'rxsecs/testing';
 *
 * const network = createTestNetwork();
 * const peer = await ScriptedPeer.listen(5000, network.options);
 * try {
 *   await peer.expect('S1F1', undefined, { within: 1 });
 * } catch (error) {
 *   if (error instanceof TestFailure) console.log(error.message); // says what came instead
 * }
 * ```
 */
export class TestFailure extends HsmsError {
  constructor(message: string, options?: ErrorOptions) {
    super('HSMS_TEST_FAILED', message, options);
  }
}
