import { HsmsHeader } from '../../../src/hsms/wire/header.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { FrameDecoder } from '../../../src/hsms/wire/frame-decoder.js';
import { encodeFrame } from '../../../src/hsms/wire/frame-encoder.js';
import { A, L, S, U4 } from '../../../src/secs2/index.js';

const hex = (packet: HsmsPacket): string => packet.header.toBytes().toString('hex');
const request = HsmsHeader.parse(Buffer.from('12340000000501020304', 'hex'));

describe('HsmsPacket factories', () => {
  it.each([
    ['Select.req', HsmsPacket.selectReq(7), 'ffff' + '0000' + '0001' + '00000007'],
    ['Select.req of a session', HsmsPacket.selectReq(7, 3), '0003' + '0000' + '0001' + '00000007'],
    ['Select.rsp', HsmsPacket.selectRsp(request, 3), '1234' + '0003' + '0002' + '01020304'],
    ['Deselect.req', HsmsPacket.deselectReq(7), 'ffff' + '0000' + '0003' + '00000007'],
    ['Deselect.rsp', HsmsPacket.deselectRsp(request, 1), '1234' + '0001' + '0004' + '01020304'],
    ['Linktest.req', HsmsPacket.linktestReq(0xffffffff), 'ffff' + '0000' + '0005' + 'ffffffff'],
    ['Linktest.rsp', HsmsPacket.linktestRsp(request), '1234' + '0000' + '0006' + '01020304'],
    ['Separate.req', HsmsPacket.separateReq(7), 'ffff' + '0000' + '0009' + '00000007'],
  ])('%s', (_name, packet, bytes) => {
    expect(hex(packet)).toBe(bytes);
    expect(packet.length).toBe(10);
  });

  it('Reject.req names the PType for reason 2 and the SType otherwise (P-28)', () => {
    const rejected = HsmsHeader.of({ sessionId: 5, pType: 0x99, sType: 0xc8, systemBytes: 6 });
    expect(hex(HsmsPacket.rejectReq(rejected, 2))).toBe('0005' + '9902' + '0007' + '00000006');
    expect(hex(HsmsPacket.rejectReq(rejected, 1))).toBe('0005' + 'c801' + '0007' + '00000006');
    expect(hex(HsmsPacket.rejectReq(request, 3))).toBe('1234' + '0503' + '0007' + '01020304');
  });

  it('data carries stream, function, W-bit and the raw body', () => {
    const body = Uint8Array.of(1, 0);
    const packet = HsmsPacket.data(
      { sessionId: 1, stream: 1, function: 13, wBit: true, systemBytes: 9 },
      body,
    );
    expect(hex(packet)).toBe('0001' + '810d' + '0000' + '00000009');
    expect(packet.body.equals(body)).toBe(true);
    expect(packet.length).toBe(12);
  });

  it('refuses a status that is no byte', () => {
    expect(() => HsmsPacket.selectRsp(request, 256)).toThrow(
      'status must be a whole number from 0 to 255, received 256',
    );
  });
});

describe('HsmsPacket', () => {
  it('parses header and body', () => {
    const packet = HsmsPacket.parse(Buffer.from('0000810100000000002a' + '0100', 'hex'));
    expect(packet.header).toMatchObject({ stream: 1, function: 1, systemBytes: 42 });
    expect(packet.body.toString('hex')).toBe('0100');
    expect(() => HsmsPacket.parse(Buffer.alloc(9))).toThrow(
      'a message is at least 10 bytes, its header: 9 given',
    );
  });

  it('is equal by header and body', () => {
    const make = (systemBytes: number, body: string): HsmsPacket =>
      HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes }, Buffer.from(body));
    expect(make(1, 'a').equals(make(1, 'a'))).toBe(true);
    expect(make(1, 'a').equals(make(2, 'a'))).toBe(false);
    expect(make(1, 'a').equals(make(1, 'b'))).toBe(false);
  });

  const header =
    'header: {session_id:0x0000, stream:01, function:02, p_type:0x00, s_type:0x00, system:0x00000001, require_response:0}';
  const withBody = (length: number): HsmsPacket =>
    HsmsPacket.data({ sessionId: 0, stream: 1, function: 2, systemBytes: 1 }, Buffer.alloc(length, 0xab));

  it.each([
    ['nothing for no body', 0, ''],
    ['the body in hex', 3, ' body: ababab'],
    ['a body of 64 bytes whole', 64, ` body: ${'ab'.repeat(64)}`],
    ['a longer body shortened', 100, ` body: ${'ab'.repeat(64)}… (36 more bytes)`],
  ])('prints %s', (_name, length, text) => {
    expect(String(withBody(length))).toBe(header + text);
  });
});

describe('HsmsPacket as a SECS-II message', () => {
  const address = { sessionId: 3, systemBytes: 9 };

  it('carries a message and gives it back', () => {
    const sent = HsmsPacket.ofMessage(S(1, 13).w(L(A('MDLN'), U4(7))), address);
    expect(sent.header).toMatchObject({ stream: 1, function: 13, wBit: true, ...address });
    const received = HsmsPacket.parse(encodeFrame(sent).subarray(4));
    expect(received.item?.at(0).ascii).toBe('MDLN');
    expect(received.message.name).toBe('S1F13');
    expect(received.message.item).toBe(received.item);
    expect(received.itemError).toBeUndefined();
  });

  it('has no item without a body', () => {
    expect(HsmsPacket.ofMessage(S(1, 1).w(), address).item).toBeUndefined();
    expect(HsmsPacket.linktestReq(1).item).toBeUndefined();
  });

  it('keeps the bytes of a body that cannot be decoded, and the error (P-47)', () => {
    const packet = HsmsPacket.data({ stream: 1, function: 1, ...address }, Buffer.from('4105', 'hex'));
    expect(packet.body.toString('hex')).toBe('4105');
    expect(packet.itemError).toMatchObject({ name: 'Secs2DecodeError' });
    expect(() => packet.item).toThrow(packet.itemError);
  });

  it('decodes as the connection says', () => {
    const packets: HsmsPacket[] = [];
    const decoder = new FrameDecoder((packet) => packets.push(packet), undefined, { codePage: 'gbk' });
    const body = Buffer.from('4104' + 'd6d0b9fa', 'hex');
    decoder.push(encodeFrame(HsmsPacket.data({ stream: 1, function: 1, ...address }, body)));
    expect(packets[0]?.item).toMatchObject({ text: '\u4e2d\u56fd' });
  });
});

describe('a packet that carries a message', () => {
  const message = S(6, 11, L(U4(1, 2), A('IDLE'), L(U4(3))));
  const ids = { sessionId: 3, systemBytes: 9 };
  const frame = Buffer.concat([Buffer.from('0000001e', 'hex'), Buffer.from('0003060b000000000009', 'hex')]);

  it('encodes it into the frame, once, twice, and after its body was asked for', () => {
    const expected = Buffer.concat([frame, message.encode()]);
    expected.writeUInt32BE(expected.length - 4);
    const fresh = S(6, 11, message.item);
    const packets = [fresh, fresh, fresh].map((one) => HsmsPacket.ofMessage(one, ids));
    for (const packet of packets) expect(encodeFrame(packet)).toEqual(expected);
    expect(packets[0]!.body).toEqual(message.encode());
    expect(encodeFrame(packets[0]!)).toEqual(expected);
    expect(packets[0]!.item?.at(1).ascii).toBe('IDLE');
    expect(packets[0]!.length).toBe(expected.length - 4);
  });

  it('forwards a received message byte for byte', () => {
    const body = Buffer.from('0203a5020107a90200', 'hex');
    const received = HsmsPacket.parse(Buffer.concat([frame.subarray(4), body]));
    const forwarded = HsmsPacket.ofMessage(received.message, ids);
    expect(encodeFrame(forwarded).subarray(14)).toEqual(body);
  });

  it('refuses at once lists that nest too deep to be encoded', () => {
    let deep = L(U4(1)) as ReturnType<typeof L>;
    for (let i = 0; i < 64; i++) deep = L(deep);
    expect(() => HsmsPacket.ofMessage(S(6, 11, deep), ids)).toThrow(/64/);
  });
});
