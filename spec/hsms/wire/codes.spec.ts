import {
  DeselectStatus,
  RejectReason,
  SelectStatus,
  SType,
  sTypeName,
} from '../../../src/hsms/wire/codes.js';

describe('code tables', () => {
  it('number the session types as E37 does (P-4)', () => {
    expect(SType).toEqual({
      data: 0,
      selectReq: 1,
      selectRsp: 2,
      deselectReq: 3,
      deselectRsp: 4,
      linktestReq: 5,
      linktestRsp: 6,
      rejectReq: 7,
      separateReq: 9,
    });
  });

  it('number statuses and reasons (P-22, P-25, P-28, P-31)', () => {
    expect(SelectStatus).toMatchObject({ established: 0, alreadyActive: 1, notReady: 2, exhausted: 3 });
    expect(SelectStatus).toMatchObject({ noSuchEntity: 4, entityInUse: 5, entitySelected: 6 });
    expect(DeselectStatus).toEqual({ ended: 0, notEstablished: 1, busy: 2 });
    expect(RejectReason).toEqual({
      sTypeNotSupported: 1,
      pTypeNotSupported: 2,
      transactionNotOpen: 3,
      entityNotSelected: 4,
    });
  });

  it.each([
    [0, 'Data'],
    [1, 'Select.req'],
    [2, 'Select.rsp'],
    [3, 'Deselect.req'],
    [4, 'Deselect.rsp'],
    [5, 'Linktest.req'],
    [6, 'Linktest.rsp'],
    [7, 'Reject.req'],
    [9, 'Separate.req'],
    [8, 'SType 8'],
    [255, 'SType 255'],
  ])('names SType %i', (sType, name) => {
    expect(sTypeName(sType)).toBe(name);
  });
});
