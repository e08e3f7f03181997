import { once } from 'node:events';
import { HsmsPacket, type SecsPrimary, type SessionState } from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { turns } from '../../support/fake-clock.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

describe('HsmsSession between procedures', () => {
  let bed: SessionBed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  it('delivers data while a Linktest of its own is open, and takes it as a sign of life (P-27)', async () => {
    bed = await new SessionBed().select();
    const probe = bed.session.linktest();
    const { header } = await bed.atPeer();
    bed.peer.send(data(1, 77), HsmsPacket.linktestRsp(header));
    await probe;
    expect(bed.messages.map((message) => message.header.systemBytes)).toEqual([77]);
  });

  it.each([
    ['deselect', (): HsmsPacket => HsmsPacket.deselectReq(9)],
    ['separate', (): HsmsPacket => HsmsPacket.separateReq(9)],
  ])('fails its open requests when the peer ends it by %s (P-25, P-26, P-43)', async (kind, packet) => {
    bed = await new SessionBed().select();
    const reply = bed.session.request(S(1, 1).w());
    const other = bed.session.request(S(1, 3).w());
    await bed.peer.receives(2);
    expect(bed.session.openRequests).toBe(2);
    bed.peer.send(packet());
    for (const failed of [reply, other]) {
      await expect(failed).rejects.toMatchObject({
        code: 'HSMS_SESSION_ENDED',
        end: { kind },
        message: `no reply will come: the session was ended by ${kind === 'deselect' ? 'Deselect' : 'Separate'}`,
      });
    }
    expect(bed.session.openRequests).toBe(0);
    expect(bed.ended).toEqual([{ kind }]);
  });

  it('fails a request that cannot be sent, and forgets it', async () => {
    bed = await new SessionBed({}, { maxPacketBytes: 20 }).select();
    const packet = S(1, 1).w();
    const long = HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(11));
    await expect(bed.session.request(long.message)).rejects.toMatchObject({ code: 'HSMS_FRAME_TOO_LONG' });
    expect(bed.session.openRequests).toBe(0);
    await turns();
    expect(bed.clock.timers).toEqual([]);
    const reply = bed.session.request(packet);
    bed.peer.send(data(2, (await bed.atPeer()).header.systemBytes));
    await expect(reply).resolves.toMatchObject({ name: 'S1F2' });
  });

  it('sends with the W-bit of the message, and requests with it set', async () => {
    bed = await new SessionBed().select();
    await bed.session.send(S(6, 11));
    await bed.session.send(S(6, 11).w());
    bed.session.request(S(6, 13)).catch(() => {});
    const packets = await bed.peer.receives(3);
    expect(packets.map(({ header }) => [header.function, header.wBit])).toEqual([
      [11, false],
      [11, true],
      [13, true],
    ]);
  });

  it('says why it does not send: not selected, or being closed', async () => {
    bed = await new SessionBed().connect();
    await expect(bed.session.send(S(1, 1))).rejects.toThrow(
      'the message was not sent: the session is notSelected. Await selected() first',
    );
    bed.peer.send(HsmsPacket.selectReq(1));
    await bed.atPeer();
    const open = bed.session.request(S(1, 1).w());
    const { header } = await bed.atPeer();
    const closing = bed.session.close();
    await expect(bed.session.request(S(1, 3).w())).rejects.toThrow(
      'the message was not sent: the session is being closed',
    );
    expect(bed.session.close()).toBe(closing);
    bed.peer.send(data(2, header.systemBytes));
    await open;
    await closing;
  });

  it('tells node:events listeners as well as subscribers', async () => {
    bed = await new SessionBed().connect();
    const late: SessionState[] = [];
    bed.session.state.subscribe((state) => late.push(state));
    const selected = once(bed.session.events, 'state');
    bed.peer.send(HsmsPacket.selectReq(1));
    await expect(selected).resolves.toEqual(['selected']);
    expect(late).toEqual(['notSelected', 'selected']);
  });

  it('answers no primary of an earlier connection (P-45)', async () => {
    bed = await new SessionBed().select();
    const primaries: SecsPrimary[] = [];
    bed.session.primaries.subscribe((primary) => primaries.push(primary));
    bed.peer.send(data(1, 5, { wBit: true }));
    await until('the primary', () => primaries.length === 1);
    bed.peer.socket.end();
    await until('the end', () => bed.session.currentState === 'notConnected');
    bed.peer = await RawPeer.connect(bed.connection.boundAddress?.port ?? 0);
    bed.peer.send(HsmsPacket.selectReq(1));
    expect((await bed.atPeer()).header.sType).toBe(2);
    await expect(primaries[0]?.reply()).rejects.toMatchObject({
      code: 'HSMS_SESSION_ENDED',
      message: 'S1F1 cannot be answered: the session it came in has ended',
    });
    bed.peer.send(HsmsPacket.linktestReq(2));
    expect((await bed.atPeer()).header.sType).toBe(6);
  });

  it('marks a primary as replied once, and tells which want a reply (P-45)', async () => {
    bed = await new SessionBed().select();
    const primaries: SecsPrimary[] = [];
    bed.session.primaries.subscribe((primary) => primaries.push(primary));
    bed.peer.send(data(1, 5, { wBit: true }), data(3, 6));
    await until('both', () => primaries.length === 2);
    const [first, second] = primaries as [SecsPrimary, SecsPrimary];
    expect([first.wantsReply, first.replied, second.wantsReply]).toEqual([true, false, false]);
    const sent = first.reply();
    expect(first.replied).toBe(true);
    await sent;
    expect((await bed.atPeer()).header).toMatchObject({ stream: 1, function: 2, systemBytes: 5 });
    await expect(first.reply()).rejects.toMatchObject({
      code: 'HSMS_ALREADY_REPLIED',
      message: 'S1F1 has been answered already',
    });
    await expect(second.reply()).rejects.toThrow('S1F3 came without W-bit: it wants no reply');
    expect(second.replied).toBe(false);
  });
});
