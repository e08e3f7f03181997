import { HsmsHeader, HsmsPacket, type CloseReason, type HsmsHint } from '../../../src';
import { closeText, controlText, rejectReasonText } from '../../../src/cli/output/control-text';

const header = HsmsHeader.of({ sessionId: 1, systemBytes: 9 });

describe('controlText', () => {
  it.each([
    [HsmsPacket.selectRsp(header, 0), 'Select.rsp status 0'],
    [HsmsPacket.selectRsp(header, 2), 'Select.rsp status 2 (not ready)'],
    [HsmsPacket.selectRsp(header, 99), 'Select.rsp status 99'],
    [HsmsPacket.deselectRsp(header, 2), 'Deselect.rsp status 2 (busy)'],
    [HsmsPacket.separateReq(7), 'Separate.req'],
  ])('says what a status means: %s', (packet, text) => {
    expect(controlText(packet.header)).toBe(text);
  });

  it('leaves a reason that E37 does not know as it is', () => {
    expect([rejectReasonText(3), rejectReasonText(200)]).toEqual(['3 (transaction not open)', '200']);
  });
});

describe('closeText', () => {
  const tooLong = (text: string): CloseReason => ({
    kind: 'frameTooLong',
    length: Buffer.from(text, 'latin1').readUInt32BE(),
    maxPacketBytes: 100,
  });

  it.each<[string, CloseReason, HsmsHint | undefined, RegExp]>([
    [
      'SSH',
      tooLong('SSH-'),
      undefined,
      /\. The peer sends text, "SSH-" …: something other than HSMS has this port$/,
    ],
    ['HTTP', tooLong('HTTP'), undefined, /\. The peer sends text, "HTTP"/],
    ['TLS', tooLong('\x15\x03\x03\x00'), { kind: 'secs1Peer' }, /\. The peer answers with TLS: [^.]*$/],
    ['a long message', tooLong('\x01\x00\x00\x00'), undefined, /is above maxPacketBytes 100$/],
    ['SECS-I', tooLong('\x05\x05\x05\x05'), { kind: 'secs1Peer' }, /\. The peer sends bytes of SECS-I/],
    ['a refusal', { kind: 'selectRefused', status: 2 }, undefined, /with status 2 \(not ready\)$/],
    ['a Reject', { kind: 'selectRefused', rejectReason: 1 }, undefined, / 1 \(SType not supported\)$/],
    ['the end', { kind: 'remoteClosed', partialBytes: 0 }, undefined, /^closed by the peer$/],
  ])('says what to look at: %s', (_name, reason, hint, text) => {
    expect(closeText(reason, hint)).toMatch(text);
  });
});
