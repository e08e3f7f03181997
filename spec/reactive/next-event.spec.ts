import { EventEmitter, getEventListeners } from 'node:events';
import { nextEvent } from '../../src/reactive/next-event.js';

describe('nextEvent', () => {
  const counts = (emitter: EventEmitter): number[] => ['a', 'b'].map((name) => emitter.listenerCount(name));

  it.each(['a', 'b'])('resolves at %s, once, and leaves no listener', async (name) => {
    const emitter = new EventEmitter();
    const { signal } = new AbortController();
    const next = nextEvent(emitter, ['a', 'b'], signal);
    expect(counts(emitter)).toEqual([1, 1]);
    emitter.emit(name);
    expect(counts(emitter)).toEqual([0, 0]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expect(next).resolves.toBeUndefined();
  });

  it('needs no signal', async () => {
    const emitter = new EventEmitter();
    const next = nextEvent(emitter, ['a', 'b']);
    emitter.emit('b');
    await expect(next).resolves.toBeUndefined();
    expect(counts(emitter)).toEqual([0, 0]);
  });

  it('rejects with the reason of the signal, and leaves no listener', async () => {
    const emitter = new EventEmitter();
    const abort = new AbortController();
    const next = nextEvent(emitter, ['a', 'b'], abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(next).rejects.toBe(reason);
    expect(counts(emitter)).toEqual([0, 0]);
  });
});
