export { HsmsArgumentError, HsmsError, HsmsFrameError, type HsmsErrorCode } from './errors.js';
