import {
  checkPacketLength,
  encodeFrame,
  frameBytes,
  writeFrame,
  writeFrameHead,
} from '../../../src/hsms/wire/frame-encoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { WritableBytes } from '../../../src/secs2/codec/writable-bytes.js';

const s1f1 = HsmsPacket.data({ sessionId: 1, stream: 1, function: 1, wBit: true, systemBytes: 0x01020304 });
const s1f2 = HsmsPacket.data(
  { sessionId: 1, stream: 1, function: 2, systemBytes: 0x01020304 },
  Buffer.from('0100', 'hex'),
);

describe('frame encoder', () => {
  it('writes length, header, body (P-1)', () => {
    expect(encodeFrame(s1f1).toString('hex')).toBe('0000000a' + '0001' + '8101' + '0000' + '01020304');
    expect(encodeFrame(s1f2).toString('hex')).toBe(
      '0000000c' + '0001' + '0102' + '0000' + '01020304' + '0100',
    );
    expect([frameBytes(s1f1), frameBytes(s1f2)]).toEqual([14, 16]);
  });

  it('writes frames side by side', () => {
    const target = Buffer.alloc(31, 0xee);
    const out = new WritableBytes(target);
    const end = writeFrame(s1f2, out, writeFrame(s1f1, out, 0));
    expect(end).toBe(30);
    expect(target.toString('hex')).toBe(
      `${encodeFrame(s1f1).toString('hex')}${encodeFrame(s1f2).toString('hex')}ee`,
    );
  });

  it('writes a head alone', () => {
    const target = Buffer.alloc(16);
    expect(writeFrameHead(s1f2, target, 0)).toBe(14);
    expect(target.toString('hex')).toBe(encodeFrame(s1f2).toString('hex').slice(0, 28) + '0000');
  });

  it('writes a length above 2^31 as it is', () => {
    const target = Buffer.alloc(14);
    const huge = { header: s1f1.header, length: 0xfffffff0 } as HsmsPacket;
    writeFrameHead(huge, target, 0);
    expect(target.readUInt32BE(0)).toBe(0xfffffff0);
  });

  it('holds the cap when sending (P-2)', () => {
    expect(checkPacketLength(s1f2, 12)).toBeUndefined();
    expect(checkPacketLength(s1f2, 11)).toMatchObject({ code: 'HSMS_FRAME_TOO_LONG', length: 12, limit: 11 });
  });
});
