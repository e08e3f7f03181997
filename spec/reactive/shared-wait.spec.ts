import { SharedWait } from '../../src/reactive/shared-wait.js';
import { turns } from '../support/fake-clock.js';

const make = (why: () => string | undefined = () => undefined): SharedWait => new SharedWait(why);

describe('SharedWait', () => {
  it('ends for all who wait, and begins anew for those who wait after that', async () => {
    const wait = make();
    const first = [wait.wait(), wait.wait()];
    wait.end();
    await Promise.all(first);
    const second = wait.wait();
    wait.fail(() => new Error('gone'));
    await expect(second).rejects.toThrow('gone');
  });

  it('gives each a promise of its own: one that is not handled is heard of, whoever handles theirs', () => {
    const wait = make();
    const { signal } = new AbortController();
    const waits = [wait.wait(), wait.wait(), wait.wait(signal), wait.wait(signal)];
    expect(new Set(waits).size).toBe(4);
    wait.end();
  });

  it('makes no error where nobody waits', () => {
    const error = jest.fn(() => new Error('gone'));
    const wait = make();
    wait.end();
    wait.fail(error);
    expect(error).not.toHaveBeenCalled();
  });

  it('lets one go by its signal, and the others wait on', async () => {
    const wait = make();
    const abort = new AbortController();
    const gone = wait.wait(abort.signal);
    const stays = wait.wait();
    abort.abort(new Error('not any more'));
    await expect(gone).rejects.toThrow('not any more');
    let has = false;
    void stays.then(() => (has = true));
    await turns();
    expect(has).toBe(false);
    wait.end();
    await stays;
  });

  it.each<[string, (wait: SharedWait) => void]>([
    ['with the end', (wait) => wait.end()],
    ['with an error', (wait) => wait.fail(() => new Error('gone'))],
  ])('lets go of the signal %s', async (_how, how) => {
    const wait = make();
    const abort = new AbortController();
    const unlistened = jest.spyOn(abort.signal, 'removeEventListener');
    const waited = wait.wait(abort.signal).catch((error: Error) => error.message);
    how(wait);
    expect(await waited).toBe(how.toString().includes('fail') ? 'gone' : undefined);
    expect(unlistened).toHaveBeenCalledTimes(1);
    abort.abort();
  });

  it('says at the end of the program why it was in vain, as long as somebody waits', async () => {
    const told = jest.spyOn(console, 'error').mockImplementation(() => {});
    const end = (): boolean => process.emit('beforeExit', 0);
    const wait = make(() => 'selected(): nobody enabled it');
    const abort = new AbortController();
    const one = wait.wait(abort.signal);
    const other = wait.wait(abort.signal);
    abort.abort(new Error('enough'));
    await Promise.allSettled([one, other]);
    end();
    expect(told).not.toHaveBeenCalled();
    void wait.wait();
    end();
    expect(told.mock.calls).toEqual([
      ['rxsecs: the program ends while it waits for selected(): nobody enabled it'],
    ]);
    wait.end();
    told.mockRestore();
  });
});
