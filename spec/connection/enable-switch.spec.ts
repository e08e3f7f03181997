import { deferred, type Deferred } from '../../src/reactive/deferred.js';
import { EnableSwitch } from '../../src/connection/enable-switch.js';
import { turns } from '../support/fake-clock.js';

class Machine {
  readonly log: string[] = [];
  starting: Deferred<void> | undefined;
  stopping: Deferred<void> | undefined;
  hold = false;
  readonly switch = new EnableSwitch({
    start: () => this.#step('start', (held) => (this.starting = held)),
    stop: () => this.#step('stop', (held) => (this.stopping = held)),
    onStartFailed: (error) => this.log.push(`failed ${(error as Error).message}`),
  });

  #step(name: string, keep: (held: Deferred<void>) => void): Promise<void> {
    this.log.push(name);
    if (!this.hold) return Promise.resolve();
    const held = deferred();
    keep(held);
    return held.promise;
  }
}

describe('EnableSwitch (P-13)', () => {
  it('starts once and stops once, however often it is asked', async () => {
    const machine = new Machine();
    await Promise.all([machine.switch.enable(), machine.switch.enable()]);
    await machine.switch.enable();
    expect(machine.switch.on).toBe(true);
    await Promise.all([machine.switch.disable(), machine.switch.disable()]);
    await machine.switch.disable();
    expect(machine.log).toEqual(['start', 'stop']);
    expect(machine.switch.on).toBe(false);
  });

  it('starts at once, in the same call', () => {
    const machine = new Machine();
    void machine.switch.enable();
    expect(machine.log).toEqual(['start']);
  });

  it('is on at once where starting takes no time, also for who asks from within', async () => {
    const log: string[] = [];
    const stopping = deferred();
    const asked: Promise<void>[] = [];
    const quick: EnableSwitch = new EnableSwitch({
      startsAtOnce: true,
      start: () => {
        log.push('start');
        asked.push(quick.enable());
        return Promise.resolve();
      },
      stop: () => stopping.promise,
      onStartFailed: () => log.push('failed'),
    });
    await Promise.all([quick.enable(), ...asked]);
    expect([log, quick.on]).toEqual([['start'], true]);
    void quick.disable();
    const again = quick.enable();
    await turns();
    expect(log).toEqual(['start']);
    stopping.resolve();
    await again;
    expect(log).toEqual(['start', 'start']);
  });

  it('starts again only when the stop is done', async () => {
    const machine = new Machine();
    await machine.switch.enable();
    machine.hold = true;
    void machine.switch.disable();
    machine.hold = false;
    const enabled = machine.switch.enable();
    await turns();
    expect(machine.log).toEqual(['start', 'stop']);
    expect(machine.switch.stopping).toBe(true);
    machine.stopping?.resolve();
    await enabled;
    expect(machine.log).toEqual(['start', 'stop', 'start']);
  });

  it('lets the last call win', async () => {
    const machine = new Machine();
    await machine.switch.enable();
    machine.hold = true;
    const first = machine.switch.disable();
    machine.hold = false;
    const overtaken = machine.switch.enable();
    const second = machine.switch.disable();
    machine.stopping?.resolve();
    await expect(overtaken).rejects.toMatchObject({ code: 'HSMS_DISABLED' });
    await Promise.all([first, second]);
    expect(machine.log).toEqual(['start', 'stop']);
    await machine.switch.enable();
    expect(machine.log).toEqual(['start', 'stop', 'start']);
  });

  it('starts once when enabled, disabled and enabled during a stop', async () => {
    const machine = new Machine();
    await machine.switch.enable();
    machine.hold = true;
    void machine.switch.disable();
    machine.hold = false;
    const overtaken = machine.switch.enable();
    void machine.switch.disable();
    const last = machine.switch.enable();
    machine.stopping?.resolve();
    await last;
    await expect(overtaken).rejects.toMatchObject({ code: 'HSMS_DISABLED' });
    expect(machine.log).toEqual(['start', 'stop', 'start']);
  });

  it('is off after a start that failed, tells of it, and starts again', async () => {
    const machine = new Machine();
    machine.hold = true;
    const failing = machine.switch.enable();
    machine.starting?.reject(new Error('port in use'));
    await expect(failing).rejects.toThrow('port in use');
    expect([machine.switch.on, machine.log]).toEqual([false, ['start', 'failed port in use']]);
    machine.hold = false;
    await machine.switch.enable();
    expect(machine.log).toEqual(['start', 'failed port in use', 'start']);
  });

  it('tells nothing of a start that failed because of the stop', async () => {
    const machine = new Machine();
    machine.hold = true;
    const enabled = machine.switch.enable();
    const disabled = machine.switch.disable();
    machine.starting?.reject(new Error('stopped'));
    machine.stopping?.resolve();
    await expect(enabled).rejects.toThrow('stopped');
    await disabled;
    expect(machine.log).toEqual(['start', 'stop']);
  });

  it('gives the promise in progress to who asks from within', async () => {
    const log: string[] = [];
    const inner: Promise<void>[] = [];
    const reentrant: EnableSwitch = new EnableSwitch({
      start: () => {
        log.push('start');
        inner.push(reentrant.enable());
        return Promise.resolve();
      },
      stop: () => {
        log.push('stop');
        inner.push(reentrant.disable());
        return turns();
      },
      onStartFailed: () => {},
    });
    await reentrant.enable();
    const disabled = reentrant.disable();
    expect(inner[1]).toBe(disabled);
    await disabled;
    expect(log).toEqual(['start', 'stop']);
  });

  it('is disposed of once and for good', async () => {
    const machine = new Machine();
    await machine.switch.enable();
    const finish = jest.fn((done: () => void) => done());
    await Promise.all([machine.switch.dispose(finish), machine.switch.dispose(finish)]);
    expect(finish).toHaveBeenCalledTimes(1);
    await expect(machine.switch.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
    expect(machine.log).toEqual(['start', 'stop']);
  });
});
