import type { LineHost } from '../../../src/secs1/link/line-source.js';
import { SerialLink } from '../../../src/secs1/link/serial-link.js';
import { DEFAULT_SECS1_SETTINGS } from '../../../src/secs1/settings.js';
import { FakeClock } from '../../support/fake-clock.js';
import { PlayedPort } from './played-port.js';

/** 257 bytes at 9600 baud: 0.268 s, 0.254 s at the earliest. */
const BLOCK = Buffer.alloc(257);
const [ACK, ENQ] = [Buffer.of(6), Buffer.of(5)];

/** A link on a played port whose driver says nothing by itself, and what its reader gets, in order. */
class Bed {
  readonly clock = new FakeClock();
  readonly port = new PlayedPort({
    ...{ path: '/dev/ttyX', baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    ...{ rtscts: false, autoOpen: false },
  });
  readonly told: string[] = [];
  readonly link: SerialLink;

  constructor() {
    const host = { clock: this.clock, settings: () => DEFAULT_SECS1_SETTINGS } as Partial<LineHost>;
    this.port.takes = this.port.drains = false;
    this.port.open(() => {});
    this.port.opens();
    this.link = new SerialLink(this.port, host as LineHost, 9600);
    this.link.read({
      onBytes: (chunk) => this.told.push(chunk.toString('hex')),
      onEnded: (reason) => this.told.push(`${reason.kind}: ${'error' in reason ? reason.error.message : ''}`),
    });
  }

  write(): this {
    this.link.write(BLOCK, () => this.told.push('left'));
    return this;
  }

  taken(): this {
    this.port.taken?.(null);
    return this;
  }

  drained(): this {
    this.port.drained?.(null);
    return this;
  }

  after(seconds: number): this {
    this.clock.advance(seconds);
    return this;
  }

  comes(bytes: Buffer): this {
    this.port.tell('data', bytes);
    return this;
  }
}

describe('SerialLink', () => {
  it('B-22: a block has left when the driver says so, after it has taken it', () => {
    const bed = new Bed().write();
    expect([bed.port.drainCalls, bed.told]).toEqual([0, []]);
    bed.taken();
    expect([bed.port.drainCalls, bed.told]).toEqual([1, []]);
    bed.after(0.27).drained().comes(ACK);
    expect([bed.told, bed.clock.timers]).toEqual([['left', '06'], []]);
  });

  it('B-22: an answer that is read before the driver says so counts when the block can have left', () => {
    const bed = new Bed().write().taken().after(0.26).comes(ACK);
    expect(bed.told).toEqual(['left', '06']);
    bed.drained().comes(ENQ);
    expect([bed.told, bed.clock.timers]).toEqual([['left', '06', '05'], []]);
  });

  it('B-22: an answer that comes while the block cannot have left is none', () => {
    const bed = new Bed().write().taken().after(0.2).comes(ACK);
    expect(bed.told).toEqual([]);
    bed.after(0.07).drained();
    expect(bed.told).toEqual(['06', 'left']);
    bed.write().taken().after(0.2).comes(ENQ).after(0.06).comes(ACK);
    expect(bed.told.slice(2)).toEqual(['05', 'left', '06']);
  });

  it('B-22, B-52: on a port that is faster than its baud rate an answer counts however early it is read', () => {
    const bed = new Bed().write().taken().comes(ACK).comes(ENQ);
    expect(bed.told).toEqual([]);
    bed.drained();
    expect([bed.told, bed.clock.timers]).toEqual([['left', '06', '05'], []]);
    // It is known now: the driver is not asked any more.
    bed.write().comes(ACK).taken();
    expect([bed.told.slice(3), bed.port.drainCalls]).toEqual([['left', '06'], 1]);
    bed.write().taken().comes(ACK);
    expect(bed.told.slice(5)).toEqual(['left', '06']);
  });

  it('B-22: a driver that never says so holds a block up for a second, and is asked once', () => {
    const bed = new Bed().write().taken().after(1.26);
    expect(bed.told).toEqual([]);
    bed.after(0.01);
    expect(bed.told).toEqual(['left']);
    bed.comes(ACK).write().taken().after(0.3).comes(ACK);
    expect([bed.told, bed.port.drainCalls, bed.clock.timers]).toEqual([['left', '06', 'left', '06'], 1, []]);
    // The word for the first block says nothing of the third.
    bed.write().taken().drained();
    expect(bed.told).toHaveLength(4);
    bed.after(0.3).comes(ACK).write().taken();
    expect([bed.told.slice(4), bed.port.drainCalls]).toEqual([['left', '06'], 2]);
  });

  it('B-22: what floods in meanwhile is not kept', () => {
    const bed = new Bed().write().comes(Buffer.alloc(4096)).comes(ACK);
    expect(bed.told.map((text) => text.length / 2)).toEqual([4096, 1]);
    bed.after(0.3).taken().drained();
    expect(bed.told[2]).toBe('left');
  });

  it('B-51: a port that takes no bytes is closed after sendTimeout, so that they cannot reach the peer later', () => {
    const bed = new Bed().write().after(29.9);
    expect(bed.told).toEqual([]);
    bed.after(0.2).taken();
    expect([bed.told, bed.clock.timers]).toEqual([['portError: it took no bytes for 30 s'], []]);
  });

  it.each([
    ['taking', (port: PlayedPort) => port.taken?.(new Error('EIO'))],
    ['the drain', (port: PlayedPort) => (port.taken?.(null), port.drained?.(new Error('EIO')))],
  ])('B-51: a port is lost by the error of %s', (_, fail) => {
    const bed = new Bed().write();
    fail(bed.port);
    expect([bed.told, bed.clock.timers]).toEqual([['portLost: EIO'], []]);
  });

  it('B-31: closes at once with a block on its way', () => {
    const bed = new Bed().write();
    bed.link.close(2, () => bed.told.push('closed'));
    bed.taken().drained().after(60).comes(ACK);
    expect([bed.told, bed.port.drainCalls, bed.clock.timers]).toEqual([['closed'], 0, []]);
  });
});
