import { BodyError, defineEquipment, GemEquipment } from '../../../../src/gem';
import { JUDGING_ORDER } from '../../../../src/gem/equipment/messages/judge';
import { B, L, S, U4 } from '../../../../src/secs2';
import { etcher, type Bed } from '../bed';

describe('judging what the host sends', () => {
  let bed: Bed;
  afterEach(() => bed.down());

  it('G-26: judges in the order communication, control, stream, function, length, body', async () => {
    bed = await etcher();
    expect(JUDGING_ORDER).toEqual([
      'stream 9',
      'communication',
      'control',
      'stream',
      'function',
      'length',
      'body',
    ]);
  });

  it.each([
    ['an unknown stream', 'S64F1 W', 'S9F3', 'stream'],
    ['an unknown function', 'S1F99 W', 'S9F5', 'function'],
    ['a body of another form', 'S1F3 W <F4 1>', 'S9F7', 'body'],
    ['a list too long', 'S2F33 W <L <U4 1> <L> <L>>', 'S9F7', 'body'],
    ['a list too short', 'S2F37 W <L <BOOLEAN T>>', 'S9F7', 'body'],
    ['no body', 'S2F41 W', 'S9F7', 'body'],
    ['a body where none belongs', 'S1F17 W <U4 1>', 'S9F7', 'body'],
  ])('G-26, G-79: %s: %s gets %s', async (_what, message, error, rule) => {
    bed = await etcher();
    expect(await bed.outcome(message)).toBe(error);
    expect(bed.refused.at(-1)).toMatchObject({ rule, reply: error });
  });

  it('G-26: a body that cannot be decoded gets S9F7', async () => {
    bed = await etcher();
    const broken = S(2, 25, B(1, 2, 3)).w();
    Object.defineProperty(broken, 'encoded', { value: Buffer.of(0x21, 9, 1) });
    expect(await bed.outcome(broken)).toBe('S9F7');
  });

  it('G-79: S9F11 above a set length', async () => {
    bed = await etcher({ rules: { maxBodyBytes: 100 } });
    expect(await bed.outcome(S(2, 25).w(B(new Uint8Array(101))))).toBe('S9F11');
    expect(await bed.outcome('S2F25 W <B 1>')).toBe('S2F26 <B 0x01>');
  });

  it('G-79: S9F9 on its own T3', async () => {
    bed = await etcher({ t3: 5 });
    await bed.enableAll();
    bed.taken();
    bed.on('S6F11', () => 'silence');
    void bed.equipment.raise('DoorOpened');
    await bed.pass(6);
    expect(bed.taken('S9F9')).toHaveLength(1);
  });

  it('G-79: stream 9 of a host is neither answered nor carried out', async () => {
    bed = await etcher();
    await bed.host.send(S(9, 5, B(0, 0, 0x81, 1, 0, 0, 0, 0, 0, 1)));
    await bed.settle();
    expect(bed.taken()).toEqual([]);
  });

  it('G-5: a handler that throws gets SxF0, is reported, and changes nothing', async () => {
    bed = await etcher();
    bed.equipment.handle('S64F1', () => {
      throw new Error('broken');
    });
    bed.equipment.handle('S64F3', () => Promise.reject(new Error('broken later')));
    expect(await bed.outcome('S64F1 W')).toBe('aborted');
    expect(await bed.outcome('S64F3 W')).toBe('aborted');
    expect(bed.errors).toEqual(['handling S64F1: broken', 'handling S64F3: broken later']);
    expect(bed.refused).toMatchObject([
      { rule: 'handler', reply: 'S64F0' },
      { rule: 'handler', reply: 'S64F0' },
    ]);
  });

  it('G-5, T-12: a primary without W is carried out, and not answered', async () => {
    bed = await etcher();
    await bed.host.send(S(2, 33, L(U4(1), L(L(U4(1), L(U4(2001)))))));
    await bed.settle();
    expect(await bed.reply('S6F19 W <U4 1>')).toBe('<L <F8 5>>');
  });

  it('serves messages of the program itself, judged as all others', async () => {
    bed = await etcher();
    bed.equipment.handle('S64F1', ({ item }) => {
      if (item === undefined) throw new BodyError('S64F1 must have a body');
      return { item };
    });
    expect(await bed.outcome('S64F1 W <A "x">')).toBe('S64F2 <A "x">');
    expect(await bed.outcome('S64F1 W')).toBe('S9F7');
    expect(await bed.outcome('S64F5 W')).toBe('S9F5');
    await bed.ask('S1F15 W');
    expect(await bed.outcome('S64F1 W <A "x">')).toBe('aborted');
    expect(() => bed.equipment.handle('S64F2', () => ({}))).toThrow('name must be that of a primary message');
  });

  it('lets the session go when it is stopped: another equipment may take it', async () => {
    bed = await etcher();
    let completed = false;
    bed.equipment.transitions.subscribe({ complete: () => (completed = true) });
    bed.equipment.stop();
    expect(completed).toBe(true);
    const other = new GemEquipment(bed.session, defineEquipment({ model: 'OTHER', softwareRevision: '2' }));
    other.start();
    await bed.settle();
    expect(other.communicationState).toBe('COMMUNICATING');
    expect(await bed.reply('S1F1 W')).toBe('<L <A "OTHER"> <A "2">>');
    expect(bed.equipment.communicationState).toBe('DISABLED');
    other.stop();
  });

  it('refuses arguments that are none', async () => {
    bed = await etcher();
    const model = defineEquipment({ model: 'OTHER', softwareRevision: '2' });
    const make = (session: unknown, of: unknown, options?: unknown): unknown =>
      new GemEquipment(session as never, of as never, options as never);
    expect(() => make(undefined, model)).toThrow(
      'session must be a SecsSession, as HsmsSession, received undefined',
    );
    expect(() => make(bed.session, { model: 'X' })).toThrow(
      'model must be what defineEquipment gives, received an object',
    );
    expect(() => make(bed.session, model, { rules: { eventWindow: 0 } })).toThrow(
      'rules.eventWindow must be a whole number from 1, received 0',
    );
    expect(() => make(bed.session, model, { rules: { window: 1 } })).toThrow(
      'rules.window is no option of an equipment: there are',
    );
    expect(() => bed.equipment.provide('Recipe', 5 as never)).toThrow(
      'provider must be a function, received 5',
    );
    expect(() => bed.equipment.handle('S64F1', undefined as never)).toThrow('handler must be a function');
    expect(() => bed.equipment.commands.START.handle('x' as never)).toThrow('handler must be a function');
  });

  it('tells why each refusal was: rule, states, and what was answered', async () => {
    bed = await etcher();
    await bed.outcome('S64F1 W');
    expect(bed.refused).toEqual([
      {
        rule: 'stream',
        message: 'S64F1',
        reply: 'S9F3',
        why: 'nothing of stream 64 is known',
        communication: 'COMMUNICATING',
        control: 'REMOTE',
      },
    ]);
  });
});
