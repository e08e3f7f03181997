import { Checks } from '../check.js';
import { E5Error } from './errors.js';

/** @internal The checks of what is built, read and looked up. */
export const check = /* @__PURE__ */ new Checks((message) => new E5Error('E5_INVALID_VALUE', message));

/** @internal The checks of what messages are defined by. */
export const checkDefined = /* @__PURE__ */ new Checks(
  (message) => new E5Error('E5_INVALID_DEFINITION', message),
);
