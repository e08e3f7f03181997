import { orControlError } from '../../src/hsms/session/control-error.js';
import type { ControlResult } from '../../src/hsms/procedures/procedures-state.js';
import {
  SecsSessionEndedError,
  SecsStream9Error,
  SecsT3TimeoutError,
  SecsTransactionAbortedError,
} from '../../src/session/errors.js';
import { HsmsTransactionRejectedError } from '../../src/hsms/session/rejected-error.js';
import { HsmsHeader } from '../../src/hsms/wire/header.js';

describe('errors of requests (P-41)', () => {
  const header = HsmsHeader.of({ sessionId: 5, stream: 1, function: 1, wBit: true, systemBytes: 9 });
  const stream9 = (fn: number): SecsStream9Error => new SecsStream9Error('hsms', header, fn);

  it.each([
    [new SecsT3TimeoutError('hsms', header, 45), 'HSMS_T3_TIMEOUT', 'S1F1 was not answered within T3, 45 s'],
    [
      new SecsTransactionAbortedError('hsms', header),
      'HSMS_TRANSACTION_ABORTED',
      'S1F1 was aborted by the peer (function 0)',
    ],
    [
      new HsmsTransactionRejectedError(header, 4),
      'HSMS_TRANSACTION_REJECTED',
      'S1F1 was rejected by the peer with reason 4 (not selected)',
    ],
    [
      new SecsSessionEndedError('hsms', { kind: 'deselect' }),
      'HSMS_SESSION_ENDED',
      'no reply will come: the session was ended by Deselect',
    ],
    [stream9(3), 'HSMS_STREAM_9', 'S1F1 was answered by S9F3: unrecognised stream'],
    [stream9(5), 'HSMS_STREAM_9', 'S1F1 was answered by S9F5: unrecognised function'],
    [stream9(7), 'HSMS_STREAM_9', 'S1F1 was answered by S9F7: illegal data'],
    [stream9(9), 'HSMS_STREAM_9', 'S1F1 was answered by S9F9: transaction timer timeout'],
    [stream9(11), 'HSMS_STREAM_9', 'S1F1 was answered by S9F11: data too long'],
    [stream9(13), 'HSMS_STREAM_9', 'S1F1 was answered by S9F13: error'],
  ])('%s', (error, code, message) => {
    expect({ code: error.code, message: error.message, hint: error.hint }).toEqual({
      ...{ code, message, hint: undefined },
    });
  });

  it('add what to look at, where that can be told', () => {
    const error = stream9(1);
    expect(error.hint).toEqual({ kind: 'unknownDevice', sessionId: 5 });
    expect(error.message).toBe(
      'S1F1 was answered by S9F1: unrecognised device ID. ' +
        'The peer does not know session ID 5: compare the device ID on both sides',
    );
  });
});

describe('errors of control transactions (P-22, P-25, P-27)', () => {
  it.each<[ControlResult, string, string]>([
    [
      { kind: 'refused', status: 2 },
      'HSMS_CONTROL_REFUSED',
      'Select was refused by the peer with status 2 (not ready)',
    ],
    [
      { kind: 'rejected', rejectReason: 3 },
      'HSMS_TRANSACTION_REJECTED',
      'Select was rejected by the peer with reason 3 (transaction not open)',
    ],
    [{ kind: 't6' }, 'HSMS_T6_TIMEOUT', 'Select was not answered within T6'],
    [
      { kind: 'notNow', why: 'notConnected' },
      'HSMS_NOT_CONNECTED',
      'Select is not possible: there is no TCP connection',
    ],
    [
      { kind: 'notNow', why: 'notSelected' },
      'HSMS_NOT_SELECTED',
      'Select is not possible: no session is selected',
    ],
    [
      { kind: 'notNow', why: 'passive' },
      'HSMS_NOT_SELECTED',
      'Select is for the active side: a passive one waits for it (E37.1)',
    ],
  ])('%j', async (result, code, message) => {
    await expect(orControlError('Select', Promise.resolve(result))).rejects.toMatchObject({ code, message });
  });

  it('are none when it ended well', async () => {
    await expect(orControlError('Select', Promise.resolve({ kind: 'done' }))).resolves.toBeUndefined();
  });
});
