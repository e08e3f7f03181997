import { HsmsArgumentError, HsmsError, HsmsFrameError } from '../src/errors.js';

describe('HsmsError', () => {
  it('carries its class name, code, message and cause', () => {
    const cause = new Error('EADDRINUSE');
    const error = new HsmsError('HSMS_ADDRESS_IN_USE', 'port 5000 is in use', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'HsmsError', code: 'HSMS_ADDRESS_IN_USE', cause });
    expect(String(error)).toBe('HsmsError: port 5000 is in use');
  });

  it('names its subclasses', () => {
    expect(new HsmsArgumentError('t5 is 0')).toMatchObject({
      name: 'HsmsArgumentError',
      code: 'HSMS_INVALID_ARGUMENT',
    });
  });
});

describe('HsmsFrameError', () => {
  it.each([
    ['HSMS_FRAME_TOO_SHORT', 9, 10, 'HSMS message length 9 is below 10'],
    ['HSMS_FRAME_TOO_LONG', 4294967295, 16777226, 'length 4294967295 is above maxPacketBytes 16777226'],
  ] as const)('%s names the length and the bound', (code, length, limit, text) => {
    const error = new HsmsFrameError(code, length, limit);
    expect(error).toMatchObject({ code, length, limit, name: 'HsmsFrameError' });
    expect(error.message).toContain(text);
  });
});
