import { firstValueFrom } from 'rxjs';
import {
  HsmsGeneralSession,
  HsmsPacket,
  HsmsPassiveConnection,
  type HsmsSessionOptions,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { data, SessionBed } from '../../support/session-bed.js';

const broken = (stream: number, fn: number, systemBytes: number): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream, function: fn, systemBytes }, Buffer.from('4199', 'hex'));

describe('what a session keeps to itself', () => {
  let bed: SessionBed;
  afterEach(async () => {
    await bed.close();
    expect(bed.clock.timers).toEqual([]);
  });

  /** Asks for a sign of life, twice: whatever else is sent comes before the second answer. */
  const nothingFor = async (...packets: HsmsPacket[]): Promise<void> => {
    bed.peer.send(...packets, HsmsPacket.linktestReq(98));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 6, systemBytes: 98 });
    bed.peer.send(HsmsPacket.linktestReq(99));
    expect((await bed.atPeer()).header).toMatchObject({ sType: 6, systemBytes: 99 });
  };

  const equipment: HsmsSessionOptions = { entity: 'equipment', supports: () => 'noStream' };

  it('answers no message of stream 9 by stream 9 (P-46)', async () => {
    bed = await new SessionBed(equipment).select();
    await nothingFor(data(1, 5, { stream: 9 }), broken(9, 3, 6));
    expect(bed.messages.map(({ message }) => message.name)).toEqual(['S9F1', 'S9F3']);
  });

  it('answers no secondary message by stream 9, known or not (P-46)', async () => {
    bed = await new SessionBed(equipment).select();
    await nothingFor(data(2, 5), broken(1, 4, 6));
    expect(bed.messages.map(({ message }) => message.name)).toEqual(['S1F2', 'S1F4']);
  });

  it('answers nothing of what it knows (P-46)', async () => {
    bed = await new SessionBed({ entity: 'equipment' }).select();
    await nothingFor(data(1, 5), data(3, 6, { wBit: true }));
    expect(bed.messages.map(({ message }) => message.name)).toEqual(['S1F1', 'S1F3']);
  });

  it('asks a host for no stream 9: neither for a body, nor at T3 (P-42, P-46)', async () => {
    bed = await new SessionBed({ supports: () => 'noStream' }).select();
    await nothingFor(broken(1, 1, 5), data(3, 6, { stream: 99 }));
    expect(bed.messages.map(({ message }) => message.name)).toEqual(['S1F1', 'S99F3']);
    const reply = bed.session.request(S(1, 1).w());
    await bed.atPeer();
    await turns();
    await bed.clock.pass(45);
    await expect(reply).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT' });
    await nothingFor();
  });

  it('calls no message late but what comes after T3 (P-42)', async () => {
    bed = await new SessionBed().select();
    const reply = bed.session.request(S(1, 1).w());
    const { systemBytes } = (await bed.atPeer()).header;
    bed.peer.send(data(2, systemBytes));
    await reply;
    await nothingFor(data(1, 5), data(2, 6));
    expect(bed.messages.map(({ message, late }) => [message.name, late])).toEqual([
      ['S1F2', false],
      ['S1F1', false],
      ['S1F2', false],
    ]);
  });

  it('leaves no listener on a signal whose request is settled (P-44)', async () => {
    bed = await new SessionBed().select();
    const { signal } = new AbortController();
    const listening = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>): void => {
      listening.add(args[1]);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>): void => {
      if (args[0] === 'abort') listening.delete(args[1]);
      remove(...args);
    };
    const reply = bed.session.request(S(1, 1).w(), { signal });
    expect(listening.size).toBeGreaterThan(0);
    bed.peer.send(data(2, (await bed.atPeer()).header.systemBytes));
    await reply;
    await turns();
    expect(listening.size).toBe(0);
  });

  it('is told as not connected before it ever was', async () => {
    bed = new SessionBed();
    expect(await firstValueFrom(bed.session.state)).toBe('notConnected');
    expect(bed.session.currentState).toBe('notConnected');
  });

  it('puts off no Linktest for a change of other settings, and begins none before it is selected (P-27)', async () => {
    bed = await new SessionBed({ linktestInterval: 10 }).connect();
    bed.session.configure({ linktestInterval: 2 });
    await bed.clock.pass(3);
    expect(bed.peer.packets).toEqual([]);
    bed.peer.send(HsmsPacket.selectReq(1));
    await bed.atPeer();
    await bed.clock.pass(1.5);
    bed.session.configure({ t3: 30 });
    await bed.clock.pass(0.5);
    expect((await bed.atPeer()).header.sType).toBe(5);
  });

  it('names the procedure that it could not carry out', async () => {
    bed = await new SessionBed().select();
    const refused: [() => Promise<unknown>, string][] = [
      [() => bed.session.linktest(), 'Linktest'],
      [() => bed.session.deselect(), 'Deselect'],
    ];
    for (const [ask, name] of refused) {
      const failed = expect(ask()).rejects.toThrow(name);
      bed.peer.send(HsmsPacket.rejectReq((await bed.atPeer()).header, 4));
      await failed;
    }
    await bed.connection.dispose();
    await expect(bed.session.select()).rejects.toThrow('Select is not possible');
    await expect(bed.session.selected()).rejects.toMatchObject({
      code: 'HSMS_DISPOSED',
      message: 'the connection was disposed of: the session will not be selected',
    });
  });
});

it('sessions of one connection: the end of one fails no request of another (P-31)', async () => {
  const clock = new FakeClock();
  const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock });
  const general = new HsmsGeneralSession(connection);
  const [one, two] = [1, 2].map((id) => general.addSession(id));
  await connection.enable();
  const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
  peer.send(HsmsPacket.selectReq(10, 1), HsmsPacket.selectReq(11, 2));
  await peer.receives(2);
  peer.packets.length = 0;
  const [first, second] = [one, two].map((session) => session?.request(S(1, 1).w()));
  const failed = expect(first).rejects.toMatchObject({ code: 'HSMS_SESSION_ENDED' });
  await peer.receives(2);
  const asked = peer.packets.map(({ header }) => header).find(({ sessionId }) => sessionId === 2);
  peer.send(HsmsPacket.separateReq(12, 1), data(2, asked?.systemBytes ?? 0, { sessionId: 2 }));
  await failed;
  expect((await second)?.name).toBe('S1F2');
  const disposed = connection.dispose();
  peer.socket.destroy();
  await disposed;
  expect(clock.timers).toEqual([]);
});
