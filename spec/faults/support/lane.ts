import type { Socket } from 'node:net';
import type { LaneFault, LanePlan } from '../plan.js';

/** What a lane asks of the link it belongs to. */
export interface LaneOwner {
  /** Both directions are swallowed from now on. */
  blackHole(): void;
  /** Both connections are closed in order, or reset. */
  end(how: 'close' | 'reset'): void;
  /** A fault has struck. */
  struck(kind: LaneFault['kind']): void;
}

type Task = Buffer | (() => void | Promise<void>);

/** Above so many waiting bytes the sender is not read, so that it meets a full socket as on a slow network. */
const MAX_WAITING = 256 * 1024;
const MAX_PIECES = 20;
/** After so many pauses and pieces the stream is passed on as it comes: a busy machine takes its time for each. */
const MAX_SHAPED = 200;

/** Ends a connection by RST. After a FIN there is none: Node would then leave the handle open. */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

const UNSHAPED = { delayMs: 0, split: 0, coalesceMs: 0 };

/** One direction of a link through the proxy: what comes from one socket goes to the other, as the plan says. */
export class Lane {
  /** What came, and what was passed on. */
  readonly received: Buffer[] = [];
  readonly forwarded: Buffer[] = [];
  /** Bytes were changed on the way. */
  corrupted = false;
  /** Bytes are swallowed, or the stream was ended. */
  cut = false;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #owner: LaneOwner;
  readonly #plan: LanePlan;
  #faults: LaneFault[];
  #offset = 0;
  readonly #tasks: Task[] = [];
  #waiting = 0;
  #unread = false;
  #healed = false;
  #shaped = 0;
  #working = false;
  #stopped = false;
  /** Ends the pause that is under way. */
  #wake: (() => void) | undefined;

  constructor(from: Socket, to: Socket, plan: LanePlan, owner: LaneOwner) {
    this.#from = from;
    this.#to = to;
    this.#plan = plan;
    this.#faults = [...plan.faults];
    this.#owner = owner;
  }

  /** Bytes have come. */
  push(chunk: Buffer): void {
    this.received.push(chunk);
    let rest = chunk;
    for (let fault = this.#faults[0]; fault !== undefined; fault = this.#faults[0]) {
      const before = Math.max(0, fault.at - this.#offset);
      if (before > rest.length) break;
      this.#pass(rest.subarray(0, before));
      rest = this.#strike(fault, rest.subarray(before));
      if (this.#faults[0] === fault) return;
    }
    this.#pass(rest);
  }

  /** The sender has ended its stream. */
  end(): void {
    this.#add(() => {
      if (!this.cut) this.#to.end();
    });
  }

  /** Swallows everything from now on. */
  swallow(): void {
    this.cut = true;
  }

  /** Swallows everything, and reads no more: a pulled cable. */
  unplug(): void {
    this.cut = true;
    this.#unread = true;
    this.#regulate();
  }

  /** No further fault strikes, and those that only take time end. What was damaged stays so. */
  heal(): void {
    this.#healed = true;
    this.#faults = [];
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#tasks.length = 0;
    this.#wake?.();
  }

  /** Carries a fault out and returns what is left of the bytes. One that needs bytes where there are none stays the next. */
  #strike(fault: LaneFault, rest: Buffer): Buffer {
    const wanted = fault.kind === 'flip' ? fault.bytes.length : 'length' in fault ? fault.length : 0;
    if (wanted > 0 && rest.length === 0) return rest;
    const taken = rest.subarray(0, wanted);
    this.#faults.shift();
    this.#owner.struck(fault.kind);
    switch (fault.kind) {
      case 'flip':
        this.#offset += taken.length;
        this.#damage(Buffer.from(taken.map((byte, i) => byte ^ (fault.bytes[i] as number))));
        return rest.subarray(taken.length);
      case 'remove':
        this.#offset += taken.length;
        this.corrupted = true;
        return rest.subarray(taken.length);
      case 'insert':
        this.#damage(Buffer.from(fault.bytes));
        return rest;
      case 'repeat':
        this.#damage(Buffer.from(taken));
        return rest;
      case 'stall':
      case 'silence':
      case 'blackHole':
      case 'halfOpen':
      case 'fin':
      case 'close':
      case 'reset':
        this.#add(() => (this.#healed ? undefined : this.#act(fault)));
        return rest;
    }
  }

  #act(fault: Exclude<LaneFault, { kind: 'flip' | 'insert' | 'repeat' | 'remove' }>): void | Promise<void> {
    switch (fault.kind) {
      case 'stall':
        return this.#stall(fault.ms, fault.unread);
      case 'silence':
        return this.swallow();
      case 'blackHole':
        return this.#owner.blackHole();
      case 'halfOpen': {
        const gone = fault.gone === 'sender' ? this.#from : this.#to;
        this.#owner.blackHole();
        if (fault.how === 'rst') reset(gone);
        else gone.destroy();
        return;
      }
      case 'fin':
        this.#to.end();
        return this.swallow();
      case 'close':
      case 'reset':
        return this.#owner.end(fault.kind);
    }
  }

  #damage(bytes: Buffer): void {
    this.corrupted = true;
    this.#add(bytes);
  }

  #pass(bytes: Buffer): void {
    this.#offset += bytes.length;
    if (bytes.length > 0) this.#add(bytes);
  }

  #add(task: Task): void {
    if (this.#stopped) return;
    this.#tasks.push(task);
    if (Buffer.isBuffer(task)) this.#waiting += task.length;
    this.#regulate();
    if (!this.#working) void this.#work();
  }

  #regulate(): void {
    if (this.#unread || this.#waiting > MAX_WAITING) this.#from.pause();
    else this.#from.resume();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let task = this.#tasks.shift(); task !== undefined && !this.#stopped; task = this.#tasks.shift()) {
      if (!Buffer.isBuffer(task)) {
        await task();
        continue;
      }
      const { delayMs, coalesceMs } = this.#shape();
      if (delayMs + coalesceMs > 0) await this.#pause(delayMs + coalesceMs);
      const gathered = [task];
      while (coalesceMs > 0 && Buffer.isBuffer(this.#tasks[0])) gathered.push(this.#tasks.shift() as Buffer);
      const bytes = gathered.length === 1 ? task : Buffer.concat(gathered);
      await this.#write(bytes);
      this.#waiting -= bytes.length;
      this.#regulate();
    }
    this.#working = false;
  }

  #shape(): Omit<LanePlan, 'faults'> {
    return this.#healed || this.#shaped > MAX_SHAPED ? UNSHAPED : this.#plan;
  }

  async #write(bytes: Buffer): Promise<void> {
    const { split } = this.#shape();
    const piece = split === 0 ? bytes.length : Math.max(split, Math.ceil(bytes.length / MAX_PIECES));
    for (let at = 0; at < bytes.length; at += piece) {
      if (this.cut || this.#stopped || !this.#to.writable) return;
      const part = bytes.subarray(at, at + piece);
      this.forwarded.push(part);
      const more = this.#to.write(part);
      this.#shaped++;
      if (split > 0) await new Promise((resolve) => setImmediate(resolve));
      if (!more && this.#to.writableNeedDrain) await this.#drained();
    }
  }

  async #stall(ms: number, unread: boolean): Promise<void> {
    this.#unread = unread;
    this.#regulate();
    await this.#pause(ms);
    this.#unread = false;
    this.#regulate();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#to.off('drain', done);
        this.#to.off('close', done);
        resolve();
      };
      this.#to.on('drain', done);
      this.#to.on('close', done);
    });
  }
}
