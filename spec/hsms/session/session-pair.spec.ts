import { firstValueFrom, toArray, takeUntil } from 'rxjs';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnectionOptions,
} from '../../../src/index.js';
import { A, S } from '../../../src/secs2/index.js';
import { until } from '../../support/until.js';

describe('two sessions', () => {
  let active: HsmsSession;
  let passive: HsmsSession;
  const open = async (options: HsmsConnectionOptions = {}): Promise<void> => {
    const passiveConnection = new HsmsPassiveConnection('', 0, 0, undefined, options);
    passive = new HsmsSession(passiveConnection, { entity: 'equipment' });
    await passiveConnection.enable();
    const port = passiveConnection.boundAddress?.port ?? 0;
    active = new HsmsSession(new HsmsActiveConnection('127.0.0.1', port, 0, undefined, options));
    await active.connection.enable();
    await Promise.all([active.selected(), passive.selected()]);
  };
  afterEach(() => Promise.all([active.connection.dispose(), passive.connection.dispose()]));

  it('make requests from within handlers on both ends at once (P-44)', async () => {
    await open();
    passive.primaries.subscribe((primary) => {
      void passive.request(S(2, 17).w()).then(() => primary.reply(A('done')));
    });
    active.primaries.subscribe((primary) => void primary.reply(A('time')));
    const replies = await Promise.all(Array.from({ length: 50 }, () => active.request(S(1, 1).w())));
    expect(replies.map(({ item }) => item?.ascii)).toEqual(Array.from({ length: 50 }, () => 'done'));
  });

  it('keep 10,000 transactions open at once, each with its own system bytes (P-40)', async () => {
    await open();
    const waiting: (() => void)[] = [];
    const seen = new Set<number>();
    passive.primaries.subscribe((primary) => {
      seen.add(primary.header.systemBytes);
      waiting.push(() => void primary.reply());
    });
    const replies = Array.from({ length: 10_000 }, () => active.request(S(1, 1).w()));
    await until('all requests at the peer', () => waiting.length === 10_000, 10_000);
    expect([seen.size, active.openRequests]).toEqual([10_000, 10_000]);
    for (const answer of waiting.reverse()) answer();
    await Promise.all(replies);
    expect(active.openRequests).toBe(0);
  }, 20_000);

  it('deselect, select again, measure, separate', async () => {
    await open();
    await active.deselect();
    expect([active.currentState, passive.currentState]).toEqual(['notSelected', 'notSelected']);
    await active.select();
    await active.select();
    expect([active.currentState, passive.currentState]).toEqual(['selected', 'selected']);
    expect(await passive.linktest()).toBeLessThan(5);
    await passive.deselect();
    expect([active.currentState, passive.currentState]).toEqual(['notSelected', 'notSelected']);
    await active.select();
    active.separate();
    await until('the end', () => passive.currentState === 'notConnected');
    await expect(active.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_CONNECTED' });
  });

  it('close gracefully: open requests are answered, further ones refused', async () => {
    await open();
    const primary = firstValueFrom(passive.primaries);
    const reply = active.request(S(1, 1).w());
    const closed = active.close();
    await expect(active.request(S(1, 3).w())).rejects.toThrow('the session is being closed');
    await (await primary).reply(A('last'));
    expect((await reply).item?.ascii).toBe('last');
    await closed;
    expect([active.currentState, active.connection.currentState]).toEqual(['notConnected', 'disabled']);
    await active.connection.enable();
    await active.selected();
  });

  it('wait to be selected as long as the signal allows, and complete when disposed of', async () => {
    await open();
    const states = firstValueFrom(active.state.pipe(takeUntil(active.connection.closed), toArray()));
    await active.connection.disable();
    expect(await states).toEqual(['selected', 'notConnected']);
    const abort = new AbortController();
    const waiting = active.selected({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const doomed = active.selected();
    const completed = jest.fn();
    active.primaries.subscribe({ complete: completed });
    await active.connection.dispose();
    await expect(doomed).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
    expect(completed).toHaveBeenCalled();
  });
});
