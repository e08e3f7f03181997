import {
  describeSessionEnd,
  HsmsError,
  HsmsPacket,
  outcomeOf,
  SecsError,
  type Availability,
  type SecsPrimary,
  type SecsSession,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { data, SessionBed } from '../../support/session-bed.js';
import { until } from '../../support/until.js';

/** A primary whose body is no item. */
const broken = (systemBytes: number): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 3, systemBytes }, Buffer.from([0x41, 9]));

const name = ({ header }: HsmsPacket): string => `S${header.stream}F${header.function}`;

describe('HsmsSession as a SecsSession', () => {
  let bed: SessionBed;
  const primaries: SecsPrimary[] = [];
  const open = async (options = {}): Promise<SecsSession> => {
    bed = new SessionBed(options);
    primaries.length = 0;
    bed.session.primaries.subscribe((primary) => primaries.push(primary));
    await bed.select();
    return bed.session;
  };
  afterEach(() => bed.close());

  it('says what it can be used for, a late subscriber the current state first', async () => {
    bed = new SessionBed();
    const session: SecsSession = bed.session;
    const seen: Availability[] = [];
    session.availability.subscribe((availability) => seen.push(availability));
    expect(session.currentAvailability).toBe('down');
    const usable = session.usable();
    await bed.select();
    await usable;
    expect(session.currentAvailability).toBe('usable');
    const late: Availability[] = [];
    session.availability.subscribe((availability) => late.push(availability));
    bed.peer.socket.end();
    await until('the end', () => session.currentAvailability === 'down');
    expect({ seen, late }).toEqual({
      seen: ['down', 'connected', 'usable', 'down'],
      late: ['usable', 'down'],
    });
    expect(bed.ended.map(describeSessionEnd)).toEqual(['closed by the peer']);
    expect(session).toMatchObject({ protocol: 'hsms', entity: 'host', sessionId: 0 });
  });

  it('reports errors of stream 9 kind by kind, as configured at run time (P-46)', async () => {
    const session = await open({ entity: 'equipment', supports: () => 'noStream' });
    bed.peer.send(data(1, 1));
    expect(name(await bed.atPeer())).toBe('S9F3');
    session.configure({ autoS9: { stream: false, t3: false } });
    expect(session.autoS9).toEqual({ device: true, stream: false, function: true, body: true, t3: false });
    bed.peer.send(data(1, 2), broken(3), data(1, 4, { sessionId: 9 }));
    expect([name(await bed.atPeer()), name(await bed.atPeer())]).toEqual(['S9F7', 'S9F1']);
    expect(primaries.map(({ header }) => header.systemBytes)).toEqual([2]);
    session.configure({ autoS9: false });
    bed.peer.send(broken(5), data(1, 6, { sessionId: 9 }));
    await until('both', () => primaries.length === 3);
    session.configure({ autoS9: true });
    bed.peer.send(data(1, 7));
    expect(name(await bed.atPeer())).toBe('S9F3');
  });

  it('leaves S9F9 to others where that is configured', async () => {
    const session = await open({ entity: 'equipment', t3: 1, autoS9: { t3: false } });
    const asked = session.request(S(1, 1).w());
    await bed.atPeer();
    bed.clock.advance(1);
    await expect(asked).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT', outcome: 't3' });
    await session.reportError(9, data(1, 77).header);
    const report = await bed.atPeer();
    expect(name(report)).toBe('S9F9');
    expect(report.body.subarray(2)).toEqual(data(1, 77).header.toBytes());
    await expect(session.reportError(13 as 11, data(1, 1).header)).rejects.toThrow(
      'the function of stream 9 must be 1, 3, 5, 7, 9 or 11, received 13',
    );
  });

  it('tells by an outcome how a request failed, whatever the code', async () => {
    const session = await open();
    const controller = new AbortController();
    const failures = [
      session.request(S(1, 1).w(), { signal: controller.signal }),
      session.request(S(1, 3).w()),
    ].map((asked) => asked.catch((error: unknown) => error));
    const [, second] = [await bed.atPeer(), await bed.atPeer()];
    controller.abort(new Error('enough'));
    bed.peer.send(data(0, second?.header.systemBytes ?? 0));
    const errors = await Promise.all(failures);
    expect(errors.map(outcomeOf)).toEqual(['cancelled', 'aborted']);
    expect(errors[1]).toBeInstanceOf(SecsError);
    expect(errors[1]).not.toBeInstanceOf(HsmsError);
    bed.peer.socket.end();
    await until('the end', () => session.currentAvailability === 'down');
    const late = await session.request(S(1, 1).w()).catch((error: unknown) => error);
    expect([outcomeOf(late), outcomeOf(new HsmsError('HSMS_QUEUE_FULL', 'x'))]).toEqual(['unsent', 'unsent']);
  });

  it('closes after `within` seconds whatever is open; a later call may shorten that', async () => {
    const session = await open({ t3: 100 });
    const asked = session.request(S(1, 1).w()).catch((error: unknown) => error);
    await bed.atPeer();
    const closing = session.close({ within: 50 });
    expect(session.close({ within: 2 })).toBe(closing);
    bed.clock.advance(1.9);
    await expect(session.request(S(1, 3).w())).rejects.toMatchObject({ code: 'HSMS_NOT_SELECTED' });
    expect(session.currentAvailability).toBe('usable');
    bed.clock.advance(0.1);
    // Separate.req: this side ends it, with the request still open.
    expect((await bed.atPeer()).header.sType).toBe(9);
    bed.peer.socket.end();
    await closing;
    expect(outcomeOf(await asked)).toBe('closed');
    expect(bed.clock.timers).not.toContain('drain');
    await expect(session.close({ within: -1 })).rejects.toThrow(
      'within must be a number of seconds from 0, received -1',
    );
  });

  it('does not wait when nothing is open, and stops its timer with the last reply', async () => {
    const session = await open();
    const asked = session.request(S(1, 1).w());
    const { header } = await bed.atPeer();
    const closing = session.close({ within: 5 });
    bed.peer.send(data(2, header.systemBytes));
    await asked;
    await until('no timer', () => !bed.clock.timers.includes('drain'));
    bed.peer.socket.end();
    await closing;
  });
});
