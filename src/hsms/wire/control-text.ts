import { checkHeader } from './check.js';
import { DeselectStatus, RejectReason, SelectStatus, SType, sTypeName } from './codes.js';
import type { HsmsHeader } from './header.js';

const selectStatuses: ReadonlyMap<number, string> = new Map([
  [SelectStatus.alreadyActive, 'already selected'],
  [SelectStatus.notReady, 'not ready'],
  [SelectStatus.exhausted, 'another connection is served'],
  [SelectStatus.noSuchEntity, 'no such session'],
  [SelectStatus.entityInUse, 'the session is in use by another connection'],
  [SelectStatus.entitySelected, 'the session is selected already'],
]);
const deselectStatuses: ReadonlyMap<number, string> = new Map([
  [DeselectStatus.notEstablished, 'not selected'],
  [DeselectStatus.busy, 'busy'],
]);
const rejectReasons: ReadonlyMap<number, string> = new Map([
  [RejectReason.sTypeNotSupported, 'SType not supported'],
  [RejectReason.pTypeNotSupported, 'PType not supported'],
  [RejectReason.transactionNotOpen, 'transaction not open'],
  [RejectReason.entityNotSelected, 'not selected'],
]);

function named(code: number, names: ReadonlyMap<number, string>): string {
  const name = names.get(code);
  return name === undefined ? String(code) : `${code} (${name})`;
}

/** A status of Select.rsp and what it means: `2 (not ready)`. */
export function selectStatusText(status: number): string {
  return named(status, selectStatuses);
}

/** A status of Deselect.rsp and what it means: `2 (busy)`. */
export function deselectStatusText(status: number): string {
  return named(status, deselectStatuses);
}

/** A reason of Reject.req and what it means: `4 (not selected)`. */
export function rejectReasonText(reason: number): string {
  return named(reason, rejectReasons);
}

/**
 * A control message as E37 names it, with the status or reason that it carries: `Select.rsp status 2 (not ready)`. @throws HsmsArgumentError
 *
 * @example
 * ```ts
 * // given a connection
 * import { describeControl } from 'rxsecs';
 *
 * connection.message.subscribe(({ header }) => {
 *   if (!header.isData) console.log(describeControl(header)); // Select.rsp status 0 …
 * });
 * ```
 */
export function describeControl(header: HsmsHeader): string {
  checkHeader('header', header);
  const { sType, pType, byte2, byte3 } = header;
  const name = pType === 0 ? sTypeName(sType) : `${sTypeName(sType)} of PType ${pType}`;
  switch (sType) {
    case SType.selectRsp:
      return `${name} status ${selectStatusText(byte3)}`;
    case SType.deselectRsp:
      return `${name} status ${deselectStatusText(byte3)}`;
    case SType.rejectReq: {
      const of = byte3 === RejectReason.pTypeNotSupported ? `PType ${byte2}` : sTypeName(byte2);
      return `${name} reason ${rejectReasonText(byte3)} of ${of}`;
    }
    default:
      return name;
  }
}
