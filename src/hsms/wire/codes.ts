import { check } from '../../check.js';

/**
 * Session types: what a frame is (E37, message format table; byte 5 of the header).
 *
 * @example
 * ```ts
 * // given a connection
 * import { SType } from 'rxsecs';
 *
 * connection.message.subscribe(({ header }) => {
 *   if (header.sType === SType.linktestReq) console.log('the peer asks whether the link lives');
 * });
 * ```
 */
export const SType = {
  data: 0,
  selectReq: 1,
  selectRsp: 2,
  deselectReq: 3,
  deselectRsp: 4,
  linktestReq: 5,
  linktestRsp: 6,
  rejectReq: 7,
  separateReq: 9,
} as const;
/** One of the session types E37 defines. */
export type SType = (typeof SType)[keyof typeof SType];

/**
 * Status of a Select.rsp (E37: 0 to 3; E37.2: 4 to 6). Anything but 0 means that no session was selected.
 *
 * @example
 * ```ts
 * import { HsmsPacket, SelectStatus } from 'rxsecs';
 *
 * const request = HsmsPacket.selectReq(7);
 * console.log(String(HsmsPacket.selectRsp(request.header, SelectStatus.alreadyActive)));
 * ```
 */
export const SelectStatus = {
  established: 0,
  alreadyActive: 1,
  notReady: 2,
  exhausted: 3,
  noSuchEntity: 4,
  entityInUse: 5,
  entitySelected: 6,
} as const;
/** One of the defined Select.rsp statuses. */
export type SelectStatus = (typeof SelectStatus)[keyof typeof SelectStatus];

/**
 * Status of a Deselect.rsp (E37).
 *
 * @example
 * ```ts
 * import { DeselectStatus, HsmsPacket } from 'rxsecs';
 *
 * const request = HsmsPacket.deselectReq(7);
 * console.log(String(HsmsPacket.deselectRsp(request.header, DeselectStatus.notEstablished)));
 * ```
 */
export const DeselectStatus = {
  ended: 0,
  notEstablished: 1,
  busy: 2,
} as const;
/** One of the defined Deselect.rsp statuses. */
export type DeselectStatus = (typeof DeselectStatus)[keyof typeof DeselectStatus];

/**
 * Reason code of a Reject.req (E37).
 *
 * @example
 * ```ts
 * import { HsmsPacket, RejectReason } from 'rxsecs';
 *
 * const { header } = HsmsPacket.linktestReq(9);
 * console.log(String(HsmsPacket.rejectReq(header, RejectReason.entityNotSelected)));
 * ```
 */
export const RejectReason = {
  sTypeNotSupported: 1,
  pTypeNotSupported: 2,
  transactionNotOpen: 3,
  entityNotSelected: 4,
} as const;
/** One of the defined Reject.req reasons. */
export type RejectReason = (typeof RejectReason)[keyof typeof RejectReason];

/**
 * Presentation type of SECS-II, the only one E37 defines.
 *
 * @example
 * ```ts
 * // given a connection
 * import { P_TYPE_SECS2 } from 'rxsecs';
 *
 * connection.message.subscribe(({ header }) => {
 *   if (header.pType !== P_TYPE_SECS2) console.log('no SECS-II:', header.pType);
 * });
 * ```
 */
export const P_TYPE_SECS2 = 0;

/**
 * Session ID of every control message in HSMS-SS (E37.1).
 *
 * @example
 * ```ts
 * import { CONTROL_SESSION_ID, HsmsPacket } from 'rxsecs';
 *
 * console.log(HsmsPacket.selectReq(1).header.sessionId === CONTROL_SESSION_ID); // true: 65535
 * ```
 */
export const CONTROL_SESSION_ID = 0xffff;

const sTypeNames: ReadonlyMap<number, string> = new Map([
  [SType.data, 'Data'],
  [SType.selectReq, 'Select.req'],
  [SType.selectRsp, 'Select.rsp'],
  [SType.deselectReq, 'Deselect.req'],
  [SType.deselectRsp, 'Deselect.rsp'],
  [SType.linktestReq, 'Linktest.req'],
  [SType.linktestRsp, 'Linktest.rsp'],
  [SType.rejectReq, 'Reject.req'],
  [SType.separateReq, 'Separate.req'],
]);

/**
 * The name E37 gives to an SType, or `SType <n>` for one it does not define. @throws HsmsArgumentError for what is no byte.
 *
 * @example
 * ```ts
 * import { sTypeName, SType } from 'rxsecs';
 *
 * console.log(sTypeName(SType.selectReq), sTypeName(200));
 * ```
 */
export function sTypeName(sType: number): string {
  check.integer('sType', sType, 0, 0xff);
  return sTypeNames.get(sType) ?? `SType ${sType}`;
}
