import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../../../src/index.js';
import { until } from '../../support/until.js';

describe('the order of events of a connection', () => {
  it.each(['disable', 'dispose'] as const)('holds where a listener of its state calls %s()', async (end) => {
    const passive = new HsmsPassiveConnection('', 0, 1, undefined, { bindAddress: '127.0.0.1' });
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 1);
    expect(new HsmsSession(active).currentState).toBe('notConnected');
    const seen: string[] = [];
    active.state.subscribe((state) => {
      seen.push(state);
      if (state === 'connected') void active[end]();
    });
    active.established.subscribe(() => seen.push('established!'));
    active.beforeClosed.subscribe(() => seen.push('beforeClosed!'));
    active.closed.subscribe(() => seen.push('closed!'));
    await active.enable();
    await until('the end', () => seen.includes('closed!'));
    expect(seen.slice(1)).toEqual([
      'connecting',
      'connected',
      'established!',
      'closing',
      'beforeClosed!',
      'disabled',
      'closed!',
    ]);
    await Promise.all([active.dispose(), passive.dispose()]);
  });
});
