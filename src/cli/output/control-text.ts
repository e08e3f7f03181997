import {
  DeselectStatus,
  describeCloseReason,
  describeHint,
  RejectReason,
  SelectStatus,
  SType,
  sTypeName,
  type CloseReason,
  type HsmsHeader,
  type HsmsHint,
} from '../../index.js';

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

/** A number with what E37 means by it. */
function named(code: number, names: ReadonlyMap<number, string>): string {
  const name = names.get(code);
  return name === undefined ? String(code) : `${code} (${name})`;
}

/** A reason of Reject.req: `4 (not selected)`. */
export function rejectReasonText(reason: number): string {
  return named(reason, rejectReasons);
}

/** The name of a control message and what it says: `Select.rsp status 2 (not ready)`. */
export function controlText({ sType, pType, byte2, byte3 }: HsmsHeader): string {
  const name = pType === 0 ? sTypeName(sType) : `${sTypeName(sType)} of PType ${pType}`;
  switch (sType) {
    case SType.selectRsp:
      return `${name} status ${named(byte3, selectStatuses)}`;
    case SType.deselectRsp:
      return `${name} status ${named(byte3, deselectStatuses)}`;
    case SType.rejectReq: {
      const of = byte3 === RejectReason.pTypeNotSupported ? `PType ${byte2}` : sTypeName(byte2);
      return `${name} reason ${rejectReasonText(byte3)} of ${of}`;
    }
    default:
      return name;
  }
}

/** Why a connection was closed, and what to look at. */
export function closeText(reason: CloseReason, hint: HsmsHint | undefined): string {
  const advice = foreignPeer(reason) ?? (hint === undefined ? undefined : describeHint(hint));
  return `${describeCloseReason(reason)}${refusal(reason)}${advice === undefined ? '' : `. ${advice}`}`;
}

function refusal(reason: CloseReason): string {
  if (reason.kind !== 'selectRefused') return '';
  const { status = 0, rejectReason = 0 } = reason;
  const name = selectStatuses.get(status) ?? rejectReasons.get(rejectReason);
  return name === undefined ? '' : ` (${name})`;
}

/** What the bytes in the place of a length show to be no HSMS at all. */
function foreignPeer(reason: CloseReason): string | undefined {
  if (reason.kind !== 'frameTooLong') return undefined;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(reason.length);
  // An alert record of TLS.
  if (bytes[0] === 0x15 && bytes[1] === 3) return 'The peer answers with TLS: is a TLS tunnel missing here?';
  const text = bytes.toString('latin1');
  if (!/^[\x20-\x7e\r\n]{4}$/.test(text)) return undefined;
  return `The peer sends text, ${JSON.stringify(text)} …: something other than HSMS has this port`;
}
