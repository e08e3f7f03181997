import { HsmsError } from '../errors.js';

/** A test did not go as it says: what was expected, what came, and what is still pending (`HSMS_TEST_FAILED`). */
export class TestFailure extends HsmsError {
  constructor(message: string, options?: ErrorOptions) {
    super('HSMS_TEST_FAILED', message, options);
  }
}
