import { getEventListeners } from 'node:events';
import { of, Subject } from 'rxjs';
import { HsmsArgumentError } from '../../src/errors.js';
import { iterate } from '../../src/reactive/buffered-iterator.js';
import { turns } from '../support/fake-clock.js';

describe('iterate (P-44)', () => {
  it('gives in order what came before and after it was asked for', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    source.next(1);
    source.next(2);
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(await iterator.next()).toEqual({ done: false, value: 2 });
    const third = iterator.next();
    const fourth = iterator.next();
    source.next(3);
    source.next(4);
    expect(await Promise.all([third, fourth])).toEqual([
      { done: false, value: 3 },
      { done: false, value: 4 },
    ]);
  });

  it('ends with the source, after what waits has been consumed', async () => {
    const source = new Subject<number>();
    const seen: number[] = [];
    const iterator = iterate(source);
    source.next(1);
    source.next(2);
    source.complete();
    for await (const value of iterator) seen.push(value);
    expect(seen).toEqual([1, 2]);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('ends a consumer that waits when the source ends', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    const waiting = [iterator.next(), iterator.next()];
    source.complete();
    expect(await Promise.all(waiting)).toEqual(Array(2).fill({ done: true, value: undefined }));
  });

  it('takes a source that has ended before anybody asks', async () => {
    const seen: number[] = [];
    for await (const value of iterate(of(1, 2))) seen.push(value);
    expect(seen).toEqual([1, 2]);
  });

  it('lets go of the signal when it ends', async () => {
    const { signal } = new AbortController();
    const iterator = iterate(new Subject<number>(), { signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('says which limits are allowed, and which was exceeded', async () => {
    const source = new Subject<number>();
    expect(() => iterate(source, { limit: 0 })).toThrow('limit must be a whole number from 1, received 0');
    const iterator = iterate(source, { limit: 1 });
    source.next(1);
    source.next(2);
    await iterator.next();
    await expect(iterator.next()).rejects.toThrow('more than 1 were waiting');
  });

  it('lets go of the source when the loop is left', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    source.next(1);
    for await (const value of iterator) {
      expect(value).toBe(1);
      break;
    }
    expect(source.observed).toBe(false);
  });

  it.each(['before', 'after'])('ends with a signal aborted %s it began', async (when) => {
    const source = new Subject<number>();
    const abort = new AbortController();
    if (when === 'before') abort.abort();
    const iterator = iterate(source, { signal: abort.signal });
    const next = iterator.next();
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(source.observed).toBe(false);
  });

  it('fails beyond its limit, after what waits has been consumed, and once', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { limit: 2 });
    for (const value of [1, 2, 3, 4]) source.next(value);
    expect(source.observed).toBe(false);
    expect((await iterator.next()).value).toBe(1);
    expect((await iterator.next()).value).toBe(2);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'HSMS_BUFFER_FULL' });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('drops the oldest beyond its limit and counts them, when asked to', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { limit: 2, policy: 'dropOldest' });
    for (const value of [1, 2, 3, 4, 5]) source.next(value);
    expect(iterator.dropped).toBe(3);
    expect((await iterator.next()).value).toBe(4);
    expect((await iterator.next()).value).toBe(5);
    expect(source.observed).toBe(true);
  });

  it('buffers 1024 by default', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source);
    for (let i = 0; i < 1024; i++) source.next(i);
    expect(source.observed).toBe(true);
    source.next(1024);
    expect(source.observed).toBe(false);
    for (let i = 0; i < 1024; i++) expect((await iterator.next()).value).toBe(i);
    await expect(iterator.next()).rejects.toMatchObject({ code: 'HSMS_BUFFER_FULL' });
  });

  it('gives each value to a waiting consumer without counting it against the limit', async () => {
    const source = new Subject<number>();
    const iterator = iterate(source, { limit: 1 });
    const first = iterator.next();
    source.next(1);
    source.next(2);
    expect((await first).value).toBe(1);
    expect((await iterator.next()).value).toBe(2);
    await turns();
    expect(source.observed).toBe(true);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses a limit of %p', (limit) => {
    expect(() => iterate(new Subject(), { limit })).toThrow(HsmsArgumentError);
  });
});
