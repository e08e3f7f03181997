import {
  DeselectStatus,
  HsmsHeader,
  HsmsPacket,
  RejectReason,
  SelectStatus,
  SType,
  type HsmsHeaderFields,
} from '../../src/index.js';

/** Packets that one side sends in one go, so that small ones share a TCP segment. */
export interface Shot {
  readonly from: 'active' | 'passive';
  readonly packets: readonly HsmsPacket[];
  /**
   * The dissector takes these for something other than HSMS and shows nothing at all, although E37 lets the bytes
   * through to whoever has to reject them. Their bytes are checked instead. It declines: SType 8, 10 and 128 to
   * 255; data on stream 0 without W-bit; a control message with a body; a request with byte 2 or 3 set; a Linktest
   * with another session ID than 0xFFFF.
   */
  readonly hidden?: boolean;
  /** The frame of the only packet in hex, written by hand from E37, so that it does not depend on how the packet was made. */
  readonly wire?: string;
}

const SESSION = 0x1234;

/** An item of each format that the dissector shows, in a list. */
const EVERY_FORMAT = Buffer.from(
  [
    '010d', // L, 13 elements
    '2103010203', // B 01 02 03
    '250101', // BOOLEAN true
    '4106727873656373', // A "rxsecs"
    '6108ffffffffffffffff', // I8 -1
    '6501fe', // I1 -2
    '6902fffd', // I2 -3
    '7104fffffffc', // I4 -4
    '81083ff8000000000000', // F8 1.5
    '9104c0200000', // F4 -2.5
    'a10800000000ffffffff', // U8 4294967295
    'a501ff', // U1 255
    'a902ffff', // U2 65535
    'b104ffffffff', // U4 4294967295
  ].join(''),
  'hex',
);

function data(
  stream: number,
  fn: number,
  wBit: boolean,
  systemBytes: number,
  body?: Buffer,
  sessionId: number = SESSION,
): HsmsPacket {
  return HsmsPacket.data({ sessionId, stream, function: fn, wBit, systemBytes }, body);
}

function odd(fields: Partial<HsmsHeaderFields>, body?: Buffer): HsmsPacket {
  return new HsmsPacket(HsmsHeader.of({ sessionId: 0xffff, systemBytes: 0xdeadbeef, ...fields }), body);
}

/** `<B …>` of `size` bytes with three length bytes. */
function binary(size: number): Buffer {
  const header = Buffer.from([0x23, size >>> 16, (size >>> 8) & 0xff, size & 0xff]);
  return Buffer.concat([header, Buffer.alloc(size, 'rxsecs')]);
}

const select = HsmsPacket.selectReq(1);
const selectGs = HsmsPacket.selectReq(2, 7);
const linktest = HsmsPacket.linktestReq(0xffffffff);
const linktestBack = HsmsPacket.linktestReq(0x80000000);
const deselect = HsmsPacket.deselectReq(3);
const deselectGs = HsmsPacket.deselectReq(4, 7);
const strangePType = odd({ pType: 5, stream: 1, function: 1, wBit: true });

/** Large enough for several TCP segments on the loopback interface, whose MTU is 64 KiB. */
export const LARGE = data(7, 3, true, 0x70000, binary(70_000));

/** What is sent in one go so that it shares TCP segments. Control messages overtake data, so they come first. */
export const TOGETHER: readonly HsmsPacket[] = [
  HsmsPacket.linktestReq(100),
  HsmsPacket.selectRsp(select.header, SelectStatus.alreadyActive),
  ...Array.from({ length: 20 }, (_, i) => data(i + 1, 2 * i + 1, i % 2 === 0, 101 + i, EVERY_FORMAT)),
];

/** A message whose items the dissector is asked about. */
export const ITEMS = data(6, 11, true, 0x00010001, EVERY_FORMAT);

export const traffic: readonly Shot[] = [
  { from: 'active', packets: [select], wire: '0000000affff0000000100000001' },
  {
    from: 'passive',
    packets: [HsmsPacket.selectRsp(select.header, SelectStatus.established)],
    wire: '0000000affff0000000200000001',
  },
  { from: 'active', packets: [linktest], wire: '0000000affff00000005ffffffff' },
  {
    from: 'passive',
    packets: [HsmsPacket.linktestRsp(linktest.header)],
    wire: '0000000affff00000006ffffffff',
  },
  { from: 'passive', packets: [linktestBack], wire: '0000000affff0000000580000000' },
  { from: 'active', packets: [HsmsPacket.linktestRsp(linktestBack.header)] },
  {
    from: 'active',
    packets: [data(1, 13, true, 0, Buffer.from('0100', 'hex'))],
    wire: '0000000c1234810d0000000000000100',
  },
  { from: 'passive', packets: [data(1, 14, false, 0, Buffer.from('01022101000100', 'hex'))] },
  { from: 'passive', packets: [ITEMS] },
  { from: 'active', packets: [data(6, 12, false, 0x00010001, Buffer.from('210100', 'hex'))] },
  {
    from: 'active',
    packets: [data(127, 255, true, 0xffffffff, undefined, 0xffff)],
    wire: '0000000affffffff0000ffffffff',
  },
  {
    from: 'active',
    packets: [data(127, 255, false, 0xfffffffe, undefined, 0)],
    wire: '0000000a00007fff0000fffffffe',
  },
  { from: 'active', packets: [data(1, 0, false, 5, undefined, 0x7fff)] },
  { from: 'passive', packets: [data(0, 1, true, 6)] },
  { from: 'passive', packets: [data(0, 1, false, 7)], hidden: true },
  { from: 'active', packets: [data(64, 128, false, 8, binary(5000))] },
  { from: 'passive', packets: [LARGE] },
  { from: 'active', packets: TOGETHER },
  { from: 'passive', packets: TOGETHER },

  { from: 'active', packets: [selectGs], wire: '0000000a00070000000100000002' },
  {
    from: 'passive',
    packets: [HsmsPacket.selectRsp(selectGs.header, SelectStatus.entitySelected)],
    wire: '0000000a00070006000200000002',
  },
  { from: 'passive', packets: [HsmsPacket.selectRsp(select.header, 255)] },
  { from: 'active', packets: [deselect], wire: '0000000affff0000000300000003' },
  {
    from: 'passive',
    packets: [HsmsPacket.deselectRsp(deselect.header, DeselectStatus.ended)],
    wire: '0000000affff0000000400000003',
  },
  { from: 'active', packets: [deselectGs] },
  {
    from: 'passive',
    packets: [HsmsPacket.deselectRsp(deselectGs.header, DeselectStatus.busy)],
    wire: '0000000a00070002000400000004',
  },

  { from: 'active', packets: [strangePType] },
  { from: 'active', packets: [odd({ pType: 255, stream: 1, function: 2 }, Buffer.from('0100', 'hex'))] },
  { from: 'active', packets: [odd({ pType: 1, sType: SType.selectReq })] },
  {
    from: 'passive',
    packets: [HsmsPacket.rejectReq(strangePType.header, RejectReason.pTypeNotSupported)],
    wire: '0000000affff05020007deadbeef',
  },
  {
    from: 'active',
    packets: [odd({ sType: 11, byte2: 0xab, byte3: 0xcd })],
    wire: '0000000affffabcd000bdeadbeef',
  },
  { from: 'active', packets: [odd({ sType: 127, byte2: 1, byte3: 2 }, Buffer.from('410161', 'hex'))] },
  { from: 'active', packets: [odd({ sType: 8, byte2: 0x12, byte3: 0x34 })], hidden: true },
  { from: 'active', packets: [odd({ sType: 10 }), odd({ sType: 128 }), odd({ sType: 255 })], hidden: true },
  {
    from: 'passive',
    packets: [HsmsPacket.rejectReq(odd({ sType: 8 }).header, RejectReason.sTypeNotSupported)],
    wire: '0000000affff08010007deadbeef',
  },
  {
    from: 'passive',
    packets: [HsmsPacket.rejectReq(ITEMS.header, RejectReason.entityNotSelected)],
    wire: '0000000a12340004000700010001',
  },
  {
    from: 'passive',
    packets: [HsmsPacket.rejectReq(odd({ sType: 6 }).header, RejectReason.transactionNotOpen)],
    wire: '0000000affff06030007deadbeef',
  },
  { from: 'active', packets: [odd({ sType: SType.selectReq }, Buffer.from('0100', 'hex'))], hidden: true },
  { from: 'active', packets: [odd({ sType: SType.selectReq, byte3: 1 })], hidden: true },
  { from: 'active', packets: [odd({ sType: SType.linktestReq, sessionId: 7 })], hidden: true },

  { from: 'active', packets: [HsmsPacket.separateReq(9, 7)], wire: '0000000a00070000000900000009' },
  { from: 'passive', packets: [HsmsPacket.separateReq(10)], wire: '0000000affff000000090000000a' },
];
