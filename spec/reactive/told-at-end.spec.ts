import { HsmsPassiveConnection, HsmsSession } from '../../src';
import { GemHost } from '../../src/gem';
import { memoryLine, Secs1Connection, Secs1Session } from '../../src/secs1';
import { toldAtEnd } from '../../src/reactive/told-at-end';
import { createTestNetwork } from '../../src/testing';

/** What is said when the program comes to its end now. */
function saidAtEnd(): string[] {
  const said: string[] = [];
  const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
  const listeners = process.listeners('beforeExit').filter(({ name }) => name === 'tell');
  for (const listener of listeners) listener(0);
  error.mockRestore();
  return said;
}

const session = (): HsmsSession =>
  new HsmsSession(new HsmsPassiveConnection('any', 5000, 0, undefined, createTestNetwork().options));

describe('a program that ends while it waits', () => {
  it('is told that a connection was not enabled, by whatever it waits', async () => {
    const one = session();
    const [line] = memoryLine();
    const serial = new Secs1Session(new Secs1Connection(line, 3));
    const waits = [one.selected(), session().usable(), serial.usable()];
    expect(saidAtEnd()).toEqual([
      'rxsecs: the program ends while it waits for selected(): its connection is disabled, so this cannot come about. ' +
        'Call connection.enable() first',
      'rxsecs: the program ends while it waits for usable(): its connection is disabled, so this cannot come about. ' +
        'Call connection.enable() first',
    ]);
    await one.connection.dispose();
    await expect(waits[0]).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });

  it('is told of a host that was not started', async () => {
    const host = new GemHost(session());
    const settled = host.settled();
    expect(saidAtEnd()).toEqual([
      'rxsecs: the program ends while it waits for the set-up of a host that was not started. Call start() first',
    ]);
    host.stop();
    await expect(settled).rejects.toMatchObject({ code: 'GEM_DISPOSED' });
  });

  it('is told nothing where it may come yet, nor of a wait that is over', async () => {
    const one = session();
    const waits = one.selected().catch(() => {});
    await one.connection.enable();
    expect(saidAtEnd()).toEqual([]);
    await one.connection.dispose();
    await waits;
    toldAtEnd(() => 'nothing')();
    expect(process.listeners('beforeExit').filter(({ name }) => name === 'tell')).toEqual([]);
  });
});
