/**
 * SECS-I (SEMI E4): messages in blocks on a serial line, or on TCP in its place.
 *
 * @packageDocumentation
 */
export { Secs1Header, type Secs1HeaderFields } from './block/header.js';
export { Secs1Error, type Secs1ErrorCode } from './errors.js';
