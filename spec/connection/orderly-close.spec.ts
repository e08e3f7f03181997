import { OrderlyClose } from '../../src/connection/orderly-close.js';
import type { NetworkSocket } from '../../src/network/network.js';
import { FakeClock } from '../support/fake-clock.js';

/** A link whose socket writes down what is done to it. */
class Bed {
  readonly clock = new FakeClock();
  readonly log: string[] = [];
  proceed = (): void => {};
  sent = (): void => {};
  readonly close: OrderlyClose<string>;

  constructor(destroy = (): void => {}) {
    const socket = {
      end: () => this.log.push('end'),
      destroy: () => {
        this.log.push('destroy');
        destroy();
      },
    } as unknown as NetworkSocket;
    this.close = new OrderlyClose<string>(socket, {
      clock: this.clock,
      closeTimeout: () => 2,
      onBegin: () => this.log.push('begin'),
      onClosing: (reason, canSend, proceed) => {
        this.log.push(`closing ${reason} ${canSend}`);
        this.proceed = proceed;
      },
      whenSent: (done) => (this.sent = done),
      onClosed: (reason) => this.log.push(`closed ${reason}`),
    });
  }
}

describe('OrderlyClose', () => {
  it('tells, sends what was accepted, closes when the peer has, once each', () => {
    const bed = new Bed();
    expect([bed.close.open, bed.close.sendable, bed.close.reason]).toEqual([true, true, undefined]);
    bed.close.begin('local', true);
    bed.close.begin('again', false);
    expect([bed.close.open, bed.close.sendable, bed.close.reason]).toEqual([false, true, 'local']);
    bed.proceed();
    bed.proceed();
    expect(bed.close.sendable).toBe(false);
    bed.sent();
    expect(bed.clock.timers).toEqual(['close']);
    bed.close.socketClosed('reset');
    bed.close.socketClosed('reset');
    expect(bed.log).toEqual(['begin', 'closing local true', 'end', 'closed local']);
    expect(bed.clock.timers).toEqual([]);
  });

  it('destroys a socket that cannot be written to, and one that takes too long', () => {
    const broken = new Bed();
    broken.close.begin('reset', false);
    expect(broken.close.sendable).toBe(false);
    broken.proceed();
    expect(broken.log).toEqual(['begin', 'closing reset false', 'destroy']);
    const slow = new Bed();
    slow.close.begin('local', true);
    slow.proceed();
    slow.clock.advance(2);
    expect(slow.log).toEqual(['begin', 'closing local true', 'destroy']);
  });

  it('tells of a socket that closes unasked, and of one that cannot even be destroyed', () => {
    const gone = new Bed();
    gone.close.socketClosed('reset');
    expect(gone.log).toEqual(['begin', 'closing reset false', 'closed reset']);
    const odd = new Bed(() => {
      throw new Error('no');
    });
    odd.close.begin('local', false);
    odd.proceed();
    expect(odd.log.at(-1)).toBe('closed local');
  });
});
