import { A, B, L, S, U4, type SecsMessage } from '../../../src/secs2/index.js';
import { Secs1Packet } from '../../../src/secs1/index.js';
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

  it('B-46: asks for a grant before a message of several blocks, and sends it once that is given', async () => {
    const pair = await new SessionPair().up();
    const got: string[] = [];
    pair.equipment.primaries.subscribe((primary) => {
      got.push(primary.message.name);
      void primary.reply(B(0));
    });
    const recipe = S(7, 3, L(A('recipe'), B(Buffer.alloc(500))));
    await pair.clock.settled(pair.host.request(recipe));
    await pair.clock.settled(pair.host.request(S(7, 3, L(A('recipe'), B(1)))));
    expect(got).toEqual(['S7F1', 'S7F3', 'S7F3']);
    pair.host.configure({ inquire: { 7: 'never' } });
    await pair.clock.settled(pair.host.request(recipe));
    expect(got.slice(3)).toEqual(['S7F3']);
    await pair.down();
  });

  it('B-46: fails the request where the grant is refused, and sends nothing', async () => {
    const pair = await new SessionPair({ equipmentSession: { grant: () => 2 } }).up();
    const asked = pair.host.request(S(2, 33, L(U4(7), L(A('x'.repeat(300))))));
    await expect(pair.clock.settled(asked)).rejects.toMatchObject({
      ...{ code: 'SECS1_GRANT_REFUSED', outcome: 'unsent', grant: 2 },
      message: 'S2F33 was not sent: the peer answered S2F39 with code 2, where 0 permits',
    });
    await pair.down();
  });

  it('B-46: grants by itself what nobody answers, and reports a sequel that does not come by S9F13', async () => {
    const pair = await new SessionPair().up();
    const seen: string[] = [];
    pair.host.messages.subscribe(({ message }) => seen.push(message.name));
    const grant = await pair.clock.settled(pair.host.request(S(2, 39, L(U4(7), U4(600)))));
    expect(grant.item?.bytes[0]).toBe(0);
    await pair.clock.advanceAsync(119);
    expect(seen).toEqual(['S2F40']);
    await pair.clock.advanceAsync(2);
    expect(seen).toEqual(['S2F40', 'S9F13']);
    await pair.down();
  });

  it('B-43: lets an equipment answer a foreign device by S9F1, and a host deliver it with a warning', async () => {
    const pair = await new SessionPair().up();
    const warnings: string[] = [];
    const got: string[] = [];
    pair.host.warnings.subscribe(({ kind }) => warnings.push(kind));
    pair.host.messages.subscribe(({ message }) => got.push(message.name));
    const fields = { sessionId: 9, systemBytes: 77 };
    void pair.host.connection.send(Secs1Packet.of({ ...fields, rBit: false }, S(1, 1)));
    await pair.clock.advanceAsync(1);
    expect(got).toEqual(['S9F1']);
    void pair.equipment.connection.send(Secs1Packet.of({ ...fields, rBit: true }, S(1, 1)));
    await pair.clock.advanceAsync(1);
    expect(got).toEqual(['S9F1', 'S1F1']);
    expect(warnings).toContain('foreignSessionId');
    await pair.down();
  });

  it('B-43: delivers what has the R-bit of our own with one warning, or drops it where told to', async () => {
    for (const wrongDirection of ['warn', 'reject'] as const) {
      const pair = await new SessionPair({ host: { wrongDirection } }).up();
      let count = 0;
      pair.host.messages.subscribe(() => count++);
      for (const systemBytes of [1, 2]) {
        const packet = Secs1Packet.of({ rBit: false, sessionId: 1, systemBytes }, S(6, 11));
        void pair.equipment.connection.send(packet);
      }
      await pair.clock.advanceAsync(1);
      expect({ wrongDirection, count }).toEqual({ wrongDirection, count: wrongDirection === 'warn' ? 2 : 0 });
      expect(pair.notices).toEqual(['host wrongDirection']);
      await pair.down();
    }
  });

  it('B-30, B-50: starts T3 with the ACK of the last block, and the request fails with it', async () => {
    const pair = await new SessionPair({ hostSession: { t3: 5 } }).up();
    const asked = pair.host.request(S(1, 1)).catch((error: unknown) => error);
    await pair.clock.advanceAsync(6);
    expect(await asked).toMatchObject({ code: 'SECS1_T3_TIMEOUT', outcome: 't3' });
    await pair.down();
  });

  it('B-60: fails what is open when the line closes', async () => {
    const pair = await new SessionPair().up();
    const asked = pair.host.request(S(1, 1)).catch((error: unknown) => error);
    await pair.clock.settle();
    await pair.equipment.connection.disable();
    await pair.clock.settle();
    expect(await asked).toMatchObject({ code: 'SECS1_CONNECTION_CLOSED', outcome: 'closed' });
    expect(pair.host.currentAvailability).toBe('down');
    await pair.equipment.connection.enable();
    await pair.clock.settle();
    expect(pair.host.currentAvailability).toBe('usable');
    await pair.down();
  });
});
