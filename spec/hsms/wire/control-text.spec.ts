import {
  deselectStatusText,
  describeControl,
  rejectReasonText,
  selectStatusText,
} from '../../../src/hsms/wire/control-text';
import { SType } from '../../../src/hsms/wire/codes';
import { HsmsHeader } from '../../../src/hsms/wire/header';
import { HsmsPacket } from '../../../src/hsms/wire/packet';

const header = HsmsHeader.of({ sessionId: 1, systemBytes: 9 });

describe('describeControl', () => {
  it.each([
    [HsmsPacket.selectRsp(header, 0), 'Select.rsp status 0'],
    [HsmsPacket.selectRsp(header, 2), 'Select.rsp status 2 (not ready)'],
    [HsmsPacket.selectRsp(header, 99), 'Select.rsp status 99'],
    [HsmsPacket.deselectRsp(header, 2), 'Deselect.rsp status 2 (busy)'],
    [HsmsPacket.separateReq(7), 'Separate.req'],
    [
      HsmsPacket.rejectReq(HsmsPacket.linktestReq(7).header, 1),
      'Reject.req reason 1 (SType not supported) of Linktest.req',
    ],
    [
      HsmsPacket.rejectReq(HsmsHeader.of({ sessionId: 1, systemBytes: 9, pType: 5 }), 2),
      'Reject.req reason 2 (PType not supported) of PType 5',
    ],
    [
      new HsmsPacket(HsmsHeader.of({ sessionId: 1, systemBytes: 9, pType: 5, sType: SType.linktestReq })),
      'Linktest.req of PType 5',
    ],
  ])('says what a status means: %s', (packet, text) => {
    expect(describeControl(packet.header)).toBe(text);
  });
});

describe('statuses and reasons (E37)', () => {
  it.each([
    [selectStatusText, ['0', '1 (already selected)', '2 (not ready)', '3 (another connection is served)']],
    [deselectStatusText, ['0', '1 (not selected)', '2 (busy)', '3']],
    [
      rejectReasonText,
      ['0', '1 (SType not supported)', '2 (PType not supported)', '3 (transaction not open)'],
    ],
  ])('have the number and, where there is one, the meaning: %p', (textOf, texts) => {
    expect(texts.map((_text, code) => textOf(code))).toEqual(texts);
  });

  it('have the meanings of E37.2 as well', () => {
    expect([4, 5, 6, 200].map(selectStatusText)).toEqual([
      '4 (no such session)',
      '5 (the session is in use by another connection)',
      '6 (the session is selected already)',
      '200',
    ]);
    expect([4, 5].map(rejectReasonText)).toEqual(['4 (not selected)', '5']);
  });
});

it('refuses what is no header', () => {
  expect(() => describeControl({} as HsmsHeader)).toThrow(/^header must be an HsmsHeader, received /);
});
