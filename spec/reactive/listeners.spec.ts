import { EventEmitter, once } from 'node:events';
import { Listeners } from '../../src/reactive/listeners.js';

interface Events {
  a: [value: number];
  b: [value: number];
  disposed: [];
}

const make = (): Listeners<Events> => new Listeners<Events>(() => {});

describe('Listeners', () => {
  it('makes no emitter for those who do without', () => {
    const made = jest.spyOn(EventEmitter.prototype, 'setMaxListeners');
    const listeners = make();
    const seen: number[] = [];
    listeners.on('a', (value) => seen.push(value));
    listeners.deliver('a', 1);
    expect([seen, made.mock.calls.length]).toEqual([[1], 0]);
    expect(listeners.emitter).toBe(listeners.emitter);
    expect(made.mock.calls).toHaveLength(1);
    made.mockRestore();
  });

  it('keeps their order when an emitter is made, and goes on with it', () => {
    const listeners = make();
    const seen: string[] = [];
    const first = (value: number): unknown => seen.push(`first ${value}`);
    listeners.on('a', first);
    listeners.on('b', (value) => seen.push(`b ${value}`));
    listeners.emitter.on('a', (value) => seen.push(`second ${value}`));
    listeners.on('a', (value) => seen.push(`third ${value}`));
    listeners.emitter.prependListener('a', (value) => seen.push(`before ${value}`));
    listeners.deliver('a', 1);
    listeners.deliver('b', 1);
    expect(seen).toEqual(['before 1', 'first 1', 'second 1', 'third 1', 'b 1']);
    expect(listeners.emitter.listenerCount('a')).toBe(4);
    listeners.off('a', first);
    seen.length = 0;
    listeners.deliver('a', 2);
    expect(seen).toEqual(['before 2', 'second 2', 'third 2']);
  });

  it.each([false, true])('takes away the last one that was added twice (with an emitter: %s)', (isMade) => {
    const listeners = make();
    if (isMade) expect(listeners.emitter).toBeDefined();
    const seen: string[] = [];
    const twice = (): unknown => seen.push('twice');
    listeners.on('a', twice);
    listeners.on('a', () => seen.push('between'));
    listeners.on('a', twice);
    listeners.off('a', twice);
    listeners.off('b', twice);
    listeners.deliver('a', 1);
    expect(seen).toEqual(['twice', 'between']);
    listeners.off('a', twice);
    expect(listeners.has('a')).toBe(true);
  });

  it.each([false, true])('calls those who were there when the event came (with an emitter: %s)', (isMade) => {
    const listeners = make();
    if (isMade) expect(listeners.emitter).toBeDefined();
    const seen: string[] = [];
    const late = (): unknown => seen.push('late');
    const second = (): unknown => seen.push('second');
    listeners.on('a', () => {
      seen.push('first');
      listeners.on('a', late);
      listeners.off('a', second);
    });
    listeners.on('a', second);
    listeners.deliver('a', 1);
    expect(seen).toEqual(['first', 'second']);
    listeners.deliver('a', 2);
    expect(seen).toEqual(['first', 'second', 'first', 'late']);
  });

  it('gives the emitter as `this` to those who are on it, and all that is emitted', () => {
    const listeners = make();
    const seen: unknown[] = [];
    listeners.emitter.on('a', function (this: unknown, ...given: unknown[]) {
      seen.push(this, ...given);
    });
    expect(listeners.emitter.emit('a', 1, ...([2, 3] as unknown as []))).toBe(true);
    expect(listeners.emitter.emit('b', 1)).toBe(false);
    expect(seen).toEqual([listeners.emitter, 1, 2, 3]);
  });

  it('works with `once` of node:events', async () => {
    const listeners = make();
    const next = once(listeners.emitter, 'a');
    listeners.deliver('a', 7);
    listeners.deliver('a', 8);
    expect(await next).toEqual([7]);
    expect(listeners.has('a')).toBe(false);
  });
});
