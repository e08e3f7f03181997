import { HsmsActiveConnection } from '../../../src/hsms/connection/active-connection.js';
import type { HsmsNotice } from '../../../src/hsms/connection/notices.js';
import { HsmsPassiveConnection } from '../../../src/hsms/connection/passive-connection.js';
import { HsmsSession } from '../../../src/hsms/session/session.js';
import type { NetworkSocket } from '../../../src/network/network.js';
import { S } from '../../../src/secs2/index.js';
import { createTestNetwork, type TestNetwork, type VirtualClock } from '../../../src/testing/index.js';

const HARM = new Error('harm');
const harm = (): never => {
  throw HARM;
};

/** What goes wrong next; each once. */
type Fault =
  | 'connect'
  | 'createServer'
  | 'afterPoll'
  | 'setTimer connect'
  | 'setTimer t7'
  | 'setTimer probe'
  | 'setNoDelay'
  | 'setKeepAlive'
  | 'on'
  | 'once';

/** A network, or a clock, of somebody's own, in which anything may throw. */
class Faulty {
  readonly network: TestNetwork<VirtualClock>;
  readonly options: object;
  readonly #faults = new Set<string>();

  constructor() {
    const network = createTestNetwork();
    const { clock } = network;
    this.network = network;
    const own = {
      connect: (options: Parameters<typeof network.connect>[0]) => {
        this.throwIf('connect');
        return this.#spoiled(network.connect(options));
      },
      createServer: (...[options, onSocket]: Parameters<typeof network.createServer>) => {
        this.throwIf('createServer');
        return network.createServer(options, (socket) => onSocket(this.#spoiled(socket)));
      },
      lookup: (name: string) => network.lookup(name),
    };
    const time = {
      now: () => clock.now(),
      afterPoll: (callback: () => void) => {
        this.throwIf('afterPoll');
        return clock.afterPoll(callback);
      },
      setTimer: (...args: Parameters<VirtualClock['setTimer']>) => {
        this.throwIf(`setTimer ${args[0]}`);
        return clock.setTimer(...args);
      },
    };
    this.options = { network: own, clock: time };
  }

  /** The next call throws. */
  next(fault: Fault): void {
    this.#faults.add(fault);
  }

  get used(): boolean {
    return this.#faults.size === 0;
  }

  throwIf(fault: string): void {
    if (this.#faults.delete(fault)) throw HARM;
  }

  #spoiled(socket: NetworkSocket): NetworkSocket {
    return new Proxy(socket, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          this.throwIf(String(name));
          const result: unknown = value.apply(target, args);
          return result;
        };
      },
    });
  }
}

describe.each(['active', 'passive'] as const)('on the %s side, a network of its own that throws', (role) => {
  let faulty: Faulty;
  let host: HsmsSession;
  let tool: HsmsSession;
  let notices: HsmsNotice[];

  beforeEach(() => {
    faulty = new Faulty();
    notices = [];
    const { options } = faulty.network;
    const [ofHost, ofTool] = role === 'active' ? [faulty.options, options] : [options, faulty.options];
    tool = new HsmsSession(new HsmsPassiveConnection('any', 5000, 0, undefined, ofTool), {
      entity: 'equipment',
    });
    tool.primaries.subscribe((primary) => void primary.reply());
    host = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, ofHost));
    const own = role === 'active' ? host : tool;
    own.connection.notices.subscribe((notice) => notices.push(notice));
  });
  afterEach(async () => {
    const { clock } = faulty.network;
    await clock.settled(Promise.all([host.connection.dispose(), tool.connection.dispose()]));
  });

  async function comesUp(): Promise<void> {
    const { clock } = faulty.network;
    await clock.settled(host.selected());
    await expect(clock.settled(host.request(S(1, 1)))).resolves.toMatchObject({ function: 2 });
    expect(faulty.used).toBe(true);
  }

  async function enable(): Promise<void> {
    await tool.connection.enable();
    await host.connection.enable();
  }

  it.each<Fault>(
    role === 'active'
      ? ['connect', 'setTimer connect', 'once', 'setNoDelay', 'setKeepAlive', 'on']
      : ['setNoDelay', 'setKeepAlive', 'on'],
  )('comes up all the same, after %s', async (fault) => {
    faulty.next(fault);
    await enable();
    await comesUp();
    expect(faulty.network.connections).toHaveLength(1);
    expect(
      notices.filter(({ kind }) => kind === (role === 'active' ? 'connectFailed' : 'acceptFailed')),
    ).toHaveLength(1);
  });
});

describe('a second connection with which something goes wrong', () => {
  it.each<['refuse' | 'answerSelect' | 'takeOver', Fault]>([
    ['answerSelect', 'setTimer t7'],
    ['takeOver', 'setTimer probe'],
  ])('by %s is let go, after %s; the first is none the worse', async (secondConnection, fault) => {
    const faulty = new Faulty();
    const { clock, options } = faulty.network;
    const notices: HsmsNotice[] = [];
    const tool = new HsmsSession(
      new HsmsPassiveConnection('any', 5000, 0, undefined, { ...faulty.options, secondConnection }),
      { entity: 'equipment' },
    );
    tool.primaries.subscribe((primary) => void primary.reply());
    tool.connection.notices.subscribe((notice) => notices.push(notice));
    const host = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options));
    const second = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, {
      ...options,
      onError: () => {},
    });
    await tool.connection.enable();
    await host.connection.enable();
    await clock.settled(host.selected());
    faulty.next(fault);
    await second.enable();
    await clock.advanceAsync(1);
    expect(faulty.used).toBe(true);
    expect(notices.filter(({ kind }) => kind === 'acceptFailed')).toMatchObject([{ error: HARM }]);
    await expect(clock.settled(host.request(S(1, 1)))).resolves.toMatchObject({ function: 2 });
    await clock.settled(Promise.all([host, tool].map(({ connection }) => connection.dispose())));
    await clock.settled(second.dispose());
  });
});

describe('a network of its own that cannot listen', () => {
  it('rejects enable, and may be enabled again', async () => {
    const faulty = new Faulty();
    const tool = new HsmsPassiveConnection('any', 5000, 0, undefined, {
      ...faulty.options,
      onError: () => {},
    });
    faulty.next('createServer');
    await expect(tool.enable()).rejects.toMatchObject({ code: 'HSMS_LISTEN_FAILED', cause: HARM });
    expect(tool.currentState).toBe('disabled');
    await tool.enable();
    expect(tool.currentState).toBe('listening');
    await tool.dispose();
  });

  it('of which listen throws', async () => {
    const { network } = createTestNetwork().options;
    const createServer: typeof network.createServer = (...args) =>
      Object.assign(network.createServer(...args), { listen: harm });
    const own = { connect: harm, createServer, lookup: harm };
    const tool = new HsmsPassiveConnection('any', 5000, 0, undefined, { network: own, onError: () => {} });
    await expect(tool.enable()).rejects.toMatchObject({ code: 'HSMS_LISTEN_FAILED', cause: HARM });
    await tool.dispose();
  });
});
