import {
  describeCloseReason,
  reasonOfSocketError,
  type CloseReason,
} from '../../../src/hsms/link/close-reason.js';
import { HsmsConnectionClosedError } from '../../../src/hsms/link/connection-closed-error.js';

const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('describeCloseReason', () => {
  const cases: [CloseReason, string][] = [
    [{ kind: 'local' }, 'closed by this side'],
    [{ kind: 'remoteClosed', partialBytes: 0 }, 'closed by the peer'],
    [
      { kind: 'remoteClosed', partialBytes: 7 },
      'closed by the peer in the middle of a frame, after 7 of its bytes',
    ],
    [{ kind: 'reset', error }, 'reset: read ECONNRESET'],
    [{ kind: 'networkError', error: new Error('read ETIMEDOUT') }, 'network error: read ETIMEDOUT'],
    [
      { kind: 't8', seconds: 5, partialBytes: 3 },
      'T8: the peer paused for more than 5 s after 3 bytes of a frame',
    ],
    [{ kind: 'frameTimeout', seconds: 9, partialBytes: 3 }, 'frameTimeout 9 s'],
    [{ kind: 'frameTooShort', length: 3 }, 'message length 3 is below a header'],
    [
      { kind: 'frameTooLong', length: 30, maxPacketBytes: 20 },
      'message length 30 is above maxPacketBytes 20',
    ],
    [{ kind: 'sendTimeout', seconds: 120, queuedBytes: 4 }, 'took no byte for 120 s; 4 bytes were waiting'],
    [{ kind: 'takenOver' }, 'replaced by a new one'],
    [{ kind: 'separate' }, 'the peer ended the session (Separate.req)'],
    [{ kind: 't6', procedure: 'select', seconds: 5 }, 'did not answer Select.req within 5 s'],
    [{ kind: 't6', procedure: 'deselect', seconds: 5 }, 'did not answer Deselect.req within 5 s'],
    [{ kind: 't7', seconds: 10 }, 'no session was selected within 10 s'],
    [{ kind: 'linktest', failures: 2, seconds: 5 }, '2 Linktest.req in a row went unanswered for 5 s each'],
    [
      { kind: 'selectRefused', status: 3 },
      'the peer refused Select.req with status 3 (another connection is served)',
    ],
    [
      { kind: 'selectRefused', rejectReason: 1 },
      'the peer rejected Select.req with reason 1 (SType not supported)',
    ],
    [{ kind: 'selectRefused' }, 'the peer rejected Select.req with reason unknown'],
  ];
  it.each(cases)('says what %j means', (reason, text) => {
    expect(describeCloseReason(reason)).toContain(text);
    expect(new HsmsConnectionClosedError(reason)).toMatchObject({ code: 'HSMS_CONNECTION_CLOSED', reason });
  });

  it('hands on the cause', () => {
    expect(new HsmsConnectionClosedError({ kind: 'reset', error }).cause).toBe(error);
    expect(new HsmsConnectionClosedError({ kind: 'local' }).cause).toBeUndefined();
  });
});

describe('reasonOfSocketError', () => {
  it.each([
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ECONNABORTED', 'reset'],
    ['EHOSTUNREACH', 'networkError'],
    ['ETIMEDOUT', 'networkError'],
    [undefined, 'networkError'],
  ])('%s is %s (P-14)', (code, kind) => {
    const failure = code === undefined ? new Error('x') : Object.assign(new Error('x'), { code });
    expect(reasonOfSocketError(failure)).toEqual({ kind, error: failure });
  });
});
