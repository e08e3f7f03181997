import { firstValueFrom } from 'rxjs';
import { HsmsPacket } from '../../../src/index.js';
import { A, L, S } from '../../../src/secs2/index.js';
import { turns } from '../../support/fake-clock.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { until } from '../../support/until.js';

describe('transactions of HsmsSession', () => {
  let bed: SessionBed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  it('matches the reply, and no primary with the same system bytes (P-41)', async () => {
    bed = await new SessionBed().select();
    const reply = bed.session.request(S(1, 1).w());
    const { header } = await bed.atPeer();
    expect(header).toMatchObject({ stream: 1, function: 1, wBit: true, sessionId: 0 });
    const { systemBytes } = header;
    bed.peer.send(
      data(1, systemBytes, { wBit: true }),
      data(2, systemBytes, { stream: 5 }),
      data(4, systemBytes),
      data(2, (systemBytes + 1) >>> 0),
      HsmsPacket.ofMessage(S(1, 2, L(A('MDLN'), A('1.0'))), { sessionId: 0, systemBytes }),
    );
    const { item } = await reply;
    expect(item?.at(1).ascii).toBe('1.0');
    expect(bed.messages.map(({ message, answered }) => `${message.name} ${answered}`)).toEqual([
      'S1F1 false',
      'S5F2 false',
      'S1F4 false',
      'S1F2 false',
      'S1F2 true',
    ]);
  });

  it('fails by function 0, by Reject and by stream 9 (P-29, P-41)', async () => {
    bed = await new SessionBed().select();
    const failures: [(request: HsmsPacket) => HsmsPacket, string][] = [
      [({ header }) => data(0, header.systemBytes), 'HSMS_TRANSACTION_ABORTED'],
      [({ header }) => HsmsPacket.rejectReq(header, 4), 'HSMS_TRANSACTION_REJECTED'],
      [
        ({ header }) =>
          HsmsPacket.data(
            { sessionId: 0, stream: 9, function: 1, systemBytes: 1 },
            Buffer.concat([Buffer.from([0x21, 10]), header.toBytes()]),
          ),
        'HSMS_STREAM_9',
      ],
    ];
    for (const [answer, code] of failures) {
      const reply = bed.session.request(S(1, 1).w());
      bed.peer.send(answer(await bed.atPeer()));
      await expect(reply).rejects.toMatchObject({ code });
      if (code === 'HSMS_STREAM_9') {
        await expect(reply).rejects.toMatchObject({ hint: { kind: 'unknownDevice', sessionId: 0 } });
      }
    }
    expect(bed.session.openRequests).toBe(0);
  });

  it('fails at T3, keeps the link, and marks the late reply (P-42)', async () => {
    bed = await new SessionBed().select();
    const slow = bed.session.request(S(1, 1).w());
    const quick = bed.session.request(S(1, 3).w(), { t3: 2 });
    const [first] = await bed.peer.receives(2);
    await turns();
    await bed.clock.pass(2);
    await expect(quick).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', seconds: 2 });
    await bed.clock.pass(43);
    await expect(slow).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', seconds: 45 });
    bed.peer.send(data(2, first!.header.systemBytes));
    await until('the late reply', () => bed.messages.length === 1);
    expect(bed.messages).toMatchObject([{ late: true, answered: false }]);
    expect(bed.session.currentState).toBe('selected');
  });

  it('fails every request at once when the link ends (P-43)', async () => {
    bed = await new SessionBed().select();
    const requests = Array.from({ length: 100 }, () => bed.session.request(S(1, 1).w()));
    await bed.peer.receives(100);
    bed.peer.socket.resetAndDestroy();
    const results = await Promise.allSettled(requests);
    for (const result of results) {
      expect(result).toMatchObject({
        reason: { code: 'HSMS_CONNECTION_CLOSED', reason: { kind: 'reset' } },
      });
    }
    await expect(bed.session.request(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
  });

  it('is given up by its signal, before and after it was sent (P-44)', async () => {
    bed = await new SessionBed().select();
    const abort = new AbortController();
    const reply = bed.session.request(S(1, 1).w(), { signal: abort.signal });
    const { header } = await bed.atPeer();
    abort.abort(new Error('operator'));
    await expect(reply).rejects.toThrow('operator');
    bed.peer.send(data(2, header.systemBytes));
    await until('the reply as a message', () => bed.messages.length === 1);
    const before = bed.session.request(S(1, 1).w(), { signal: AbortSignal.abort(new Error('at once')) });
    await expect(before).rejects.toThrow('at once');
    expect(bed.session.openRequests).toBe(0);
  });

  it('answers a primary exactly once, and not after its link (P-45)', async () => {
    bed = await new SessionBed().select();
    const primaries = firstValueFrom(bed.session.primaries);
    bed.peer.send(data(1, 77, { wBit: true }));
    const primary = await primaries;
    bed.peer.send(data(1, 78), HsmsPacket.linktestReq(1));
    await bed.atPeer();
    await expect(primary.reply(S(1, 4))).rejects.toThrow('S1F4 is no reply to S1F1: S1F2 or S1F0 is allowed');
    await expect(primary.reply(S(2, 2))).rejects.toThrow('S2F2 is no reply to S1F1');
    await primary.reply(L(A('x')));
    expect((await bed.atPeer()).header).toMatchObject({
      stream: 1,
      function: 2,
      wBit: false,
      systemBytes: 77,
    });
    await expect(primary.reply()).rejects.toMatchObject({ code: 'HSMS_ALREADY_REPLIED' });
    const another = firstValueFrom(bed.session.primaries);
    bed.peer.send(data(1, 79, { wBit: true }));
    const orphan = await another;
    bed.peer.socket.end();
    await until('the end', () => bed.session.currentState === 'notConnected');
    await expect(orphan.reply()).rejects.toMatchObject({ code: 'HSMS_SESSION_ENDED' });
  });

  it('may answer otherwise when an answer could not be sent (P-45)', async () => {
    bed = await new SessionBed({}, { maxPacketBytes: 100 }).select();
    const primaries = firstValueFrom(bed.session.primaries);
    bed.peer.send(data(1, 77, { wBit: true }));
    const primary = await primaries;
    await expect(primary.reply(A('x'.repeat(200)))).rejects.toMatchObject({ code: 'HSMS_FRAME_TOO_LONG' });
    await primary.reply(S(1, 0));
    expect((await bed.atPeer()).header).toMatchObject({ stream: 1, function: 0, systemBytes: 77 });
    await expect(primary.reply()).rejects.toMatchObject({ code: 'HSMS_ALREADY_REPLIED' });
  });

  it('wants a primary for a request, and a T3 in range', async () => {
    bed = await new SessionBed().select();
    await expect(bed.session.request(S(1, 2))).rejects.toThrow('S1F2 is no primary message');
    await expect(bed.session.request(S(1, 1), { t3: 0 })).rejects.toThrow(
      't3 must be a number of seconds above 0, received 0',
    );
  });

  it('delivers a body that cannot be decoded raw, and costs nothing else (P-47)', async () => {
    bed = await new SessionBed().select();
    bed.peer.send(
      HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.from('4199', 'hex')),
      data(1, 2),
    );
    await until('both', () => bed.messages.length === 2);
    expect(bed.messages[0]?.message.itemError).toBeInstanceOf(Error);
    expect(bed.messages[0]?.message.body.toString('hex')).toBe('4199');
  });
});
