import { check } from '../../check.js';
import { unknownDeviceText, type UnknownDevice } from '../../session/errors.js';

/**
 * A guess at the cause behind a failure, from what was seen on the line.
 *
 * - `twoMasters`: ENQ came for our ENQ in every try: the peer is master as well, or the line echoes.
 * - `twoSlaves`: EOT came for our EOT in every try: the peer is slave as well, or the line echoes.
 * - `echo`: our own block was read back.
 * - `telnetPort`: what came first is the negotiation of telnet: the port of a terminal server is not set to raw.
 * - `hsmsPeer`: what came first is a frame of HSMS.
 * - `blocksWithoutEnq`: the peer sends the blocks of a message after a single ENQ.
 * - `unknownDevice`: the peer does not know the device ID of our messages.
 */
export type Secs1Hint =
  | {
      readonly kind: 'twoMasters' | 'twoSlaves' | 'echo' | 'telnetPort' | 'hsmsPeer' | 'blocksWithoutEnq';
    }
  | UnknownDevice;

const A_HINT = 'a hint of a Secs1Connection';

/**
 * A hint as a sentence for an operator. @throws HsmsArgumentError for what is none.
 *
 * @example
 * ```ts
 * import { dialLine, describeSecs1Hint, Secs1Connection } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(dialLine('127.0.0.1', 4000), 1);
 * connection.closed.subscribe(({ hint }) => {
 *   if (hint !== undefined) console.log(describeSecs1Hint(hint));
 * });
 * ```
 */
export function describeSecs1Hint(hint: Secs1Hint): string {
  check.tagged('hint', hint, A_HINT);
  switch (hint.kind) {
    case 'twoMasters':
      return 'Both sides want to be master (or the line echoes): the equipment is master, the host is slave';
    case 'twoSlaves':
      return 'Both sides make way as slaves (or the line echoes): the equipment is master, the host is slave';
    case 'echo':
      return 'The line reads back what this side sends: switch off the echo of the converter or the modem, or look for a bridge between TX and RX';
    case 'telnetPort':
      return 'The peer negotiates telnet: set the port of the terminal server to raw TCP';
    case 'hsmsPeer':
      return 'The peer sends a frame of HSMS: is its port set up for HSMS instead of SECS-I?';
    case 'blocksWithoutEnq':
      return 'The peer sends the next block of a message without ENQ: set blocksWithoutEnq.accept';
    case 'unknownDevice':
      return unknownDeviceText(hint.sessionId);
    default:
      return check.refuse('hint', A_HINT, hint);
  }
}
