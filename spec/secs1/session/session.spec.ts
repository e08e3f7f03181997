import { A, B, L, S, U1, U4, type SecsMessage } from '../../../src/secs2/index.js';
import { SessionPair } from '../support.js';

describe('Secs1Session', () => {
  it('B-2: carries a request and its reply, both ways', async () => {
    const pair = await new SessionPair().up();
    pair.equipment.primaries.subscribe((primary) => void primary.reply(S(1, 2, L(A('model'), A('1.0')))));
    pair.host.primaries.subscribe((primary) => void primary.reply(B(0)));
    const reply = await pair.clock.settled(pair.host.request(S(1, 1)));
    expect(reply.toString()).toContain('model');
    expect(
      (await pair.clock.settled(pair.equipment.request(S(5, 1, L(B(1), U4(7), A('hot')))))).item?.bytes[0],
    ).toBe(0);
    expect(pair.notices).toEqual([]);
    await pair.down();
    expect(pair.clock.timers).toEqual([]);
  });

  it('B-24: carries requests that both sides make at once', async () => {
    const pair = await new SessionPair().up();
    pair.equipment.primaries.subscribe((primary) => void primary.reply());
    pair.host.primaries.subscribe((primary) => void primary.reply());
    const asked = Array.from({ length: 20 }, () => [
      pair.host.request(S(1, 1)),
      pair.equipment.request(S(1, 1)),
    ]);
    const replies = await pair.clock.settled(Promise.all(asked.flat()));
    expect(replies.map(({ function: fn }) => fn)).toEqual(Array<number>(40).fill(2));
    expect(pair.equipment.connection.counters.contentions).toBeGreaterThan(0);
    expect(pair.host.connection.counters.messagesFailed).toBe(0);
    await pair.down();
  });

  it('B-12: carries a message of a megabyte', async () => {
    const pair = await new SessionPair({ hostSession: { inquire: 'never' } }).up();
    let got: SecsMessage | undefined;
    pair.equipment.primaries.subscribe((primary) => {
      got = primary.message;
      void primary.reply(B(0));
    });
    const body = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => i % 253));
    await pair.clock.settled(pair.host.request(S(7, 3, L(A('recipe'), B(body)))));
    const item = got?.item;
    expect(item?.format === 'L' && Buffer.from(item.items[1]?.bytes ?? []).equals(body)).toBe(true);
    await pair.down();
  });
  void U1;
});
