import { transition } from '../../src/hsms/procedures/procedures.js';
import {
  initialProcedures,
  SINGLE_SESSION,
  type Effect,
  type ProceduresEvent,
  type ProceduresState,
} from '../../src/hsms/procedures/procedures-state.js';
import { SType } from '../../src/hsms/wire/codes.js';
import { HsmsPacket } from '../../src/hsms/wire/packet.js';
import { deepFreeze } from './freeze.js';
import { textOf } from './notation.js';

export type Role = 'active' | 'passive';
type Command = 'select' | 'deselect' | 'linktest' | 'separate' | 'data';

/** What can happen in the world: `side` is 0 or 1. */
export type Action =
  | { readonly do: 'command'; readonly side: 0 | 1; readonly command: Command; readonly session: number }
  | { readonly do: 'deliver'; readonly side: 0 | 1 }
  | { readonly do: 't6'; readonly side: 0 | 1; readonly which: number }
  | { readonly do: 't7'; readonly side: 0 | 1 }
  | { readonly do: 'cut' | 'connect' };

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`invariant broken: ${what}`);
}

const keysOf = (values: Iterable<number>): string => [...values].sort((a, b) => a - b).join();

/** One machine, and a book on what it did. */
class Machine {
  readonly inbox: HsmsPacket[] = [];
  readonly unsettled = new Set<number>();
  readonly t6 = new Set<number>();
  readonly selected = new Set<number>();
  t7 = false;
  state: ProceduresState;
  // Both sides count from 1: the same system bytes mean different things on the two ways.
  #next = 1;

  constructor(role: Role, general: boolean) {
    this.state = deepFreeze(initialProcedures(role, general));
  }

  next(): number {
    return this.#next++;
  }
}

/** Two machines, and between them a channel that keeps the order and loses nothing until it is cut. */
export class World {
  readonly machines: readonly [Machine, Machine];
  #up = false;
  #closing = false;

  constructor(
    roles: readonly [Role, Role],
    readonly general: boolean,
  ) {
    this.machines = [new Machine(roles[0], general), new Machine(roles[1], general)];
  }

  act(action: Action): void {
    switch (action.do) {
      case 'connect':
        if (this.#up) break;
        this.#up = true;
        for (const side of [0, 1] as const) this.#feed(side, { type: 'connected' });
        break;
      case 'cut':
        this.#cut();
        break;
      case 'deliver':
        this.#deliver(action.side);
        break;
      case 't6':
        this.#t6(action.side, action.which);
        break;
      case 't7':
        if (this.machines[action.side].t7) this.#feed(action.side, { type: 't7', seconds: 10 });
        break;
      case 'command':
        this.#command(action.side, action.command, this.general ? action.session : SINGLE_SESSION);
        break;
    }
  }

  /** Delivers every frame; then both sides must agree and have nothing open. */
  settle(): void {
    for (let i = 0; this.machines.some(({ inbox }) => inbox.length > 0); i++) {
      check(i < 10_000, 'the two sides come to rest');
      this.#deliver((i % 2) as 0 | 1);
    }
    const [a, b] = this.machines;
    const states = `${textOf(a.state)} and ${textOf(b.state)}`;
    check(a.state.open.size + b.state.open.size === 0, `all is answered: ${states}`);
    check(a.unsettled.size + b.unsettled.size === 0, `every command is settled: ${states}`);
    check(keysOf(a.selected) === keysOf(b.selected), `both sides agree: ${states}`);
  }

  #command(side: 0 | 1, command: Command, key: number): void {
    const machine = this.machines[side];
    const systemBytes = machine.next();
    if (command === 'data') {
      if (machine.selected.has(key)) this.#sendData(side, key, 1, systemBytes);
    } else if (command === 'separate') this.#feed(side, { type: 'separate', key, systemBytes });
    else {
      machine.unsettled.add(systemBytes);
      const event: ProceduresEvent =
        command === 'linktest' ? { type: 'linktest', systemBytes } : { type: command, key, systemBytes };
      this.#feed(side, event);
    }
  }

  #sendData(side: 0 | 1, sessionId: number, fn: number, systemBytes: number): void {
    const packet = HsmsPacket.data({ sessionId, stream: 1, function: fn, wBit: fn === 1, systemBytes });
    this.machines[1 - side]!.inbox.push(packet);
  }

  #deliver(side: 0 | 1): void {
    const packet = this.machines[side].inbox.shift();
    if (packet === undefined) return;
    const admission = this.general && packet.header.sessionId === 3 ? 'noSuchEntity' : 'yes';
    this.#feed(side, { type: 'received', packet, admission });
  }

  #t6(side: 0 | 1, which: number): void {
    const armed = [...this.machines[side].t6];
    const systemBytes = armed[which % armed.length];
    if (systemBytes !== undefined) {
      this.#feed(side, { type: 't6', systemBytes, seconds: 5, maxLinktestFailures: 3 });
    }
  }

  #cut(): void {
    if (!this.#up) return;
    this.#up = false;
    for (const machine of this.machines) machine.inbox.length = 0;
    for (const side of [0, 1] as const) this.#feed(side, { type: 'disconnected' });
  }

  #feed(side: 0 | 1, event: ProceduresEvent): void {
    const machine = this.machines[side];
    const { state, effects } = transition(machine.state, event);
    if (event.type === 'received' && event.packet.header.sType === SType.rejectReq) {
      check(!effects.some((effect) => effect.do === 'send'), 'a Reject is not answered');
    }
    machine.state = deepFreeze(state);
    for (const effect of effects) this.#carryOut(side, effect);
    const { connected, selected, open } = state;
    check(connected === this.#up, 'connected as the channel is');
    check(keysOf(selected) === keysOf(machine.selected), 'what is told is what is so');
    check(keysOf(open.keys()) === keysOf(machine.t6), 'T6 runs for what is open');
    check(machine.t7 === (connected && selected.size === 0), 'T7 runs while nothing is selected');
    if (!this.#closing) return;
    this.#closing = false;
    this.#cut();
  }

  #carryOut(side: 0 | 1, effect: Effect): void {
    const machine = this.machines[side];
    switch (effect.do) {
      case 'send':
        check(this.#up, 'nothing is sent while not connected');
        this.machines[1 - side]!.inbox.push(effect.packet);
        break;
      case 'armT6':
        check(!machine.t6.has(effect.systemBytes), 'T6 is armed once');
        machine.t6.add(effect.systemBytes);
        break;
      case 'cancelT6':
        machine.t6.delete(effect.systemBytes);
        break;
      case 'armT7':
      case 'cancelT7':
        machine.t7 = effect.do === 'armT7';
        break;
      case 'settle':
        check(machine.unsettled.delete(effect.systemBytes), 'a command is settled once');
        break;
      case 'selected':
        check(!machine.selected.has(effect.key), 'one session for each key');
        machine.selected.add(effect.key);
        break;
      case 'ended':
        check(machine.selected.delete(effect.key), 'a session ends once');
        break;
      case 'deliver': {
        const { wBit, sessionId, systemBytes } = effect.packet.header;
        if (wBit) this.#sendData(side, sessionId, 2, systemBytes);
        break;
      }
      case 'close':
        this.#closing = true;
        break;
      case 'rejected':
      case 'alive':
        break;
    }
  }
}
