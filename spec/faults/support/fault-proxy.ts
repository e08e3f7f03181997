import { connect, createServer, type Server, type Socket } from 'node:net';
import { CLEAN_LIFE, type LaneFault, type LifePlan } from '../plan.js';
import { Lane, reset } from './lane.js';

/** One TCP connection of the active side, and the one to the passive side that it is passed on to. */
export class ProxyLife {
  /** Port of the active side, and ours towards the passive side: by these the two ends are matched. */
  readonly activePort: number;
  passivePort = 0;
  toPassive: Lane | undefined;
  toActive: Lane | undefined;
  /** What befell it. */
  readonly faults: LaneFault['kind'][] = [];
  readonly #active: Socket;
  #passive: Socket | undefined;
  #late: NodeJS.Timeout | undefined;

  constructor(active: Socket, targetPort: number, plan: LifePlan) {
    this.#active = active;
    this.activePort = active.remotePort ?? 0;
    active.on('error', () => {});
    if (plan.accept === 'close') active.destroy();
    else if (plan.accept === 'silent') active.resume();
    else {
      active.pause();
      this.#late = setTimeout(() => this.#connect(targetPort, plan), plan.lateMs);
    }
  }

  heal(): void {
    this.toActive?.heal();
    this.toPassive?.heal();
  }

  destroy(): void {
    clearTimeout(this.#late);
    this.toActive?.stop();
    this.toPassive?.stop();
    this.#active.destroy();
    this.#passive?.destroy();
  }

  #connect(port: number, plan: LifePlan): void {
    if (this.#active.destroyed) return;
    const passive = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    this.#passive = passive;
    passive.on('error', () => {});
    passive.setNoDelay(true);
    this.#active.setNoDelay(true);
    const owner = {
      blackHole: () => {
        this.toActive?.swallow();
        this.toPassive?.swallow();
      },
      end: (how: 'close' | 'reset') => {
        owner.blackHole();
        for (const socket of [this.#active, passive]) {
          if (how === 'reset') reset(socket);
          else socket.destroy();
        }
      },
      struck: (kind: LaneFault['kind']) => this.faults.push(kind),
    };
    this.toPassive = new Lane(this.#active, passive, plan.toPassive, owner);
    this.toActive = new Lane(passive, this.#active, plan.toActive, owner);
    passive.on('connect', () => {
      this.passivePort = passive.localPort ?? 0;
      this.#active.resume();
    });
    this.#link(this.#active, passive, this.toPassive);
    this.#link(passive, this.#active, this.toActive);
  }

  #link(from: Socket, to: Socket, lane: Lane): void {
    from.on('data', (chunk: Buffer) => lane.push(chunk));
    from.on('end', () => lane.end());
    from.on('close', (hadError) => {
      if (lane.cut || to.destroyed) return;
      // What an error ended is reset at the other end too; after an orderly end there may be bytes left to pass on.
      if (hadError) reset(to);
    });
  }
}

/** A TCP proxy on loopback that treats each connection as its plan says; without a plan, it does nothing to it. */
export class FaultProxy {
  readonly lives: ProxyLife[] = [];
  #plans: readonly LifePlan[];

  private constructor(
    readonly port: number,
    readonly server: Server,
    targetPort: number,
    plans: readonly LifePlan[],
  ) {
    this.#plans = plans;
    server.on('connection', (socket) => {
      this.lives.push(new ProxyLife(socket, targetPort, this.#plans[this.lives.length] ?? CLEAN_LIFE));
    });
  }

  static async listen(targetPort: number, plans: readonly LifePlan[]): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port: 0 }, resolve);
    });
    return new FaultProxy((server.address() as { port: number }).port, server, targetPort, plans);
  }

  /** Faults stop: new connections are clean, those that only waited go on, those that are damaged stay so. */
  heal(): void {
    this.#plans = [];
    for (const life of this.lives) life.heal();
  }

  /** A pulled cable. */
  unplug(): void {
    for (const { toActive, toPassive } of this.lives) {
      toActive?.unplug();
      toPassive?.unplug();
    }
  }

  async close(): Promise<void> {
    for (const life of this.lives) life.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
