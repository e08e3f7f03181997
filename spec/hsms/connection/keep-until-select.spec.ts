import { Duplex } from 'node:stream';
import { keepUntilSelect } from '../../../src/hsms/connection/keep-until-select.js';
import { DEFAULT_SETTINGS } from '../../../src/hsms/link/settings.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import type { NetworkSocket } from '../../../src/network/network.js';
import { FakeClock, turns } from '../../support/fake-clock.js';

describe('keepUntilSelect (P-11)', () => {
  it('answers a Select.req that had arrived when a busy process looks at its clock', async () => {
    const clock = new FakeClock();
    const written: Buffer[] = [];
    const socket = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        written.push(chunk);
        done();
      },
    });
    keepUntilSelect(socket as NetworkSocket, clock, DEFAULT_SETTINGS);
    clock.advance(DEFAULT_SETTINGS.t7);
    socket.push(encodeFrame(HsmsPacket.selectReq(42)));
    await turns();
    expect(Buffer.concat(written)[7]).toBe(3);
    expect(socket.destroyed).toBe(false);
    clock.advance(DEFAULT_SETTINGS.closeTimeout);
    expect(socket.destroyed).toBe(true);
  });
});
