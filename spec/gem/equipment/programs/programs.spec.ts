import { A, B, F4, L, U4, type Item } from '../../../../src/secs2';
import { etcher, type Bed } from '../bed';

const send = (id: string, body: string): string => `S7F3 W <L <A "${id}"> ${body}>`;

describe('process programs', () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await etcher();
    bed.taken();
  });
  afterEach(() => bed.down());

  it('G-70: inquire, send, request, list, delete', async () => {
    expect(await bed.reply('S7F1 W <L <A "OXIDE"> <U4 3>>')).toBe('<B 0x00>');
    expect(await bed.reply(send('OXIDE', '<B 1 2 3>'))).toBe('<B 0x00>');
    expect(await bed.reply(send('NITRIDE', '<A "steps">'))).toBe('<B 0x00>');
    expect(await bed.reply('S7F5 W <A "OXIDE">')).toBe('<L <A "OXIDE"> <B 0x01 0x02 0x03>>');
    expect(await bed.reply('S7F5 W <A "GONE">')).toBe('<L>');
    expect(await bed.reply('S7F19 W')).toBe('<L <A "OXIDE"> <A "NITRIDE">>');
    expect(await bed.reply('S7F17 W <L <A "OXIDE">>')).toBe('<B 0x00>');
    expect(await bed.reply('S7F19 W')).toBe('<L <A "NITRIDE">>');
    expect(await bed.reply('S7F17 W <L>')).toBe('<B 0x00>');
    expect(await bed.reply('S7F19 W')).toBe('<L>');
  });

  it.each<[string, Item]>([
    ['bytes', B(0, 255, 10)],
    ['text beyond ASCII', A(Buffer.of(0xff, 0, 65))],
    ['numbers', U4(1, 2, 4_000_000_000)],
    ['floats', F4(Number.NaN, 1.5)],
    ['nothing', B([])],
  ])('G-71: keeps %s byte for byte with its format', async (_what, content) => {
    const { S } = await import('../../../../src/secs2');
    await bed.ask(S(7, 3).w(L(A('X'), content)));
    const reply = await bed.ask('S7F5 W <A "X">');
    expect(reply.item?.at(1).identical(content)).toBe(true);
    expect(reply.item?.at(1).bytes).toEqual(content.bytes);
    expect(reply.item?.at(1).format).toBe(content.format);
  });

  it('G-70: ids that no program can have are of none', async () => {
    const long = 'x'.repeat(2000);
    expect(await bed.reply('S7F5 W <A "">')).toBe('<L>');
    expect(await bed.reply(`S7F5 W <A "${long}">`)).toBe('<L>');
    expect(await bed.reply('S7F17 W <L <A "">>')).toBe('<B 0x04>');
    expect(await bed.reply('S7F25 W <B>')).toBe('<L>');
    expect(await bed.reply('S7F41 W <A "">')).toBe('<B 0x04>');
    expect(await bed.reply('S13F3 W <L <U4 1> <A ""> <U4 0>>')).toMatch(/<B 0x02>/);
    expect(bed.errors).toEqual([]);
  });

  it('G-71: PPID is A or B, and neither equals the other', async () => {
    await bed.ask('S7F3 W <L <B 65> <B 1>>');
    expect(await bed.reply('S7F5 W <A "A">')).toBe('<L>');
    expect(await bed.reply('S7F5 W <B 65>')).toBe('<L <B 0x41> <B 0x01>>');
  });

  it.each([
    ['an empty PPID', send('', '<B 1>'), 4],
    ['a PPID too long', send('x'.repeat(81), '<B 1>'), 4],
  ])('G-70: %s is refused', async (_what, message, ackc7) => {
    expect(await bed.reply(message)).toBe(`<B 0x0${ackc7}>`);
    expect(await bed.reply('S7F19 W')).toBe('<L>');
    expect(await bed.outcome('S7F3 W <L <A "X"> <L <B 1>>>')).toBe('S9F7');
  });

  it('G-70: PPGNT 3 for a PPID, 2 for a length', async () => {
    expect(await bed.reply(`S7F1 W <L <A "${'x'.repeat(81)}"> <U4 3>>`)).toBe('<B 0x03>');
    expect(await bed.reply('S7F1 W <L <A "X"> <U8 2000000000>>')).toBe('<B 0x02>');
  });

  it('G-70, T-16: the application refuses with codes of its own, and nothing changes', async () => {
    await bed.down();
    bed = await etcher({
      checkPrograms: (action) =>
        action === 'load' ? 64 : action === 'delete' ? 6 : action === 'inquire' ? 4 : 0,
    });
    await bed.equipment.programs.write('X', B(1));
    expect(await bed.reply('S7F1 W <L <A "Y"> <U4 3>>')).toBe('<B 0x04>');
    expect(await bed.reply(send('X', '<B 2>'))).toBe('<B 0x40>');
    expect(await bed.reply('S7F17 W <L <A "X">>')).toBe('<B 0x06>');
    expect(await bed.reply('S7F5 W <A "X">')).toBe('<L <A "X"> <B 0x01>>');
  });

  it('G-70: deleting is all or nothing, and never the running one', async () => {
    for (const id of ['A', 'B']) await bed.ask(send(id, '<B 1>'));
    expect(await bed.reply('S7F17 W <L <A "A"> <A "GONE">>')).toBe('<B 0x04>');
    bed.equipment.programs.select('B');
    bed.equipment.process('start');
    expect(await bed.reply('S7F17 W <L <A "A"> <A "B">>')).toBe('<B 0x01>');
    expect(await bed.reply('S7F17 W <L>')).toBe('<B 0x01>');
    expect(await bed.reply('S7F19 W')).toBe('<L <A "A"> <A "B">>');
    bed.equipment.process('complete');
    expect(await bed.reply('S7F17 W <L>')).toBe('<B 0x00>');
  });

  it('G-74: every change is told, whoever made it; so is a selection', async () => {
    await bed.report(1, [1106, 1107], [10]);
    await bed.report(2, [1008], [11]);
    bed.taken();
    await bed.ask(send('X', '<B 1>'));
    await bed.equipment.programs.write('X', B(2));
    bed.equipment.programs.select('X');
    await bed.equipment.programs.delete('X');
    await bed.settle();
    expect(bed.taken()).toEqual([
      'S6F11 W <L <U4 0> <U4 10> <L <L <U4 1> <L <A "X"> <U1 1>>>>>',
      'S6F11 W <L <U4 0> <U4 10> <L <L <U4 1> <L <A "X"> <U1 2>>>>>',
      'S6F11 W <L <U4 0> <U4 11> <L <L <U4 2> <L <A "X">>>>>',
      'S6F11 W <L <U4 0> <U4 10> <L <L <U4 1> <L <A "X"> <U1 3>>>>>',
    ]);
    expect(() => bed.equipment.programs.select('GONE')).toThrow('there is no process program GONE');
  });

  it('G-92: programs survive power-off', async () => {
    await bed.ask(send('X', '<B 1>'));
    const { store } = bed;
    await bed.down();
    bed = await etcher({ store });
    expect(await bed.reply('S7F5 W <A "X">')).toBe('<L <A "X"> <B 0x01>>');
  });

  it('G-79: a granted S7F1 without S7F3 gets S9F13', async () => {
    await bed.ask('S7F1 W <L <A "X"> <U4 3>>');
    await bed.ask('S7F1 W <L <A "Y"> <U4 3>>');
    await bed.ask(send('Y', '<B 1>'));
    await bed.pass(46);
    expect(bed.taken('S9F13')).toEqual(['S9F13 <L <A "S7F3"> <A "X">>']);
  });

  it('G-70: the equipment sends and asks for programs too', async () => {
    await bed.equipment.programs.write('X', B(1, 2));
    bed.on('S7F1', () => B(0));
    bed.on('S7F3', () => B(0));
    await bed.clock.settled(bed.equipment.programs.send('X'));
    expect(bed.taken('S7F1', 'S7F3')).toEqual([
      'S7F1 W <L <A "X"> <U4 2>>',
      'S7F3 W <L <A "X"> <B 0x01 0x02>>',
    ]);
    bed.on('S7F5', () => L(A('Y'), A('text')));
    await bed.clock.settled(bed.equipment.programs.request('Y'));
    expect(String(await bed.equipment.programs.read('Y'))).toBe('<A[4] "text">');
    bed.on('S7F5', () => L());
    await expect(bed.clock.settled(bed.equipment.programs.request('Z'))).rejects.toThrow(
      'the host has no process program Z',
    );
    bed.on('S7F1', () => B(1));
    await expect(bed.clock.settled(bed.equipment.programs.send('X'))).rejects.toThrow('S7F1 with PPGNT 1');
    await bed.ask('S1F15 W');
    await expect(bed.equipment.programs.send('X')).rejects.toThrow('must be communicating and ON-LINE');
  });
});

describe('formatted process programs', () => {
  const formatted = (commands: string, model = 'ETCHER', revision = '1.0'): string =>
    `S7F23 W <L <A "F"> <A "${model}"> <A "${revision}"> <L ${commands}>>`;
  const etch = '<L <A "ETCH"> <L <U2 30>>>';

  let bed: Bed;
  beforeEach(async () => {
    bed = await etcher();
    bed.taken();
  });
  afterEach(() => bed.down());

  it('G-72: accepted, given back as it came, and verified by S7F27', async () => {
    expect(await bed.reply(formatted(etch))).toBe('<B 0x00>');
    await bed.settle();
    expect(bed.taken()).toEqual(['S7F27 W <L <A "F"> <L>>']);
    expect(await bed.reply('S7F25 W <A "F">')).toBe(
      '<L <A "F"> <A "ETCHER"> <A "1.0"> <L <L <A "ETCH"> <L <U2 30>>>>>',
    );
    expect(await bed.reply('S7F25 W <A "GONE">')).toBe('<L>');
    expect(await bed.reply('S7F5 W <A "F">')).toBe('<L>');
    expect(String(await bed.equipment.programs.read('F'))).toMatch(/ETCH/);
  });

  it.each([
    ['another model', formatted(etch, 'OTHER'), '<U1 1> <U4 0> <A "made for OTHER">'],
    ['another revision', formatted(etch, 'ETCHER', '2'), '<U1 2> <U4 0> <A "made for revision 2">'],
    [
      'an unknown command',
      formatted(`${etch} <L <A "BAKE"> <L>>`),
      '<U1 3> <U4 2> <A "there is no command BAKE">',
    ],
    ['too few parameters', formatted('<L <A "ETCH"> <L>>'), '<U1 4> <U4 1> <A "ETCH has 1 parameters">'],
    [
      'a parameter of another format',
      formatted('<L <A "ETCH"> <L <A "30">>>'),
      '<U1 4> <U4 1> <A "seconds has format U2">',
    ],
  ])('G-72: %s is found by the check', async (_what, message, fault) => {
    expect(await bed.reply(message)).toBe('<B 0x00>');
    await bed.settle();
    expect(bed.taken()).toEqual([`S7F27 W <L <A "F"> <L <L ${fault}>>>`]);
  });

  it('G-72: the application checks too', async () => {
    await bed.down();
    bed = await etcher({ verifyProgram: () => [{ code: 5, command: 1, text: 'too hot' }] });
    bed.taken();
    await bed.ask(formatted(etch));
    await bed.settle();
    expect(bed.taken()).toEqual(['S7F27 W <L <A "F"> <L <L <U1 5> <U4 1> <A "too hot">>>>']);
    expect(await bed.equipment.read('PPError')).toBe('too hot');
  });

  it('G-72: asks by S7F29 above a length; refused, the verdict is not sent', async () => {
    await bed.down();
    bed = await etcher({ rules: { inquireAbove: 10 } });
    bed.on('S7F29', () => B(0));
    bed.taken();
    await bed.ask(formatted('<L <A "BAKE"> <L>>'));
    await bed.settle();
    const verdict = 'S7F27 W <L <A "F"> <L <L <U1 3> <U4 1> <A "there is no command BAKE">>>>';
    expect(bed.taken()).toEqual(['S7F29 W <U4 44>', verdict]);
    bed.on('S7F29', () => B(5));
    await bed.ask(formatted('<L <A "BAKE"> <L>>'));
    await bed.settle();
    expect(bed.taken()).toEqual(['S7F29 W <U4 44>']);
  });

  it('G-71, G-72: a PPID of bytes above ASCII goes back as it came', async () => {
    const id = '<A 0x00 0xFF>';
    expect(await bed.reply(formatted('<L <A "BAKE"> <L>>').replace('<A "F">', id))).toBe('<B 0x00>');
    await bed.settle();
    expect(bed.taken()).toEqual([`S7F27 W <L ${id} <L <L <U1 3> <U4 1> <A "there is no command BAKE">>>>`]);
    expect(await bed.reply('S7F19 W')).toBe(`<L ${id}>`);
    expect(bed.errors).toEqual([]);
  });

  it('G-72: a body of another form gets S9F7', async () => {
    expect(await bed.outcome('S7F23 W <L <A "F"> <A ""> <A ""> <L <L <F4 1> <L>>>>')).toBe('S9F7');
    expect(await bed.reply('S7F19 W')).toBe('<L>');
  });
});

describe('large process programs', () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await etcher();
    bed.taken();
  });
  afterEach(() => bed.down());

  it('G-73: the host reads one by stream 13, in pieces', async () => {
    await bed.equipment.programs.write('BIG', B(1, 2, 3, 4, 5));
    expect(await bed.reply('S7F41 W <A "BIG">')).toBe('<B 0x00>');
    expect(await bed.reply('S7F41 W <A "GONE">')).toBe('<B 0x04>');
    expect(await bed.reply('S13F3 W <L <U4 9> <A "BIG"> <U4 1>>')).toBe(
      '<L <U4 9> <A "BIG"> <B 0x00> <U4 0> <U4 0>>',
    );
    expect(await bed.reply('S13F5 W <L <U4 9> <U4 3>>')).toBe(
      '<L <U4 9> <B 0x00> <U4 4> <L <B 0x02 0x03 0x04>>>',
    );
    expect(await bed.reply('S13F5 W <L <U4 9> <U4 3>>')).toBe('<L <U4 9> <B 0x08> <U4 5> <L <B 0x05>>>');
    expect(await bed.reply('S13F7 W <L <U4 9>>')).toBe('<L <U4 9> <B 0x00>>');
    expect(await bed.reply('S13F7 W <U4 9>')).toBe('<L <U4 9> <B 0x06>>');
    expect(await bed.reply('S13F5 W <L <U4 9> <U4 3>>')).toBe('<L <U4 9> <B 0x06> <U4 0> <L>>');
  });

  it('G-73: a handle in use, no such data set, a checkpoint beyond the end; S13F9 and a lost link close all', async () => {
    await bed.equipment.programs.write('BIG', B(1));
    const open = (handle: number, name = 'BIG', at = 0): Promise<string> =>
      bed
        .reply(`S13F3 W <L <U4 ${handle}> <A "${name}"> <U4 ${at}>>`)
        .then((line) => /<B 0x0(\d)>/.exec(line)?.[1] ?? line);
    expect([await open(1), await open(1), await open(2, 'GONE'), await open(2, 'BIG', 2)]).toEqual([
      '0',
      '9',
      '2',
      '3',
    ]);
    expect(await bed.reply('S13F9 W')).toBe('');
    expect(await open(1)).toBe('0');
    await bed.cut();
    await bed.heal();
    expect(await open(1)).toBe('0');
  });

  it('G-73: fetches one that the host has announced', async () => {
    const pieces = [B(1, 2), B(3)];
    bed.on('S13F3', (message) => L(message.item?.at(0) ?? L(), A('BIG'), B(0), U4(0), U4(0)));
    bed.on('S13F5', (message) => {
      const piece = pieces.shift();
      return L(
        message.item?.at(0) ?? L(),
        B(pieces.length === 0 ? 8 : 0),
        U4(0),
        piece === undefined ? L() : L(piece),
      );
    });
    bed.on('S13F7', (message) => L(message.item?.at(0) ?? L(), B(0)));
    expect(await bed.reply('S7F37 W <A "BIG">')).toBe('<B 0x00>');
    await bed.settle();
    expect(await bed.reply('S7F5 W <A "BIG">')).toBe('<L <A "BIG"> <B 0x01 0x02 0x03>>');
    expect(bed.taken('S13F7')).toHaveLength(1);
    expect(bed.errors).toEqual([]);
  });

  it('G-73: what cannot be fetched is reported, and nothing is stored', async () => {
    bed.on('S13F3', (message) => L(message.item?.at(0) ?? L(), A('BIG'), B(2), U4(0), U4(0)));
    await bed.ask('S7F37 W <A "BIG">');
    await bed.settle();
    expect(bed.errors).toEqual(['fetching data set BIG: the host answered S13F3 with ACKC13 2']);
    expect(await bed.reply('S7F19 W')).toBe('<L>');
  });
});
