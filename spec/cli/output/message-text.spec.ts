import { arrow, lineHead, packetText } from '../../../src/cli/output/message-text';
import { painter } from '../../../src/cli/output/paint';
import { HsmsHeader, HsmsPacket } from '../../../src';
import { L, S, U1 } from '../../../src/secs2';

const plain = painter(false);
const text = (packet: HsmsPacket, note = '', sml = {}): string => packetText(packet, 'H', plain, note, sml);
const header = HsmsHeader.of({ sessionId: 1, systemBytes: 9 });

describe('packetText', () => {
  it.each<[string, HsmsPacket, string]>([
    ['Select.req', HsmsPacket.selectReq(7), 'H Select.req session 65535 system 7'],
    [
      'Select.rsp',
      HsmsPacket.selectRsp(header, 3),
      'H Select.rsp status 3 (another connection is served) session 1 system 9',
    ],
    [
      'Deselect.rsp',
      HsmsPacket.deselectRsp(header, 1),
      'H Deselect.rsp status 1 (not selected) session 1 system 9',
    ],
    ['Linktest.req', HsmsPacket.linktestReq(7), 'H Linktest.req session 65535 system 7'],
    [
      'Reject.req',
      HsmsPacket.rejectReq(header, 4),
      'H Reject.req reason 4 (not selected) of Data session 1 system 9',
    ],
    [
      'a Reject of a PType',
      HsmsPacket.rejectReq(header, 2),
      'H Reject.req reason 2 (PType not supported) of PType 0 session 1 system 9',
    ],
    [
      'an SType that E37 does not know, with a body',
      new HsmsPacket(HsmsHeader.of({ sessionId: 1, systemBytes: 2, sType: 77 }), Buffer.from([1, 2])),
      'H SType 77 session 1 system 2, 2 bytes of body',
    ],
    [
      'a PType that E37 does not know',
      new HsmsPacket(HsmsHeader.of({ sessionId: 1, systemBytes: 2, pType: 5 })),
      'H Data of PType 5 session 1 system 2',
    ],
  ])('tells of %s in one line', (_name, packet, expected) => {
    expect(text(packet)).toBe(expected);
  });

  it('prints data as SML', () => {
    const packet = HsmsPacket.ofMessage(S(1, 3).w(L(U1([1, 2, 3]))), { sessionId: 2, systemBytes: 5 });
    expect(text(packet, 'after 1 ms')).toBe(
      'H session 2 system 5, after 1 ms\nS1F3 W\n<L[1]\n  <U1[3] 1 2 3>\n>.',
    );
    expect(text(packet, '', { maxLength: 1, counts: 'never' })).toContain('<U1 1 /* 2 more */>');
  });

  it('prints a body that is no item as its bytes, in a comment', () => {
    const packet = HsmsPacket.data(
      { sessionId: 0, stream: 1, function: 3, systemBytes: 0 },
      Buffer.from([0xff, 1]),
    );
    expect(text(packet)).toMatch(/^H session 0 system 0\nS1F3\n?.*\/\*.*ff ?01.*\*\//is);
  });
});

describe('lineHead', () => {
  it('is the start of a comment: local time and direction', () => {
    const time = new Date(2026, 0, 2, 3, 4, 5, 67).getTime() + 0.9;
    expect(lineHead(time, arrow('out', plain), plain)).toBe('// 2026-01-02 03:04:05.067 ->');
    expect(lineHead(time, arrow('in', plain), plain)).toBe('// 2026-01-02 03:04:05.067 <-');
  });
});
