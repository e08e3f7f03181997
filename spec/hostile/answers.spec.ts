import { encodeFrame, HsmsHeader, HsmsPacket, type HsmsSessionOptions } from '../../src/index.js';
import { B, S } from '../../src/secs2/index.js';
import { data, SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

/** Frames of one write: more than answers may wait, and than one read of the socket can hold. */
const BURST = 20_000;

let bed: SessionBed;

afterEach(() => bed.close());

const burstOf = (packet: HsmsPacket): Buffer => {
  const frame = encodeFrame(packet);
  return Buffer.alloc(frame.length * BURST, frame);
};

const strange = (fields: { sType?: number; pType?: number }): HsmsPacket =>
  new HsmsPacket(HsmsHeader.of({ sessionId: 0, systemBytes: 1, ...fields }));

const provocations: readonly (readonly [string, HsmsPacket, boolean, HsmsSessionOptions])[] = [
  ['Linktest.req', HsmsPacket.linktestReq(1), false, {}],
  ['Linktest.req while selected', HsmsPacket.linktestReq(1), true, {}],
  ['Select.req while selected', HsmsPacket.selectReq(1), true, {}],
  ['Deselect.req while not selected', HsmsPacket.deselectReq(1), false, {}],
  ['data while not selected', data(1, 1, { wBit: true }), false, {}],
  ['an unknown SType', strange({ sType: 200 }), true, {}],
  ['an unknown PType', strange({ pType: 9 }), true, {}],
  ['a Linktest.rsp that nobody waits for', strange({ sType: 6 }), true, {}],
  ['a foreign session ID, to an equipment', data(1, 1, { sessionId: 7 }), true, { entity: 'equipment' }],
  [
    'an unknown function, to an equipment',
    data(1, 1, { wBit: true }),
    true,
    { entity: 'equipment', supports: () => 'noFunction' },
  ],
  [
    'a foreign session ID, to a strict host',
    data(1, 1, { sessionId: 7 }),
    true,
    { foreignSessionId: 'reject' },
  ],
];

describe('a peer that provokes answers and never reads', () => {
  it.each(provocations)('is counted: %s', async (_name, packet, selected, options) => {
    bed = new SessionBed({ ...options, maxUnreadAnswers: 2 });
    await (selected ? bed.select() : bed.connect());
    const closed: unknown[] = [];
    bed.connection.closed.subscribe(({ reason }) => closed.push(reason));
    // What comes in one segment is answered in one: until then the answers wait.
    bed.peer.send(packet, packet);
    await bed.peer.receives(2);
    bed.peer.send(packet, packet, packet);
    await until('the close', () => closed.length > 0);
    expect(closed).toEqual([{ kind: 'unreadAnswers', answers: 3 }]);
  });

  it('is given up', async () => {
    bed = new SessionBed();
    await bed.select();
    bed.peer.socket.pause();
    // More than the kernel takes for a peer that does not read.
    const recipe = bed.session.send(S(7, 3, B(Buffer.alloc(16_000_000))));
    bed.peer.write(burstOf(HsmsPacket.linktestReq(1)));
    await expect(recipe).rejects.toMatchObject({ reason: { kind: 'unreadAnswers', answers: 8193 } });
    await until('the close', () => bed.reasons.length > 0);
    expect(bed.reasons).toEqual(['unreadAnswers']);
  }, 20_000);

  it('is answered in full, and kept, when it reads after all', async () => {
    bed = new SessionBed();
    await bed.select();
    const count = 3 * BURST;
    for (let i = 0; i < 3; i++) bed.peer.write(burstOf(HsmsPacket.linktestReq(1)));
    await until('every answer', () => bed.peer.packets.length === count, 20_000);
    expect(bed.reasons).toEqual([]);
    expect(bed.session.currentState).toBe('selected');
  }, 20_000);
});
