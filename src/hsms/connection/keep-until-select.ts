import type { Clock } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';
import { SelectStatus, SType } from '../wire/codes.js';
import { FrameDecoder } from '../wire/frame-decoder.js';
import { encodeFrame } from '../wire/frame-encoder.js';
import { HsmsPacket } from '../wire/packet.js';
import { destroy, type NetworkSocket } from '../../network/network.js';
import type { HsmsSettings } from '../link/settings.js';

/**
 * Keeps a second connection until it sends Select.req, answers that with status 3 (connection exhausted) and closes
 * it in order (E37.1, passive mode). It is closed without an answer when T7 passes, when bytes come that are not
 * HSMS, and when the peer closes.
 */
export function keepUntilSelect(socket: NetworkSocket, clock: Clock, settings: HsmsSettings): void {
  // Select.req may be in the kernel's buffer already when a busy moment ends.
  let timer = expiry(clock, 't7', settings.t7, () => destroy(socket));
  const decoder = new FrameDecoder(({ header }) => {
    if (header.sType !== SType.selectReq) return;
    decoder.stop();
    timer.cancel();
    // Closed once the peer has closed as well: closing earlier could destroy the answer before it is read.
    timer = clock.setTimer('close', settings.closeTimeout, () => destroy(socket));
    socket.end(encodeFrame(HsmsPacket.selectRsp(header, SelectStatus.exhausted)));
  }, settings.maxPacketBytes);
  socket.on('data', (chunk: Buffer) => {
    try {
      if (decoder.push(chunk) !== undefined) destroy(socket);
    } catch {
      // A clock, or a socket, of somebody's own.
      destroy(socket);
    }
  });
  socket.on('end', () => socket.end());
  socket.on('close', () => timer.cancel());
}
