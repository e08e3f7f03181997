import { spawnSync } from 'node:child_process';
import { FaultProxy } from '../support/fault-proxy.js';

/** What runs between the two sides: where each lives, how to reach the passive one, and how to pull the cable. */
export interface Wire {
  readonly name: string;
  /** What goes before the command of a side. */
  prefix(role: 'active' | 'passive'): readonly string[];
  readonly listenAddress: string;
  readonly connectAddress: string;
  readonly listenPort: number;
  readonly connectPort: number;
  pull(): void;
  remove(): Promise<void>;
}

function ip(...args: string[]): boolean {
  return spawnSync('ip', args, { stdio: 'ignore', timeout: 5000 }).status === 0;
}

const PORT = 5000;

/**
 * Two hosts and a switch between them, as network namespaces of this run alone. The cable is pulled at the switch, so both
 * hosts still see their own end as connected. Undefined where namespaces are not permitted.
 */
export function namespaces(): Wire | undefined {
  const tag = `rx${process.pid}`;
  const [a, b, m] = [`${tag}a`, `${tag}b`, `${tag}m`];
  const remove = (): void => {
    for (const name of [a, b, m]) ip('netns', 'del', name);
  };
  const made =
    [a, b, m].every((name) => ip('netns', 'add', name)) &&
    ip('-n', m, 'link', 'add', 'br0', 'type', 'bridge') &&
    ip('-n', m, 'link', 'set', 'br0', 'up') &&
    [a, b].every(
      (name, i) =>
        ip('-n', m, 'link', 'add', `p${i}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name) &&
        ip('-n', m, 'link', 'set', `p${i}`, 'master', 'br0', 'up') &&
        ip('-n', name, 'addr', 'add', `10.99.0.${i + 1}/24`, 'dev', 'eth0') &&
        ip('-n', name, 'link', 'set', 'eth0', 'up') &&
        ip('-n', name, 'link', 'set', 'lo', 'up'),
    );
  if (!made) {
    remove();
    return undefined;
  }
  return {
    name: 'network namespaces, the cable pulled at a switch between them',
    prefix: (role) => ['ip', 'netns', 'exec', role === 'active' ? a : b],
    listenAddress: '10.99.0.2',
    connectAddress: '10.99.0.2',
    listenPort: PORT,
    connectPort: PORT,
    pull: () => void ip('-n', m, 'link', 'set', 'p0', 'nomaster'),
    remove: () => Promise.resolve(remove()),
  };
}

/** The two sides on loopback, and a proxy that swallows everything once the cable is pulled. */
export async function blackHole(): Promise<Wire> {
  const port = 15_000 + (process.pid % 1000);
  const proxy = await FaultProxy.listen(port, []);
  return {
    name: 'a proxy on loopback that swallows everything',
    prefix: () => [],
    listenAddress: '127.0.0.1',
    connectAddress: '127.0.0.1',
    listenPort: port,
    connectPort: proxy.port,
    pull: () => proxy.unplug(),
    remove: () => proxy.close(),
  };
}
