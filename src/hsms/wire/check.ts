import { check } from '../../check.js';
import { isHeader } from './header.js';

/** What an argument that must be a packet is said to be. */
const A_PACKET = 'an HsmsPacket, as HsmsPacket.data() or HsmsPacket.ofMessage() makes';

/**
 * Checks that a value is a packet, by what all packets hold: one of another copy of this package is one as well.
 * @throws HsmsArgumentError; for a message it says who sends those.
 */
export function checkPacket(packet: unknown, name = 'packet'): void {
  if (typeof packet === 'object' && packet !== null && holds(packet, 'header', 'writeBody')) return;
  if (typeof packet === 'object' && packet !== null && holds(packet, 'bodyBytes', 'isPrimary')) {
    check.fail(
      `${name} must be an HsmsPacket, received a SecsMessage: session.send(message) and session.request(message) send those, ` +
        'HsmsPacket.ofMessage() makes a packet of one',
    );
  }
  check.refuse(name, A_PACKET, packet);
}

/** Checks that a value is the ten header bytes. */
export function checkHeader(name: string, header: unknown): void {
  if (!isHeader(header)) check.refuse(name, 'an HsmsHeader', header);
}

function holds(value: object, first: string, second: string): boolean {
  try {
    return first in value && second in value;
  } catch {
    return false;
  }
}
