import { inspect } from 'node:util';
import fc from 'fast-check';
import { HsmsArgumentError } from '../../../src/errors.js';
import { SType } from '../../../src/hsms/wire/codes.js';
import { HEADER_BYTES, HsmsHeader } from '../../../src/hsms/wire/header.js';

const tenBytes = fc.uint8Array({ minLength: HEADER_BYTES, maxLength: HEADER_BYTES });

describe('HsmsHeader', () => {
  it('parses and serialises any ten bytes without loss (P-3)', () => {
    fc.assert(
      fc.property(tenBytes, (bytes) => {
        expect([...HsmsHeader.parse(bytes).toBytes()]).toEqual([...bytes]);
      }),
    );
  });

  it('reads each field from its place, at any offset (P-3)', () => {
    const bytes = Buffer.from('ffff' + '12348111' + '0903' + 'fedcba98', 'hex');
    expect(HsmsHeader.parse(bytes, 2)).toMatchObject({
      sessionId: 0x1234,
      byte2: 0x81,
      byte3: 0x11,
      stream: 1,
      wBit: true,
      function: 17,
      pType: 9,
      sType: 3,
      systemBytes: 0xfedcba98,
      isData: false,
    });
  });

  it.each([
    [0, 0, true],
    [0, 1, false],
    [1, 0, false],
    [9, 255, false],
  ])('with SType %i and PType %i: data of SECS-II is %p', (sType, pType, isData) => {
    expect(HsmsHeader.of({ sessionId: 0, systemBytes: 0, sType, pType }).isData).toBe(isData);
  });

  it('writes each field to its place', () => {
    const header = HsmsHeader.of({
      sessionId: 0x0102,
      stream: 6,
      function: 11,
      wBit: true,
      systemBytes: 0xa0b0c0d0,
    });
    expect(header.toBytes().toString('hex')).toBe('0102' + '860b' + '0000' + 'a0b0c0d0');
    const target = Buffer.alloc(12, 0x55);
    header.writeTo(target, 1);
    expect(target.toString('hex')).toBe('55' + '0102860b0000a0b0c0d0' + '55');
  });

  it('keeps control bytes apart from stream and function', () => {
    const header = HsmsHeader.of({
      sessionId: 0xffff,
      byte2: 0x85,
      byte3: 4,
      sType: SType.rejectReq,
      systemBytes: 1,
    });
    expect(header.toBytes().toString('hex')).toBe('ffff' + '8504' + '0007' + '00000001');
  });

  it('prints the documented form', () => {
    const reject = HsmsHeader.of({ sessionId: 0, byte3: 4, sType: SType.rejectReq, systemBytes: 0 });
    expect(String(reject)).toBe(
      '{session_id:0x0000, stream:00, function:04, p_type:0x00, s_type:0x07, system:0x00000000, require_response:0}',
    );
    const data = HsmsHeader.of({
      sessionId: 0xabcd,
      stream: 127,
      function: 255,
      wBit: true,
      systemBytes: 0xdeadbeef,
    });
    expect(String(data)).toBe(
      '{session_id:0xabcd, stream:127, function:255, p_type:0x00, s_type:0x00, system:0xdeadbeef, require_response:1}',
    );
  });

  it.each([
    [
      { sessionId: 65536, systemBytes: 0 },
      'sessionId must be a whole number from 0 to 65535, received 65536',
    ],
    [{ sessionId: -1, systemBytes: 0 }, 'sessionId must be a whole number from 0 to 65535, received -1'],
    [{ sessionId: 0.5, systemBytes: 0 }, 'sessionId must be a whole number from 0 to 65535, received 0.5'],
    [
      { sessionId: 0, systemBytes: 0x1_0000_0000 },
      'systemBytes must be a whole number from 0 to 4294967295, received 4294967296',
    ],
    [
      { sessionId: 0, systemBytes: NaN },
      'systemBytes must be a whole number from 0 to 4294967295, received NaN',
    ],
    [
      { sessionId: 0, systemBytes: 0, stream: 128 },
      'stream must be a whole number from 0 to 127, received 128',
    ],
    [
      { sessionId: 0, systemBytes: 0, function: 256 },
      'function must be a whole number from 0 to 255, received 256',
    ],
    [
      { sessionId: 0, systemBytes: 0, pType: 256 },
      'pType must be a whole number from 0 to 255, received 256',
    ],
    [{ sessionId: 0, systemBytes: 0, sType: -1 }, 'sType must be a whole number from 0 to 255, received -1'],
    [
      { sessionId: 0, systemBytes: 0, byte2: 256 },
      'byte2 must be a whole number from 0 to 255, received 256',
    ],
    [
      { sessionId: 0, systemBytes: 0, byte3: 256 },
      'byte3 must be a whole number from 0 to 255, received 256',
    ],
    [{ sessionId: 0, systemBytes: 0, byte2: 1, stream: 1 }, 'byte2 holds the W-bit and the stream'],
    [{ sessionId: 0, systemBytes: 0, byte2: 1, wBit: true }, 'byte2 holds the W-bit and the stream'],
    [{ sessionId: 0, systemBytes: 0, byte3: 1, function: 1 }, 'byte3 holds the function'],
  ])('refuses %p', (fields, text) => {
    expect(() => HsmsHeader.of(fields)).toThrow(HsmsArgumentError);
    expect(() => HsmsHeader.of(fields)).toThrow(text);
  });

  it.each([
    [Buffer.alloc(9), 0],
    [Buffer.alloc(10), 1],
    [Buffer.alloc(20), -1, 'offset must be a whole number from 0, received -1'],
  ])('refuses to parse where no ten bytes are', (bytes, offset, text = 'a header is 10 bytes') => {
    expect(() => HsmsHeader.parse(bytes, offset)).toThrow(text);
  });

  it('is equal when all ten bytes are, and only then', () => {
    fc.assert(
      fc.property(tenBytes, fc.nat(HEADER_BYTES - 1), fc.integer({ min: 1, max: 255 }), (bytes, at, flip) => {
        const other = Uint8Array.from(bytes);
        other[at] = (other[at] as number) ^ flip;
        expect(HsmsHeader.parse(bytes).equals(HsmsHeader.parse(Uint8Array.from(bytes)))).toBe(true);
        expect(HsmsHeader.parse(bytes).equals(HsmsHeader.parse(other))).toBe(false);
      }),
    );
  });

  it('names what it was given in place of fields, a W-bit, bytes or a header', () => {
    const header = HsmsHeader.of({ sessionId: 0, systemBytes: 0 });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const calls: [() => unknown, string][] = [
      [() => HsmsHeader.of(null as never), 'fields must be '],
      [
        () => HsmsHeader.of({ sessionId: 0, systemBytes: 0, wBit: 1 as never }),
        'wBit must be true or false, received 1',
      ],
      [() => HsmsHeader.parse('0'.repeat(10) as never), 'bytes must be a Uint8Array, received the string'],
      [() => header.writeTo('0'.repeat(10) as never, 0), 'target must be a Uint8Array, received the string'],
      [() => header.writeTo(Buffer.alloc(9), 0), 'offset must be a whole number'],
      [() => header.writeTo(Buffer.alloc(12), 3), 'offset must be a whole number from 0 to 2, received 3'],
      [
        () => header.writeTo(Buffer.alloc(12), 0.5),
        'offset must be a whole number from 0 to 2, received 0.5',
      ],
      [() => header.equals({ ...header } as never), 'other must be an HsmsHeader, received '],
      [() => header.equals(proxy as never), 'other must be an HsmsHeader, received '],
    ];
    for (const [call, text] of calls) {
      expect(call).toThrow(HsmsArgumentError);
      expect(call).toThrow(text);
    }
  });

  it('has no W-bit where its bytes are all zero', () => {
    expect(HsmsHeader.parse(Buffer.alloc(10)).wBit).toBe(false);
  });

  it.each([true, false])('of data is made of its fields, W-bit %p', (wBit) => {
    const header = HsmsHeader.ofData(0x8001, 127, 255, wBit, 0xfedcba98);
    expect(header.toBytes().toString('hex')).toBe(`8001${wBit ? 'ff' : '7f'}ff0000fedcba98`);
    expect(header).toMatchObject({ stream: 127, function: 255, wBit, pType: 0, sType: 0 });
  });

  it('shows its documented form when it is inspected, and tells data of SECS-II from all else', () => {
    const header = HsmsHeader.of({ sessionId: 1, stream: 1, function: 13, wBit: true, systemBytes: 7 });
    expect(inspect(header)).toBe(header.toString());
    expect(header.isData).toBe(true);
    expect(HsmsHeader.of({ sessionId: 1, systemBytes: 7, pType: 1 }).isData).toBe(false);
    expect(HsmsHeader.of({ sessionId: 1, systemBytes: 7, sType: 1 }).isData).toBe(false);
  });
});
