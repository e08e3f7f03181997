import { CliError, describeError, ExitCode, exitCodeOf, UsageError } from '../../src/cli/exit-codes';
import { HsmsArgumentError, HsmsError, SecsError, type HsmsErrorCode } from '../../src/errors';
import { Secs1Error, type Secs1ErrorCode } from '../../src/secs1';
import { parseItem } from '../../src/secs2';
import type { SecsSessionErrorCode } from '../../src/session/errors';

class Failed extends SecsError {}

const caught = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('exitCodeOf', () => {
  it.each<[HsmsErrorCode | SecsSessionErrorCode | 'HSMS_CONNECTION_CLOSED', ExitCode]>([
    ['HSMS_INVALID_ARGUMENT', ExitCode.usage],
    ['HSMS_ADDRESS_IN_USE', ExitCode.notConnected],
    ['HSMS_CONNECT_FAILED', ExitCode.notConnected],
    ['HSMS_CONNECT_TIMEOUT', ExitCode.notConnected],
    ['HSMS_NAME_NOT_RESOLVED', ExitCode.notConnected],
    ['HSMS_NOT_SELECTED', ExitCode.notSelected],
    ['HSMS_CONTROL_REFUSED', ExitCode.notSelected],
    ['HSMS_T6_TIMEOUT', ExitCode.notSelected],
    ['HSMS_T3_TIMEOUT', ExitCode.noReply],
    ['HSMS_TRANSACTION_ABORTED', ExitCode.refused],
    ['HSMS_TRANSACTION_REJECTED', ExitCode.refused],
    ['HSMS_STREAM_9', ExitCode.refused],
    ['HSMS_CONNECTION_CLOSED', ExitCode.closed],
    ['HSMS_SESSION_ENDED', ExitCode.closed],
    ['HSMS_QUEUE_FULL', ExitCode.unexpected],
  ])('%s ends the process with %d', (code, expected) => {
    expect(exitCodeOf(new Failed(code, 'x'))).toBe(expected);
  });

  it.each<[Secs1ErrorCode, ExitCode]>([
    ['SECS1_NOT_CONNECTED', ExitCode.notConnected],
    ['SECS1_NOT_USABLE', ExitCode.notConnected],
    ['SECS1_PORT_FAILED', ExitCode.notConnected],
    ['SECS1_SERIALPORT_MISSING', ExitCode.notConnected],
    ['SECS1_RETRY_LIMIT', ExitCode.notConnected],
    ['SECS1_T4_TIMEOUT', ExitCode.noReply],
    ['SECS1_GRANT_REFUSED', ExitCode.refused],
    ['SECS1_CONNECTION_CLOSED', ExitCode.closed],
    ['SECS1_MESSAGE_TOO_LONG', ExitCode.usage],
    ['SECS1_QUEUE_FULL', ExitCode.unexpected],
  ])('B-83: %s ends the process with %d', (code, expected) => {
    expect(exitCodeOf(new Secs1Error(code, 'x'))).toBe(expected);
  });

  it('takes bad SML, bad options and files that cannot be read for bad usage', () => {
    expect(exitCodeOf(caught(() => parseItem('<U1 300>')))).toBe(ExitCode.usage);
    expect(exitCodeOf(new UsageError('x'))).toBe(ExitCode.usage);
    expect(exitCodeOf(new HsmsArgumentError('x'))).toBe(ExitCode.usage);
    expect(exitCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(ExitCode.usage);
  });

  it('takes anything else for unexpected', () => {
    expect(exitCodeOf(new TypeError('x'))).toBe(ExitCode.unexpected);
    expect(exitCodeOf('x')).toBe(ExitCode.unexpected);
    expect(exitCodeOf(undefined)).toBe(ExitCode.unexpected);
  });

  it('takes the code that an error of the command line carries', () => {
    expect(exitCodeOf(new CliError('x', ExitCode.different))).toBe(8);
  });
});

describe('describeError', () => {
  it('prints the message alone where the error is to be expected', () => {
    expect(describeError(new HsmsError('HSMS_T6_TIMEOUT', 'no reply'))).toBe('no reply');
  });

  it.each([
    ['<B A4>', 'write 0xA4, or read with --binary hex (line'],
    ['<A "é">', 'read with --code-page NAME, or write'],
    [`${'<L '.repeat(300)}`, /deeper than maxDepth \d+ \(line/],
  ])('names the option of the command line for a setting of the library: %s', (sml, words) => {
    const text = describeError(caught(() => parseItem(sml)));
    if (typeof words === 'string') expect(text).toContain(words);
    else expect(text).toMatch(words);
  });

  it('prints where an unexpected error came from', () => {
    expect(describeError(new TypeError('odd'))).toMatch(/^TypeError: odd\n\s+at /);
  });

  it.each([['text'], [undefined], [null], [7]])('prints %p, which is no error', (thrown) => {
    expect(describeError(thrown)).toBe(String(thrown));
  });
});
