import { A, B, BOOLEAN, F4, L, S, U1, U2, U4, U8 } from '../../../src/secs2';
import { discover, type Discovery, type DiscoverOptions } from '../../../src/gem';
import { testNetwork, Tool } from './bed';
import { hostSession } from '../transport';

type Answer = Parameters<Tool['on']>[1];

const s1f2 = L(A('ODD'), A('1'));

/** What is found of a tool that answers so. */
async function found(
  answers: Readonly<Record<string, Answer>>,
  options: DiscoverOptions = {},
): Promise<{ found: Discovery; tool: Tool }> {
  const network = testNetwork();
  const tool = new Tool(network).on('S1F13', L(B(0), L(A('TOLD'), A('0')))).on('S1F1', s1f2);
  for (const [name, answer] of Object.entries(answers)) tool.on(name, answer);
  await tool.session.connection.enable();
  const session = hostSession(network.options);
  await session.connection.enable();
  await network.clock.settle();
  try {
    return { found: await network.clock.settled(discover(session, { pause: 0, ...options })), tool };
  } finally {
    await session.connection.dispose();
    await tool.session.connection.dispose();
  }
}

describe('discovery of odd tools (G-110, 4)', () => {
  it.each<[string, Answer, string | undefined, string[]]>([
    ['is malformed', A('ODD'), 'TOLD', []],
    ['is S9F5', () => undefined, 'TOLD', []],
    ['does not say', L(), 'TOLD', []],
    ['is S1F0', S(1, 0), 'TOLD', ['the tool is OFF-LINE (S1F0): it tells nothing until it is ON-LINE']],
  ])('the reply to S1F1 %s: it is who it has said', async (_name, answer, model, notes) => {
    const { found: one } = await found({ S1F1: answer });
    expect(one.profile.model).toBe(model);
    expect(one.notes.filter((note) => note.includes('OFF-LINE'))).toEqual(notes);
  });

  it('without establishing: a host does that already', async () => {
    const { tool } = await found({}, { establish: false, t3: 5, pause: 0.01 });
    expect(tool.received[0]?.name).toBe('S1F1');
  });

  it('notes how each message is not served, S1F0 as what may be served another time (T-8)', async () => {
    const { found: one } = await found(
      { S1F11: S(1, 0), S1F23: 'silence', S7F19: L(A('R1'), A('R2')) },
      { t3: 1 },
    );
    expect(one.notes).toEqual([
      'S1F11 is not served: aborted',
      'S1F21 is not served: S9F5',
      'S2F29 is not served: S9F5',
      'S1F23 is not served: t3',
      'S5F5 is not served: S9F5',
    ]);
    expect(one.profile.unsupported).toEqual(['S1F21', 'S2F29', 'S1F23', 'S5F5']);
    expect(one.recipes).toEqual(['R1', 'R2']);
  });

  it('learns that a tool wants a list in S5F5 (G-121); alarms without an ALID are none', async () => {
    const { found: one } = await found({
      S5F5: ({ item }) =>
        item?.format === 'L'
          ? L(L(B(0x81), U4(3), A('Hot')), L(B([]), U4([]), A('')), L(B([]), U4(4), A('')))
          : S(5, 0),
    });
    expect(one.profile.quirks).toEqual({ idLists: { S5F5: 'list' } });
    expect(one.profile.alarms).toMatchObject({ Hot: { id: 3, category: 1 } });
    expect(one.alarmsSet).toEqual([3]);
  });

  it('values: formats, arrays, lists; what is not there has none', async () => {
    const names = ['Text', 'Many', 'Flag', 'None', 'Nested', 'Bytes', 'Big'];
    const { found: one } = await found({
      S1F11: L(names.map((name, i) => L(U2(i + 1), A(name), A('')))),
      S1F3: L(A('x'), U1([1, 2]), BOOLEAN(true), L(), L(A('a'), L(U1(3))), B([1, 2]), U8(7)),
    });
    expect(one.profile.variables).toMatchObject({
      Text: { format: 'A' },
      Many: { format: 'U1', array: true },
      Flag: { format: 'BOOLEAN' },
      Nested: { format: 'L' },
      Bytes: { format: 'B' },
      Big: { format: 'U8' },
    });
    expect(one.profile.variables?.['None']).toEqual({ id: 4, class: 'SV' });
    expect(one.values).toEqual({
      ...{ Text: 'x', Many: [1, 2], Flag: true, Nested: ['a', [3]], Bytes: [1, 2], Big: 7n },
    });
    expect(one.profile.idFormats).toEqual({ VID: 'U2' });
  });

  it('constants: bounds of numbers and of text that is one; defaults that are plain', async () => {
    const { found: one } = await found({
      S2F29: L(
        L(U4(1), A('Speed'), F4(0), F4(9), F4(5), A('m/s')),
        L(U4(2), A('Count'), A('1'), A(' '), A('3'), A('')),
        L(U4(3), A('Mode'), A('a'), A('z'), A('m'), A('')),
        L(U4(4), A('Pair'), L(), L(), U1([1, 2]), A('')),
      ),
      S2F13: ({ item }) => ((item?.length ?? 0) > 1 ? S(2, 0) : L(U1(1))),
    });
    expect(one.profile.constants).toEqual({
      Speed: { id: 1, min: 0, max: 9, default: 5, units: 'm/s', format: 'U1' },
      Count: { id: 2, min: 1, default: '3', format: 'U1' },
      Mode: { id: 3, default: 'm', format: 'U1' },
      Pair: { id: 4, format: 'U1' },
    });
  });

  it('a variable that cannot be read is there without a format; one without an id is not', async () => {
    const { found: one } = await found({
      S1F11: L(L(U4(1), A('Good'), A('')), L(U4(2), A('Bad'), A('')), L(U4([]), A('Nameless'), A(''))),
      S1F3: ({ item }) => (item?.length === 1 && item.at(0).identical(U4(1)) ? L(A('x')) : S(1, 0)),
    });
    expect(one.profile.variables).toEqual({
      Good: { id: 1, class: 'SV', format: 'A' },
      Bad: { id: 2, class: 'SV' },
    });
    expect(one.notes).toContain('S1F3 is not served: aborted');
  });

  it('events name the values that are known', async () => {
    const { found: one } = await found({
      S1F11: L(L(U4(1), A('Known'), A(''))),
      S1F3: L(U1(1)),
      S1F23: L(L(U4(10), A('Started'), L(U4(1), U4(99))), L(A('E2'), A('Ended'), L())),
    });
    expect(one.profile.events).toEqual({ Started: { id: 10, values: ['Known'] }, Ended: { id: 'E2' } });
    expect(one.notes).toContain('CEID comes as U4, A: it is sent as U4');
  });

  it('ends with its signal, and with the link', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const stopped = found(
      { S1F11: () => (controller.abort(reason), 'silence') },
      { signal: controller.signal, onProgress: () => undefined },
    );
    await expect(stopped).rejects.toBe(reason);
    const network = testNetwork();
    const tool = new Tool(network).on('S1F13', L(B(0), L())).on('S1F1', 'silence');
    await tool.session.connection.enable();
    const session = hostSession(network.options);
    await session.connection.enable();
    await network.clock.settle();
    const lost = discover(session);
    const failed = expect(lost).rejects.toMatchObject({ outcome: 'closed' });
    await network.clock.settle();
    await session.connection.dispose();
    await failed;
    await tool.session.connection.dispose();
  });
});
