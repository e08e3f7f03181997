import { once } from 'node:events';
import { Publisher } from '../../src/reactive/publisher.js';
import { turns } from '../support/fake-clock.js';

interface Events {
  a: [value: number];
  b: [value: number];
  disposed: [];
}

const make = (): { publisher: Publisher<Events>; errors: [unknown, string][] } => {
  const errors: [unknown, string][] = [];
  return { publisher: new Publisher<Events>((error, where) => errors.push([error, where])), errors };
};

describe('Publisher', () => {
  it('shows every listener the same order, whatever a listener causes', () => {
    const { publisher } = make();
    const seen: string[] = [];
    publisher.emitter.on('a', (value) => {
      seen.push(`first a${value}`);
      if (value === 1) {
        publisher.publish('b', 1);
        publisher.publish('a', 2);
      }
    });
    publisher.emitter.on('a', (value) => seen.push(`second a${value}`));
    publisher.emitter.on('b', (value) => seen.push(`b${value}`));
    publisher.publish('a', 1, () => seen.push('after a1'));
    expect(seen).toEqual(['first a1', 'second a1', 'after a1', 'b1', 'first a2', 'second a2']);
  });

  it('lets nothing come between two events of one cause', () => {
    const { publisher } = make();
    const seen: string[] = [];
    publisher.on('a', (value) => {
      seen.push(`a${value}`);
      publisher.publish('b', 10 * value);
      if (value === 1) publisher.publishBoth('a', 2, 'b', 2);
    });
    publisher.on('b', (value) => seen.push(`b${value}`));
    publisher.publishBoth('a', 1, 'b', 1);
    expect(seen).toEqual(['a1', 'b1', 'b10', 'a2', 'b2', 'b20']);
  });

  it('calls every listener though one throws, and reports it', () => {
    const { publisher, errors } = make();
    const seen: number[] = [];
    const boom = new Error('boom');
    publisher.emitter.on('a', () => {
      throw boom;
    });
    publisher.emitter.on('a', (value) => seen.push(value));
    publisher.publish('a', 1);
    publisher.publish('a', 2);
    expect(seen).toEqual([1, 2]);
    expect(errors).toEqual([
      [boom, "a listener of 'a'"],
      [boom, "a listener of 'a'"],
    ]);
  });

  it('goes on where what follows an event throws, and reports it', () => {
    const { publisher, errors } = make();
    const seen: string[] = [];
    const boom = new Error('boom');
    publisher.emitter.on('a', (value) => {
      seen.push(`a${value}`);
      if (value === 1) {
        publisher.publish('b', 1, () => {
          throw boom;
        });
      }
    });
    publisher.emitter.on('b', (value) => seen.push(`b${value}`));
    publisher.publish('a', 1, () => {
      throw boom;
    });
    publisher.publish('a', 2);
    expect(seen).toEqual(['a1', 'b1', 'a2']);
    expect(errors).toEqual([
      [boom, "what follows 'a'"],
      [boom, "what follows 'b'"],
    ]);
  });

  it('reports a listener whose promise rejects', async () => {
    const { publisher, errors } = make();
    publisher.emitter.on('a', (): unknown => Promise.reject(new Error('late')));
    publisher.publish('a', 1);
    await turns();
    expect(errors).toEqual([[new Error('late'), "a listener of 'a'"]]);
  });

  it('works with once() of node:events and its abort signal', async () => {
    const { publisher } = make();
    const value = once(publisher.emitter, 'a');
    publisher.publish('a', 7);
    await expect(value).resolves.toEqual([7]);
    await expect(once(publisher.emitter, 'a', { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });

  it('lets a listener remove itself', () => {
    const { publisher } = make();
    const seen: string[] = [];
    const self = (): void => {
      seen.push('self');
      publisher.emitter.off('a', self);
    };
    publisher.emitter.on('a', self);
    publisher.emitter.on('a', () => seen.push('other'));
    publisher.publish('a', 1);
    publisher.publish('a', 2);
    expect(seen).toEqual(['self', 'other', 'other']);
  });

  it('tells whether anybody listened, and whether it has ended', () => {
    const { publisher } = make();
    expect(publisher.emitter.emit('a', 1)).toBe(false);
    publisher.emitter.on('a', () => {});
    expect(publisher.emitter.emit('a', 1)).toBe(true);
    expect(publisher.disposed).toBe(false);
    publisher.publish('disposed', undefined);
    expect(publisher.disposed).toBe(true);
  });
});
