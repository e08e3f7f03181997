import { isInstance } from '../check.js';
import { SecsMessage } from '../secs2/message.js';
import { check } from './check.js';

/** @internal A message, received or built. */
export function checkMessage(name: string, value: SecsMessage): void {
  if (!isInstance(value, SecsMessage)) check.refuse(name, 'a SecsMessage', value);
}
