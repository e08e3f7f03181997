import { value } from '../nodes/make.js';
import { VALUE } from './formats.js';

/** Any item at all. Its form is agreed elsewhere. */
export const ANY = value('ANY', VALUE, '*', 'any item at all');
