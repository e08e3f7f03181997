import { reportOnConsole, reportRejection, reportSafely } from '../../src/reactive/report.js';
import { turns } from '../support/fake-clock.js';

describe('reporting', () => {
  let console: jest.SpyInstance;
  beforeEach(() => (console = jest.spyOn(globalThis.console, 'error').mockImplementation(() => {})));
  afterEach(() => console.mockRestore());

  it('prints the error itself, stack and all', () => {
    const error = new Error('boom');
    reportOnConsole(error, 'a subscriber');
    expect(console).toHaveBeenCalledWith('rxsecs: a subscriber failed:', error);
  });

  it('prints both errors when the reporter throws', () => {
    const reporterError = new Error('no disk');
    reportSafely(
      () => {
        throw reporterError;
      },
      'original',
      'a subscriber',
    );
    expect(console.mock.calls).toEqual([
      ['rxsecs: a subscriber failed:', 'original'],
      ['rxsecs: the error reporter failed:', reporterError],
    ]);
  });

  it('reports a rejection, and only a rejection', async () => {
    const report = jest.fn();
    for (const value of [undefined, null, 1, {}, Promise.resolve()]) reportRejection(value, report, 'x');
    await turns();
    expect(report).not.toHaveBeenCalled();
    reportRejection(Promise.reject(new Error('late')), report, 'x');
    await turns();
    expect(report).toHaveBeenCalledWith(new Error('late'), 'x');
  });
});
