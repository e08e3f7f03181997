import { HsmsActiveConnection, HsmsPacket, HsmsSession } from '../../src/index.js';
import { B } from '../../src/secs2/index.js';
import { turns } from '../support/fake-clock.js';
import { data, SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

/** Promises that a program may let go of: were one to reject unhandled, the peer could end the process. */
describe('what a peer makes fail while nobody looks', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);

  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => void process.off('unhandledRejection', note));

  it('a reply, to a peer that leaves with replies on their way', async () => {
    const bed = new SessionBed();
    const failed: unknown[] = [];
    bed.session.primaries.subscribe((primary) => {
      void primary.reply(B(Buffer.alloc(4 * 1024 * 1024)));
      primary.reply(B(0)).catch((error: { code?: string }) => failed.push(error.code));
    });
    await bed.select();
    bed.peer.socket.pause();
    bed.peer.send(data(1, 5, { wBit: true }), data(1, 6, { wBit: true }), data(1, 7, { wBit: true }));
    await until('three primaries', () => failed.length === 3);
    bed.peer.socket.resetAndDestroy();
    await until('the close', () => bed.reasons.length === 1);
    await turns();
    expect(failed).toEqual(Array.from({ length: 3 }, () => 'HSMS_ALREADY_REPLIED'));
    expect(unhandled).toEqual([]);
    await bed.close();
  });

  it('select, deselect and linktest, without a connection', async () => {
    const connection = new HsmsActiveConnection('127.0.0.1', 9, 0);
    const session = new HsmsSession(connection, { autoSelect: false });
    void session.select();
    void session.deselect();
    void session.linktest();
    await turns();
    expect(unhandled).toEqual([]);
    await expect(session.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_CONNECTED' });
    await connection.dispose();
  });

  it('a linktest that the peer rejects', async () => {
    const bed = new SessionBed();
    await bed.select();
    void bed.session.linktest();
    bed.peer.send(HsmsPacket.rejectReq((await bed.atPeer()).header, 1));
    bed.peer.send(HsmsPacket.linktestReq(77));
    await bed.atPeer();
    await turns();
    expect(unhandled).toEqual([]);
    await bed.close();
  });
});
