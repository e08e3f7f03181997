import {
  deselectStatusText,
  describeControl,
  rejectReasonText,
  selectStatusText,
} from '../../../src/hsms/wire/control-text';
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
  ])('says what a status means: %s', (packet, text) => {
    expect(describeControl(packet.header)).toBe(text);
  });
});

describe('statuses and reasons', () => {
  it.each([
    [selectStatusText(3), '3 (another connection is served)'],
    [deselectStatusText(1), '1 (not selected)'],
    [rejectReasonText(3), '3 (transaction not open)'],
    [rejectReasonText(200), '200'],
  ])('have the number and, where E37 has one, the meaning: %s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
