import { errnoText } from '../../src/cli/errno-text';
import { describeError } from '../../src/cli/exit-codes';

describe('errors of the system', () => {
  it.each([
    ['ENOENT', 'there is no such file (ENOENT)'],
    ['EACCES', 'that is not permitted (EACCES)'],
    ['ENOSPC', 'the disk is full (ENOSPC)'],
    ['ECONNREFUSED', 'nothing listens there (ECONNREFUSED)'],
  ])('%s is said in words', (code, text) => {
    expect(errnoText(Object.assign(new Error(`${code}: raw`), { code }))).toBe(text);
  });

  it('keeps the message of one that it does not know, and of anything else', () => {
    expect(errnoText(Object.assign(new Error('EWEIRD: raw'), { code: 'EWEIRD' }))).toBe('EWEIRD: raw');
    expect(errnoText('odd')).toBe('odd');
    expect(errnoText({})).toBe('something went wrong');
  });

  it('names the file', () => {
    const error = Object.assign(new Error('raw'), { code: 'ENOENT', syscall: 'open', path: 'a.sml' });
    expect(describeError(error)).toBe('a.sml: there is no such file (ENOENT)');
  });
});
