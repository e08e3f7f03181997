import { S } from '../../../src/secs2/index.js';
import { SystemBytes } from '../../../src/session/transactions/system-bytes.js';
import { SessionPair } from '../support.js';

describe('system bytes on a line', () => {
  it('B-45: of successive primaries differ, whatever was answered, and across lines: no new message is taken for the one before', async () => {
    const pair = new SessionPair({ both: { t2: 1 }, hostSession: { t3: 2 } });
    const seen: number[] = [];
    pair.equipment.primaries.subscribe(({ header, message }) => {
      if (message.stream === 1) seen.push(header.systemBytes);
    });
    for (let life = 0; life < 3; life++) {
      await pair.up();
      for (let i = 0; i < 5; i++) {
        await pair.clock.settled(pair.host.send(S(1, 1)));
        await pair.clock.settled(pair.host.request(S(1, 1)).catch(() => undefined));
      }
      await pair.clock.settled(pair.host.connection.disable());
    }
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
    expect(pair.equipment.connection.counters.duplicates).toBe(0);
    await pair.down();
  });

  it('B-45: skip those of requests that are open, also where they wrap', () => {
    const open = new Set([0xffff_ffff, 0, 1]);
    const system = new SystemBytes((value) => open.has(value), 0xffff_fffe);
    expect([system.next(), system.next(), system.next()]).toEqual([0xffff_fffe, 2, 3]);
  });

  it('B-45: a reply has those of its primary, and is no duplicate of it', async () => {
    const pair = await new SessionPair().up();
    const replies: number[] = [];
    pair.host.messages.subscribe(({ header }) => replies.push(header.systemBytes));
    let asked = -1;
    pair.equipment.primaries.subscribe((primary) => {
      asked = primary.header.systemBytes;
      void primary.reply();
    });
    await pair.clock.settled(pair.host.request(S(1, 1)));
    expect(replies).toEqual([asked]);
    await pair.down();
  });
});
