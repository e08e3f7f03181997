import { Publisher } from '../../src/reactive/publisher.js';
import { observe } from '../../src/reactive/observe.js';

interface Events {
  a: [value: number];
  disposed: [];
}

describe('observe', () => {
  it('is hot: a late subscriber misses what was before, and leaves no listener behind', () => {
    const publisher = new Publisher<Events>(() => {});
    const a = observe(publisher.emitter, 'a', () => {});
    const early: number[] = [];
    const late: number[] = [];
    const subscription = a.subscribe((value) => early.push(value));
    publisher.publish('a', 1);
    a.subscribe((value) => late.push(value));
    publisher.publish('a', 2);
    subscription.unsubscribe();
    publisher.publish('a', 3);
    expect([early, late]).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(publisher.emitter.listenerCount('a')).toBe(1);
    expect(publisher.emitter.listenerCount('disposed')).toBe(1);
  });

  it('first gives the current value where there is one', () => {
    const publisher = new Publisher<Events>(() => {});
    const seen: number[] = [];
    observe(
      publisher.emitter,
      'a',
      () => {},
      () => 42,
    ).subscribe((value) => seen.push(value));
    publisher.publish('a', 1);
    expect(seen).toEqual([42, 1]);
  });

  it('completes with the emitter, also for who comes later', () => {
    const publisher = new Publisher<Events>(() => {});
    const a = observe(
      publisher.emitter,
      'a',
      () => {},
      () => 42,
    );
    const log: (number | string)[] = [];
    a.subscribe({ next: (value) => log.push(value), complete: () => log.push('complete') });
    publisher.publish('disposed', undefined);
    a.subscribe({ next: (value) => log.push(value), complete: () => log.push('late complete') });
    expect(log).toEqual([42, 'complete', 'late complete']);
    expect(publisher.emitter.listenerCount('a')).toBe(0);
  });
});
