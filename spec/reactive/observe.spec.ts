import { Listeners } from '../../src/reactive/listeners.js';
import { observe } from '../../src/reactive/observe.js';

interface Events {
  a: [value: number];
  disposed: [];
}

describe('observe', () => {
  it('is hot: a late subscriber misses what was before, and leaves no listener behind', () => {
    const listeners = new Listeners<Events>(() => {});
    const a = observe(listeners, 'a', () => {});
    const early: number[] = [];
    const late: number[] = [];
    const subscription = a.subscribe((value) => early.push(value));
    listeners.deliver('a', 1);
    a.subscribe((value) => late.push(value));
    listeners.deliver('a', 2);
    subscription.unsubscribe();
    listeners.deliver('a', 3);
    expect([early, late]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(listeners.emitter.listenerCount('a')).toBe(1);
    expect(listeners.emitter.listenerCount('disposed')).toBe(1);
  });

  it('first gives the current value where there is one', () => {
    const listeners = new Listeners<Events>(() => {});
    const seen: number[] = [];
    observe(
      listeners,
      'a',
      () => {},
      () => 42,
    ).subscribe((value) => seen.push(value));
    listeners.deliver('a', 1);
    expect(seen).toEqual([42, 1]);
  });

  it('completes with the emitter, also for who comes later', () => {
    const listeners = new Listeners<Events>(() => {});
    const a = observe(
      listeners,
      'a',
      () => {},
      () => 42,
    );
    const log: (number | string)[] = [];
    a.subscribe({ next: (value) => log.push(value), complete: () => log.push('complete') });
    listeners.deliver('disposed', undefined);
    a.subscribe({ next: (value) => log.push(value), complete: () => log.push('late complete') });
    expect(log).toEqual([42, 'complete', 'late complete']);
    expect(listeners.emitter.listenerCount('a')).toBe(0);
  });
});
