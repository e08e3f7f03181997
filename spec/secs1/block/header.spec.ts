import fc from 'fast-check';
import { Secs1Header } from '../../../src/secs1/block/header.js';

const fields = {
  rBit: true,
  sessionId: 7,
  stream: 6,
  function: 11,
  wBit: true,
  systemBytes: 0xdead_beef,
  eBit: false,
  blockNumber: 3,
};

describe('Secs1Header', () => {
  it('B-11: has R with the device ID, W with the stream, function, E with the block number, system bytes', () => {
    expect(Secs1Header.of(fields).toBytes().toString('hex')).toBe('8007860b0003deadbeef');
    expect(
      Secs1Header.of({ ...fields, rBit: false, wBit: false, eBit: true })
        .toBytes()
        .toString('hex'),
    ).toBe('0007060b8003deadbeef');
    expect(
      Secs1Header.of({ ...fields, sessionId: 0x7fff, blockNumber: 0x7fff })
        .toBytes()
        .toString('hex'),
    ).toBe('ffff860b7fffdeadbeef');
  });

  it('B-11: loses no bit of any ten bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        const header = Secs1Header.parse(bytes);
        expect([...header.toBytes()]).toEqual([...bytes]);
        const { rBit, sessionId, stream, wBit, systemBytes, eBit, blockNumber } = header;
        const again = {
          rBit,
          sessionId,
          stream,
          function: header.function,
          wBit,
          systemBytes,
          eBit,
          blockNumber,
        };
        expect(Secs1Header.of(again).equals(header)).toBe(true);
      }),
    );
  });

  it('tells another block of its message from another message', () => {
    const header = Secs1Header.of(fields);
    expect(header.withBlock(4, true)).toMatchObject({ blockNumber: 4, eBit: true, systemBytes: 0xdead_beef });
    expect(header.continues(header.withBlock(4, true))).toBe(true);
    expect(header.equals(header.withBlock(4, true))).toBe(false);
    for (const other of [
      { sessionId: 8 },
      { stream: 7 },
      { function: 12 },
      { wBit: false },
      { systemBytes: 1 },
    ]) {
      expect(header.continues(Secs1Header.of({ ...fields, ...other }))).toBe(false);
    }
    expect(header.equals(Secs1Header.of({ ...fields, rBit: false }))).toBe(false);
  });

  it('is read by people', () => {
    expect(String(Secs1Header.of(fields))).toBe(
      'S6F11 W, device 7, to host, block 3, system bytes 0xdeadbeef',
    );
    expect(
      String(
        Secs1Header.of({ rBit: false, sessionId: 0, stream: 1, function: 2, wBit: false, systemBytes: 1 }),
      ),
    ).toBe('S1F2, device 0, to equipment, block 1 E, system bytes 0x00000001');
  });

  it.each([
    [{ sessionId: 0x8000 }, 'sessionId must be a whole number from 0 to 32767, received 32768'],
    [{ stream: 128 }, 'stream must be a whole number from 0 to 127, received 128'],
    [{ function: -1 }, 'function must be a whole number from 0 to 255, received -1'],
    [{ blockNumber: 0x8000 }, 'blockNumber must be a whole number from 0 to 32767, received 32768'],
    [
      { systemBytes: 2 ** 32 },
      'systemBytes must be a whole number from 0 to 4294967295, received 4294967296',
    ],
  ])('refuses %j', (wrong, message) => {
    expect(() => Secs1Header.of({ ...fields, ...wrong })).toThrow(message);
  });

  it('needs ten bytes', () => {
    expect(() => Secs1Header.parse(Buffer.alloc(11), 2)).toThrow(
      'a header is 10 bytes: 11 bytes have none at offset 2',
    );
  });
});
