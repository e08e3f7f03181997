import type { CloseReason } from '../../../src/hsms/link/close-reason.js';
import { HsmsConnectionClosedError } from '../../../src/hsms/link/connection-closed-error.js';
import { describeHint, hintForClose, hintForDial, type HsmsHint } from '../../../src/hsms/link/hints.js';

const SELECT_T6: CloseReason = { kind: 't6', procedure: 'select', seconds: 5 };
const T7: CloseReason = { kind: 't7', seconds: 10 };
const LINKTEST: CloseReason = { kind: 'linktest', failures: 1, seconds: 5 };

describe('hints', () => {
  it.each<[CloseReason, number | undefined, HsmsHint['kind'] | undefined]>([
    [{ kind: 't8', seconds: 5, partialBytes: 1 }, 0x05, 'secs1Peer'],
    [{ kind: 'frameTooLong', length: 0x04000000, maxPacketBytes: 20 }, 0x04, 'secs1Peer'],
    [{ kind: 'remoteClosed', partialBytes: 1 }, 0x06, 'secs1Peer'],
    [T7, 0x15, 'secs1Peer'],
    [{ kind: 'local' }, 0x05, undefined],
    [T7, undefined, 'bothPassive'],
    [T7, 0, undefined],
    [SELECT_T6, undefined, 'noSelectAnswer'],
    [{ ...SELECT_T6, procedure: 'deselect' }, undefined, undefined],
    [LINKTEST, 0, 'silentNetwork'],
    [{ kind: 'remoteClosed', partialBytes: 0 }, undefined, undefined],
  ])('a close for %j with the first byte %p hints at %p', (reason, firstByte, kind) => {
    expect(hintForClose(reason, firstByte)?.kind).toBe(kind);
  });

  it.each<[string, HsmsHint | undefined]>([
    ['SSH-', { kind: 'textPeer', text: 'SSH-' }],
    ['HTTP', { kind: 'textPeer', text: 'HTTP' }],
    ['\x15\x03\x03\x00', { kind: 'tlsPeer' }],
    ['\x15\x04\x03\x00', { kind: 'secs1Peer' }],
    ['\x05\x05\x05\x05', { kind: 'secs1Peer' }],
    ['\x01\x00\x00\x00', undefined],
  ])('%j in the place of a length hints at %j', (text, hint) => {
    const bytes = Buffer.from(text, 'latin1');
    const reason: CloseReason = {
      kind: 'frameTooLong',
      length: bytes.readUInt32BE(),
      maxPacketBytes: 100,
    };
    expect(hintForClose(reason, bytes[0])).toEqual(hint);
  });

  it.each([
    [Object.assign(new Error(), { code: 'ECONNREFUSED' }), { kind: 'bothActive' }],
    [Object.assign(new Error(), { code: 'EHOSTUNREACH' }), undefined],
    ['ECONNREFUSED', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('an attempt that failed by %p hints at %j', (cause, hint) => {
    expect(hintForDial(new Error('no connection', { cause }))).toEqual(hint);
  });

  it.each<[HsmsHint, string]>([
    [{ kind: 'secs1Peer' }, 'SECS-I instead of HSMS'],
    [{ kind: 'tlsPeer' }, 'speaks TLS'],
    [{ kind: 'telnetPeer' }, 'speaks telnet'],
    [{ kind: 'otherHost' }, 'is another host connected?'],
    [{ kind: 'otherSessionId', sessionId: 5, received: 9 }, 'came with session ID 9, ours is 5'],
    [{ kind: 'textPeer', text: 'SSH-' }, 'sends text, "SSH-" …'],
    [{ kind: 'bothPassive' }, 'both sides set up as passive'],
    [{ kind: 'bothActive' }, 'set up as active as well'],
    [{ kind: 'unknownDevice', sessionId: 42 }, 'does not know session ID 42'],
    [{ kind: 'noSelectAnswer' }, 'does not answer Select.req'],
    [{ kind: 'silentNetwork' }, 'without being closed'],
  ])('%j says what to look at', (hint, text) => {
    expect(describeHint(hint)).toContain(text);
    const why = 'T7: no session was selected within 10 s';
    const first = ['secs1Peer', 'tlsPeer', 'telnetPeer', 'textPeer'].includes(hint.kind);
    const said = first ? `${describeHint(hint)} (${why})` : `${why}. ${describeHint(hint)}`;
    expect(new HsmsConnectionClosedError(T7, hint).message).toBe(`the packet was not sent: ${said}`);
  });
});
