import type { Subscriber } from 'rxjs';
import { config, EMPTY, map, merge, Observable, take, throwError } from 'rxjs';
import { GuardedObservable } from '../../src/reactive/guarded-observable.js';
import { turns } from '../support/fake-clock.js';

describe('GuardedObservable', () => {
  const boom = new Error('boom');
  const fail = (): never => {
    throw boom;
  };
  let errors: unknown[];
  let places: Set<string>;
  let source: Subscriber<number> | undefined;
  let observable: GuardedObservable<number>;
  let uncaught: unknown[];
  const onUncaught = (error: unknown): void => void uncaught.push(error);

  beforeEach(() => {
    errors = [];
    places = new Set();
    uncaught = [];
    observable = new GuardedObservable<number>(
      (error, where) => {
        errors.push(error);
        places.add(where);
      },
      "'value'",
      (subscriber) => {
        source = subscriber;
        return () => {};
      },
    );
    // rxjs would throw from a timer what is not handled.
    config.onUnhandledError = null;
    process.on('uncaughtException', onUncaught);
  });
  afterEach(async () => {
    await turns();
    process.off('uncaughtException', onUncaught);
    config.onUnhandledError = null;
    expect(uncaught).toEqual([]);
  });

  it('reports what a subscriber throws and goes on', () => {
    const seen: number[] = [];
    observable.subscribe((value) => {
      seen.push(value);
      if (value === 1) fail();
    });
    source?.next(1);
    source?.next(2);
    expect(seen).toEqual([1, 2]);
    expect(errors).toEqual([boom]);
    expect([...places]).toEqual(["a subscriber of 'value'"]);
  });

  it.each([
    ['complete', (s: Subscriber<number>) => s.complete(), { complete: fail }],
    ['error', (s: Subscriber<number>) => s.error('problem'), { error: fail }],
    ['next', (s: Subscriber<number>) => s.next(1), { next: fail }],
  ])('guards %s of an observer object', (_name, act, observer) => {
    observable.subscribe(observer);
    act(source as Subscriber<number>);
    expect(errors).toEqual([boom]);
  });

  it('guards the three-function form', () => {
    const seen: unknown[] = [];
    observable.subscribe(
      (value) => seen.push(value),
      null,
      () => seen.push('complete'),
    );
    source?.next(1);
    source?.complete();
    observable.subscribe(undefined, (error) => seen.push(error));
    source?.error('problem');
    expect(seen).toEqual([1, 'complete', 'problem']);
  });

  it('guards what is behind operators of a pipe', () => {
    observable
      .pipe(
        map((value) => value * 2),
        take(2),
      )
      .subscribe(fail);
    source?.next(1);
    source?.next(2);
    expect(errors).toEqual([boom, boom]);
    observable.pipe(map(fail)).subscribe();
    source?.next(1);
    expect(errors).toHaveLength(3);
  });

  it('reports a subscriber whose promise rejects', async () => {
    observable.subscribe((): void => Promise.reject(boom) as never);
    source?.next(1);
    await turns();
    expect(errors).toEqual([boom]);
  });

  it('tells an application through its own onUnhandledError', () => {
    const handled: unknown[] = [];
    config.onUnhandledError = (error) => handled.push(error);
    observable.subscribe(fail);
    source?.next(1);
    expect(handled).toEqual([boom]);
    expect(errors).toEqual([]);
  });

  it('hands errors to a subscriber that takes them', () => {
    const seen: unknown[] = [];
    observable.pipe(map(fail)).subscribe({ error: (error) => seen.push(error) });
    source?.next(1);
    expect(seen).toEqual([boom]);
    expect(errors).toEqual([]);
  });

  it('is an Observable to rxjs: it merges, and unsubscribes', () => {
    const seen: number[] = [];
    const subscription = merge(observable, EMPTY).subscribe((value) => seen.push(value));
    source?.next(1);
    subscription.unsubscribe();
    source?.next(2);
    expect(seen).toEqual([1]);
    expect(observable).toBeInstanceOf(Observable);
    expect(() => throwError(() => boom).subscribe({ error: () => {} })).not.toThrow();
  });
});
