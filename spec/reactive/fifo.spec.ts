import fc from 'fast-check';
import { Fifo } from '../../src/reactive/fifo.js';

describe('Fifo', () => {
  it('behaves as an array does under push and shift', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { freq: 2 })), (steps) => {
        const fifo = new Fifo<number>();
        const model: number[] = [];
        for (const step of steps) {
          if (step === null) expect(fifo.shift()).toBe(model.shift());
          else {
            fifo.push(step);
            model.push(step);
          }
          expect(fifo.length).toBe(model.length);
          expect([...fifo]).toEqual(model);
        }
        while (model.length > 0) expect(fifo.shift()).toBe(model.shift());
        expect(fifo.shift()).toBeUndefined();
      }),
    );
  });
});
