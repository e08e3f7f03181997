import { A, B, L, S, U1, U2, U4, type Item } from '../../../../src/secs2';
import { oneLine, scripted, type Tool } from '../bed';

type Answer = Parameters<Tool['on']>[1];
type Bed = Awaited<ReturnType<typeof scripted>>;

async function withTool(
  answers: Readonly<Record<string, Answer>>,
  run: (bed: Bed) => Promise<void>,
): Promise<void> {
  const bed = await scripted({}, (tool) =>
    Object.entries(answers).forEach(([name, answer]) => tool.on(name, answer)),
  );
  bed.tool.taken();
  await run(bed);
  await bed.side.down();
  await bed.tool.session.connection.dispose();
}

/** What the host answers a primary of stream 13. */
const ask = ({ tool, side }: Bed, fn: number, item?: Item): Promise<string> =>
  side.network.clock
    .settled(tool.session.request(item === undefined ? S(13, fn).w() : S(13, fn).w(item)))
    .then(
      (reply) => oneLine(reply.item),
      (error: { outcome: string }) => error.outcome,
    );

describe('recipes of a tool that has its own way (G-118)', () => {
  it('a name may be bytes, a body text; codes and formats come as they are', () =>
    withTool(
      { S7F1: B(3), S7F3: B(2), S7F5: L(A('X'), U2(7)), S7F17: B(0), S7F19: L(A('X'), B([0x41, 0xff])) },
      async ({ side, tool }) => {
        const { clock } = side.network;
        const { recipes } = side.host;
        const name = Uint8Array.of(1, 2);
        expect(await clock.settled(recipes.download(name, 'text'))).toMatchObject({ ok: false, code: 2 });
        expect(await clock.settled(recipes.download('X', L(U1(1)), { inquire: true, t3: 5 }))).toMatchObject({
          code: 3,
        });
        expect(oneLine(await clock.settled(recipes.upload(name, { t3: 5 })))).toBe('<U2 7>');
        expect(await clock.settled(recipes.deleteAll())).toMatchObject({ ok: true });
        expect(await clock.settled(recipes.list())).toEqual(['X', 'A\xff']);
        expect(tool.taken()).toEqual([
          'S7F3 <L <B 0x01 0x02> <A "text">>',
          'S7F1 <L <A "X"> <U4 5>>',
          'S7F5 <B 0x01 0x02>',
          'S7F17 <L>',
          'S7F19',
        ]);
        await expect(recipes.upload(7 as never)).rejects.toThrow('name must be text or bytes, received 7');
        await expect(recipes.download('X', 7 as never)).rejects.toThrow(
          'body must be an item, bytes or text',
        );
      },
    ));

  it('what it does not give is undefined', () =>
    withTool({ S7F5: A('no'), S7F25: L(), S1F3: L(L()) }, async ({ side }) => {
      const { clock } = side.network;
      expect(await clock.settled(side.host.recipes.upload('X'))).toBeUndefined();
      expect(await clock.settled(side.host.recipes.uploadFormatted('X'))).toBeUndefined();
      expect(await clock.settled(side.host.recipes.current())).toBeUndefined();
    }));

  it('formatted ones are for the tool that is there, or for the one that is named', () =>
    withTool({ S7F23: B(0), S1F3: L(A('ETCH-7')) }, async ({ side, tool }) => {
      const { clock } = side.network;
      const commands = [{ code: 5, parameters: [] }];
      await clock.settled(side.host.recipes.downloadFormatted('X', { commands }));
      const other = { model: 'M', softwareRevision: '9', commands };
      await clock.settled(side.host.recipes.downloadFormatted('X', other, { t3: 5 }));
      expect(tool.taken()).toEqual([
        expect.stringContaining('S7F23 <L <A "X"> <A "ETCHER"> <A "1.0"> '),
        expect.stringContaining('S7F23 <L <A "X"> <A "M"> <A "9"> '),
      ]);
      expect(await clock.settled(side.host.recipes.current())).toBe('ETCH-7');
    }));
});

describe('uploads by data set (G-73)', () => {
  const read = async (bed: Bed, options = {}): Promise<number[]> => {
    const bytes: number[] = [];
    const all = (async () => {
      for await (const piece of bed.side.host.recipes.uploadStream('X', options)) bytes.push(...piece);
    })();
    await bed.side.network.clock.settled(all);
    return bytes;
  };
  const opened = L(U4(1), A('X'), B(0), U4(0), U4(10));

  it.each<[string, Readonly<Record<string, Answer>>, string]>([
    ['S7F42', { S7F41: B(4) }, 'the tool answered S7F41 with ACKC7 4'],
    [
      'S13F4',
      { S7F41: B(0), S13F3: L(U4(1), A('X'), B(3), U4(0), U4(0)) },
      'the tool answered S13F3 with ACKC13 3',
    ],
    [
      'S13F6',
      { S7F41: B(0), S13F3: opened, S13F5: L(U4(1), B(2), U4(0), L()) },
      'answered S13F5 with ACKC13 2',
    ],
  ])('that %s refuses', (_name, answers, text) =>
    withTool({ ...answers, S13F7: L(U4(1), B(0)) }, (bed) => expect(read(bed)).rejects.toThrow(text)),
  );

  it('end with the end of the data, or where nothing more comes; the close may fail', async () => {
    const piece = (code: number, ...items: Item[]): Item => L(U4(1), B(code), U4(0), L(items));
    const replies = [piece(0, B([1, 2]), U1([3])), piece(0)];
    await withTool({ S7F41: B(0), S13F3: opened, S13F5: () => replies.shift() }, async (bed) => {
      const onProgress = jest.fn();
      expect(await read(bed, { onProgress })).toEqual([1, 2, 3]);
      expect(onProgress.mock.calls).toEqual([[3], [3]]);
      expect(bed.tool.taken('S13F7')).toHaveLength(1);
    });
  });
});

describe('downloads by data set (G-73)', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const open = (name: string, checkpoint = 0): Item => L(U4(5), A(name), U4(checkpoint));

  it('are served piece by piece, to their end', () =>
    withTool({ S7F37: B(0) }, async (bed) => {
      const sent = bed.side.host.recipes.downloadStream('X', [bytes(1, 2, 3), bytes(4)], { pieceBytes: 3 });
      await bed.side.network.clock.settle();
      await expect(bed.side.host.recipes.downloadStream('X', [])).rejects.toThrow('X is being sent already');
      expect(await ask(bed, 3, open('Y'))).toMatch(/<B 0x0[1-9]>/);
      expect(await ask(bed, 3, L(U4(5), U4(7), U4(0)))).toMatch(/<B 0x0[1-9]>/);
      expect(await ask(bed, 5, L(U4(5), U4(2)))).toMatch(/^<L <U4 5> <B 0x0[1-9]> <U4 0> <L>>$/);
      expect(await ask(bed, 3, open('X', 9))).toMatch(/<B 0x0[1-9]>/);
      expect(await ask(bed, 3, open('X'))).toBe('<L <U4 5> <A "X"> <B 0x00> <U4 0> <U4 0>>');
      expect(await ask(bed, 5, L(U4(6), U4(2)))).toMatch(/<B 0x0[1-9]> <U4 0> <L>>$/);
      expect(await ask(bed, 5, L(U4(5), U4(2)))).toBe('<L <U4 5> <B 0x00> <U4 2> <L <B 0x01 0x02>>>');
      expect(await ask(bed, 5, L(U4(5)))).toMatch(/<U4 4> <L <B 0x03 0x04>>>$/);
      expect(await ask(bed, 5, L(U4(5), U4(0)))).toMatch(/<U4 4> <L>>$/);
      expect(await ask(bed, 7, L(U4(9)))).toMatch(/^<L <U4 9> <B 0x0[1-9]>>$/);
      expect(await ask(bed, 7, L())).toMatch(/^<L <U4 0> <B 0x0[1-9]>>$/);
      expect(await ask(bed, 7, L(U4(5)))).toBe('<L <U4 5> <B 0x00>>');
      expect(await bed.side.network.clock.settled(sent)).toMatchObject({ ok: true });
      for (const fn of [3, 5, 7]) expect(await ask(bed, fn, A('X'))).toBe('aborted');
      expect(await ask(bed, 5, L())).toMatch(/^<L <U4 0> <B/);
      expect(await ask(bed, 3, L())).toMatch(/^<L <U4 0> <A ""> <B/);
    }));

  it('that the tool refuses, closes early or forgets, say so', () =>
    withTool({ S7F37: B(0) }, async (bed) => {
      const { side, tool } = bed;
      const { recipes } = side.host;
      const { clock } = side.network;
      tool.on('S7F37', B(5));
      expect(await clock.settled(recipes.downloadStream('X', [bytes(1)]))).toMatchObject({
        ok: false,
        code: 5,
      });
      tool.on('S7F37', B(0));
      const early = recipes.downloadStream('X', [bytes(1, 2)]);
      early.catch(() => undefined);
      await clock.settle();
      await ask(bed, 3, open('X'));
      await ask(bed, 5, L(U4(5), U4(1)));
      await ask(bed, 7, L(U4(5)));
      await expect(early).rejects.toThrow('the tool closed X after 1 bytes, before its end');
      const forgotten = recipes.downloadStream('X', [bytes(1, 2)], { idleTimeout: 10 });
      const failed = expect(forgotten).rejects.toThrow('nothing came for 10 s after 0 bytes');
      await clock.advanceAsync(11);
      await failed;
      await expect(recipes.downloadStream('X', [], { pieceBytes: 0 })).rejects.toThrow(
        'pieceBytes must be a whole number from 1 to 8388608, received 0',
      );
    }));

  it('of a source that gives no bytes are aborted, and end at once', () =>
    withTool({ S7F37: B(0) }, async (bed) => {
      const sent = bed.side.host.recipes.downloadStream('X', ['text'] as never);
      const failed = expect(sent).rejects.toThrow('source must give pieces of bytes (Uint8Array)');
      await bed.side.network.clock.settle();
      await ask(bed, 3, open('X'));
      expect(await ask(bed, 5, L(U4(5), U4(1)))).toBe('aborted');
      await failed;
      expect(bed.side.errors[0]).toContain('the handler of S13F5: ');
    }));
});
