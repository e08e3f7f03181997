import { sendInGroups, type Repair } from '../../../../src/gem/host/setup/groups';

/** Sends 1..n in groups; `code` says what a group gets. */
async function send(
  n: number,
  size: number,
  code: (entries: readonly number[]) => number,
  repair: (code: number) => Repair = () => 'each',
): Promise<{ sent: string[]; refused: string[] }> {
  const sent: string[] = [];
  const refused: string[] = [];
  await sendInGroups(
    Array.from({ length: n }, (_, i) => i + 1),
    size,
    {
      send: (entries) => {
        sent.push(entries.join(' '));
        return Promise.resolve(code(entries));
      },
      repair,
      refused: (entry, why) => refused.push(`${entry}: ${why}`),
    },
  );
  return { sent, refused };
}

describe('groups of entries (G-113)', () => {
  it('sends them in order, so many at a time', async () => {
    expect(await send(5, 2, () => 0)).toEqual({ sent: ['1 2', '3 4', '5'], refused: [] });
    expect(await send(0, 2, () => 0)).toEqual({ sent: [], refused: [] });
  });

  it('takes a refused group apart, so that the bad entry costs itself', async () => {
    const { sent, refused } = await send(4, 4, (entries) => (entries.includes(3) ? 4 : 0));
    expect(sent).toEqual(['1 2 3 4', '1', '2', '3', '4']);
    expect(refused).toEqual(['3: 4']);
  });

  it('halves what is too much, down to one', async () => {
    const { sent, refused } = await send(
      5,
      5,
      (entries) => (entries.length > 2 ? 1 : 0),
      () => 'halve',
    );
    expect(sent).toEqual(['1 2 3 4 5', '1 2 3', '1 2', '3', '4 5']);
    expect(refused).toEqual([]);
  });

  it('sends a repaired group once more, and takes it apart after that', async () => {
    let times = 0;
    const once = await send(
      2,
      2,
      () => (times++ === 0 ? 3 : 0),
      () => 'again',
    );
    expect(once).toEqual({ sent: ['1 2', '1 2'], refused: [] });
    const forever = await send(
      2,
      2,
      () => 3,
      () => 'again',
    );
    expect(forever.sent).toEqual(['1 2', '1 2', '1', '1', '2', '2']);
    expect(forever.refused).toEqual(['1: 3', '2: 3']);
  });
});
