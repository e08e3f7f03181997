import { Checks } from '../check.js';
import { Secs2ArgumentError } from './errors.js';

/** The checks of this room: they throw its argument error. */
export const check = new Checks((message) => new Secs2ArgumentError(message));
