import type { Observable } from 'rxjs';
import {
  memoryLine,
  Secs1Connection,
  Secs1Packet,
  Secs1Session,
  type Secs1SessionOptions,
} from '../../../src/secs1/index.js';
import { A, B, L, S, U4 } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { SessionPair } from '../support.js';

const onMemory = (): Secs1Connection =>
  new Secs1Connection(memoryLine()[0], 1, null, { clock: new FakeClock() });

describe('the settings of a Secs1Session', () => {
  it('B-2: have their defaults, and change at once; of autoS9 what is left out stays', () => {
    const session = new Secs1Session(onMemory(), { t3: 20 });
    expect(session.settings).toEqual({ t3: 20, inquire: 'multiBlock', conversationTimeout: 120 });
    expect(session.autoS9.device).toBe(false);
    session.configure({ autoS9: true, inquire: { 7: 'always' } });
    session.configure({ autoS9: { t3: false }, conversationTimeout: 5 });
    expect(session.settings).toEqual({ t3: 20, inquire: { 7: 'always' }, conversationTimeout: 5 });
    expect(session.autoS9).toEqual({ device: true, stream: true, function: true, body: true, t3: false });
  });

  it.each<[name: string, options: object, text: RegExp]>([
    ['entity', { entity: 'equipment' }, /^options\.entity is 'equipment' and that of the connection 'host'/],
    ['a setting of the connection', { t4: 45 }, /t4.*belongs to the connection/],
    ['an option that there is not', { t33: 45 }, /t33/],
    ['t3', { t3: 0 }, /^t3 must be /],
    ['inquire', { inquire: 'sometimes' }, /^inquire must be /],
    ['a stream of inquire', { inquire: { 128: 'never' } }, /^a stream of inquire must be /],
    ['what inquire says of a stream', { inquire: { 7: 'no' } }, /^inquire\[7\] must be /],
    ['conversationTimeout', { conversationTimeout: '5' }, /^conversationTimeout must be .*the string "5"/],
    ['grant', { grant: true }, /^grant must be a function, 'auto' or false/],
    ['supports', { supports: 'yes' }, /^supports must be /],
    ['foreignSessionId', { foreignSessionId: 'drop' }, /^foreignSessionId must be /],
    ['autoS9', { autoS9: 'all' }, /^autoS9 must be true, false or an object/],
    ['a part of autoS9', { autoS9: { t3: 1 } }, /^autoS9\.t3 must be /],
  ])('B-2: refuse a wrong %s', (_, options, text) => {
    expect(() => new Secs1Session(onMemory(), options as Secs1SessionOptions)).toThrow(text);
  });

  it.each<[name: string, changes: unknown, text: RegExp]>([
    ['nothing', null, /^changes must be an object of settings/],
    ['what is fixed', { grant: 'auto' }, /grant.*is fixed once the session is constructed/],
    ['a wrong value', { t3: -1 }, /^t3 must be /],
  ])('B-2: configure() refuses %s, and changes nothing', (_, changes, text) => {
    const session = new Secs1Session(onMemory());
    const before = session.settings;
    expect(() => session.configure(changes as object)).toThrow(text);
    expect(session.settings).toEqual(before);
  });

  it('B-2: a connection has one session, made before it is up', async () => {
    const pair = await new SessionPair().up();
    expect(() => new Secs1Session(pair.host.connection)).toThrow(/the connection is up already/);
    const connection = onMemory();
    void new Secs1Session(connection);
    expect(() => new Secs1Session(connection)).toThrow(/has a session already/);
    expect(() => new Secs1Session({} as Secs1Connection)).toThrow(/^connection must be a Secs1Connection/);
    await pair.down();
  });
});

describe('Secs1Session without a line', () => {
  it('B-2: rejects what is to be sent at once', async () => {
    const { host } = new SessionPair();
    const failure = { code: 'SECS1_NOT_USABLE', outcome: 'unsent' };
    await expect(host.request(S(1, 1))).rejects.toMatchObject(failure);
    await expect(host.send(S(1, 1))).rejects.toMatchObject(failure);
    const packet = Secs1Packet.of({ rBit: false, sessionId: 1, systemBytes: 1 }, S(1, 1));
    await expect(host.connection.send(packet)).rejects.toMatchObject({ code: 'SECS1_NOT_CONNECTED' });
  });

  it('B-2: usable() waits for it, until the signal or dispose() ends that', async () => {
    const pair = new SessionPair();
    const { host } = pair;
    const controller = new AbortController();
    const aborted = host.usable({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await expect(host.usable({ signal: controller.signal })).rejects.toThrow('enough');
    const usable = host.usable();
    await pair.up();
    await usable;
    await host.usable();
    await pair.down();
    await expect(host.usable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });
});

describe('the end of a Secs1Session', () => {
  it('B-2: close() waits for what is open and refuses what is new', async () => {
    const pair = await new SessionPair().up();
    pair.equipment.primaries.subscribe((primary) => {
      pair.clock.setTimer('answer', 3, () => void primary.reply());
    });
    const asked = pair.host.request(S(1, 1));
    const closed = pair.host.close();
    await expect(pair.host.request(S(1, 1))).rejects.toThrow(/the session is being closed/);
    expect((await pair.clock.settled(asked)).name).toBe('S1F2');
    await pair.clock.settled(closed);
    expect(pair.host.connection.currentState).toBe('disabled');
    await pair.down();
  });

  it('B-2: close() waits no longer than it is told, and refuses a wrong time', async () => {
    const pair = await new SessionPair().up();
    await expect(pair.host.close({ within: -1 })).rejects.toThrow(/^within must be /);
    const asked = pair.host.request(S(1, 1)).catch((error: unknown) => error);
    await pair.clock.settle();
    await pair.clock.settled(pair.host.close({ within: 2 }));
    expect(await asked).toMatchObject({ outcome: 'closed' });
    await pair.down();
  });

  it('B-2: dispose() completes what it publishes', async () => {
    const pair = await new SessionPair().up();
    const completed: string[] = [];
    const { messages, primaries, warnings, ended, availability } = pair.host;
    const streams = { messages, primaries, warnings, ended, availability } as Readonly<
      Record<string, Observable<unknown>>
    >;
    for (const [name, stream] of Object.entries(streams)) {
      stream.subscribe({ complete: () => completed.push(name) });
    }
    const primary = pair.host.iteratePrimaries();
    await pair.clock.settled(pair.host[Symbol.asyncDispose]());
    expect(completed.sort()).toEqual(['availability', 'ended', 'messages', 'primaries', 'warnings']);
    expect((await primary.next()).done).toBe(true);
    await pair.down();
  });
});

describe('grants', () => {
  const long = A('x'.repeat(300));

  it.each([
    ['a code that refuses', B(1), 'code 1'],
    ['a list', L(), 'no code'],
    ['an empty item', B(), 'no code'],
  ])('B-46: %s keeps the message back', async (_, answer, told) => {
    const pair = await new SessionPair({ equipmentSession: { grant: false } }).up();
    const seen: string[] = [];
    pair.equipment.primaries.subscribe((primary) => {
      seen.push(primary.message.name);
      void primary.reply(answer);
    });
    const asked = pair.host.request(S(2, 33, L(U4(7), L(long))));
    await expect(pair.clock.settled(asked)).rejects.toThrow(`the peer answered S2F39 with ${told}`);
    expect(seen).toEqual(['S2F39']);
    await pair.down();
  });

  it.each([
    ['S6F9, whose DATAID comes second', S(6, 9, L(B(1), U4(9), U4(1), long)), 'S6F5', U4(9)],
    ['S2F23, which is no list of DATAID', S(2, 23, L(L(), U4(9), long)), 'S2F39', U4(0)],
    ['S7F3', S(7, 3, L(A('recipe'), B(Buffer.alloc(300)))), 'S7F1', A('recipe')],
    ['S7F23', S(7, 23, L(A('recipe'), long, A(''), L())), 'S7F1', A('recipe')],
  ])('B-46: asks before %s', async (_, message, inquire, id) => {
    const pair = await new SessionPair().up();
    const seen: string[] = [];
    pair.equipment.primaries.subscribe((primary) => {
      seen.push(primary.message.toString());
      void primary.reply(B(0));
    });
    await pair.clock.settled(pair.host.request(message));
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(
      S(Number(inquire[1]), Number(inquire.slice(3)), L(id, U4(message.body.length)))
        .w()
        .toString(),
    );
    await pair.down();
  });

  it('B-46: tells a function how much is announced, and refuses where that throws', async () => {
    const errors: unknown[] = [];
    const told: (number | undefined)[] = [];
    const pair = await new SessionPair({
      both: { onError: (error) => errors.push(error) },
      equipmentSession: {
        grant: ({ bytes }) => {
          told.push(bytes);
          throw new Error('mine');
        },
      },
    }).up();
    for (const item of [L(U4(7), U4(600)), U4(7), L(), L(U4(1), A('600')), L(U4(1), U4(1, 2))]) {
      const grant = await pair.clock.settled(pair.host.request(S(2, 39, item)));
      expect(grant.item?.bytes[0]).toBe(1);
    }
    expect(told).toEqual([600, undefined, undefined, undefined, undefined]);
    expect(errors.map(String)).toEqual(Array<string>(5).fill('Error: mine'));
    await pair.down();
  });

  it('B-46: refuses where the function gives what is no code', async () => {
    const errors: unknown[] = [];
    const pair = await new SessionPair({
      both: { onError: (error) => errors.push(error) },
      equipmentSession: { grant: () => 300 },
    }).up();
    const grant = await pair.clock.settled(pair.host.request(S(2, 39, L(U4(7), U4(600)))));
    expect(grant.item?.bytes[0]).toBe(1);
    expect(String(errors[0])).toMatch(/the code of a grant must be .*300/);
    await pair.down();
  });

  it('B-46: refuses by itself what is above maxMessageBytes', async () => {
    const pair = await new SessionPair({ equipment: { maxMessageBytes: 599 } }).up();
    const grant = await pair.clock.settled(pair.host.request(S(2, 39, L(U4(7), U4(600)))));
    expect(grant.item?.bytes[0]).toBe(2);
    await pair.down();
  });

  it('B-46: asks no second time for what the user has asked for himself, once for each grant', async () => {
    const pair = await new SessionPair().up();
    const seen: string[] = [];
    let code = 0;
    pair.equipment.primaries.subscribe((primary) => {
      seen.push(primary.message.name);
      void primary.reply(B(primary.message.function === 1 ? code : 0));
    });
    const recipe = (name: string) => S(7, 3, L(A(name), long));
    const inquire = (name: string) => S(7, 1, L(A(name), U4(300)));
    await pair.clock.settled(pair.host.request(inquire('X')));
    await pair.clock.settled(pair.host.request(recipe('Y')));
    expect(seen.splice(0)).toEqual(['S7F1', 'S7F1', 'S7F3']);
    await pair.clock.settled(pair.host.request(recipe('X')));
    await pair.clock.settled(pair.host.request(recipe('X')));
    expect(seen.splice(0)).toEqual(['S7F3', 'S7F1', 'S7F3']);
    code = 1;
    await pair.clock.settled(pair.host.request(inquire('X')));
    await expect(pair.clock.settled(pair.host.request(recipe('X')))).rejects.toThrow('with code 1');
    expect(seen).toEqual(['S7F1', 'S7F1']);
    await pair.down();
  });

  it('B-46: a grant is worth nothing on another line', async () => {
    const pair = await new SessionPair({ equipmentSession: { grant: () => 0 } }).up();
    await pair.clock.settled(pair.host.request(S(7, 1, L(A('X'), U4(300)))));
    await pair.host.connection.disable();
    await pair.up();
    const seen: string[] = [];
    pair.equipment.primaries.subscribe((primary) => seen.push(primary.message.name));
    void pair.host.request(S(7, 3, L(A('X'), long))).catch(() => undefined);
    await pair.clock.advanceAsync(1);
    expect(seen).toEqual(['S7F1', 'S7F3']);
    await pair.down();
  });

  it('B-46: leaves an inquire alone that the user has deferred', async () => {
    const pair = await new SessionPair().up();
    pair.equipment.primaries.subscribe((primary) => {
      primary.defer();
      expect(primary.deferred).toBe(true);
      pair.clock.setTimer('user', 9, () => void primary.reply(B(3)));
    });
    const grant = await pair.clock.settled(pair.host.request(S(2, 39, L(U4(7), U4(600)))));
    expect(grant.item?.bytes[0]).toBe(3);
    await pair.down();
  });

  it('B-46: wants no sequel where it has come, or where the line has closed', async () => {
    const pair = await new SessionPair({ equipmentSession: { grant: () => 0 } }).up();
    const seen: string[] = [];
    pair.host.messages.subscribe(({ message }) => seen.push(message.name));
    pair.equipment.primaries.subscribe((primary) => {
      if (!primary.replied && primary.message.function === 33) void primary.reply(B(0));
    });
    await pair.clock.settled(pair.host.request(S(2, 33, L(U4(7), L(long)))));
    await pair.clock.settled(pair.host.request(S(2, 39, L(U4(7), U4(600)))));
    expect(pair.clock.timers).toContain('conversation');
    await pair.host.connection.disable();
    await pair.clock.settle();
    expect(pair.clock.timers).toEqual([]);
    expect(seen).toEqual(['S2F40', 'S2F34', 'S2F40']);
    await pair.down();
  });
});
