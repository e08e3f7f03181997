import { HsmsError } from '../../errors.js';
import { handled } from '../../reactive/rejected.js';
import type { ControlResult } from '../procedures/procedures-state.js';
import { deselectStatusText, rejectReasonText, selectStatusText } from '../wire/control-text.js';

/**
 * Throws the error that a control transaction ended with; returns when it ended well.
 * @param procedure name of the procedure, as in `Select`
 */
function controlError(procedure: string, result: ControlResult): void {
  switch (result.kind) {
    case 'done':
      return;
    case 'refused':
      throw new HsmsError(
        'HSMS_CONTROL_REFUSED',
        `${procedure} was refused by the peer with status ${statusText(procedure, result.status)}`,
      );
    case 'rejected':
      throw new HsmsError(
        'HSMS_TRANSACTION_REJECTED',
        `${procedure} was rejected by the peer with reason ${rejectReasonText(result.rejectReason)}`,
      );
    case 't6':
      throw new HsmsError('HSMS_T6_TIMEOUT', `${procedure} was not answered within T6`);
    case 'notNow':
      if (result.why === 'notConnected') {
        throw new HsmsError('HSMS_NOT_CONNECTED', `${procedure} is not possible: there is no TCP connection`);
      }
      throw new HsmsError(
        'HSMS_NOT_SELECTED',
        result.why === 'passive'
          ? `${procedure} is for the active side: a passive one waits for it (E37.1)`
          : `${procedure} is not possible: no session is selected`,
      );
  }
}

function statusText(procedure: string, status: number): string {
  return procedure === 'Deselect' ? deselectStatusText(status) : selectStatusText(status);
}

/** A promise that resolves when a control transaction has ended well; what it rejects with need not be handled. */
export function orControlError(procedure: string, result: Promise<ControlResult>): Promise<void> {
  return handled(result.then((end) => controlError(procedure, end)));
}
