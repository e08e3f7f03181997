import type { Timer } from '../../../clock.js';
import { A, B, L, S, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { idItem, isAnswerable, type Id } from '../../model/id.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { acknowledge, BodyError, type Answer, type Handlers } from '../messages/handler.js';
import { together } from '../values/together.js';
import type { Slot } from '../values/values.js';

/** A trace as the host has asked for it. */
interface Wanted {
  readonly id: Id;
  readonly period: number;
  readonly total: number;
  readonly groupSize: number;
  readonly slots: readonly Slot[];
}

/** Traces (G-50, G-51): samples of variables on a timer, sent in groups. */
export class Traces {
  readonly #core: Core;
  readonly #running = new Map<Id, Trace>();

  constructor(core: Core) {
    this.#core = core;
  }

  readonly handlers: Handlers = { S2F23: ({ item }) => this.#onTrace(item) };

  get count(): number {
    return this.#running.size;
  }

  /** Ends them all: OFF-LINE, or the end of the equipment. */
  stop(): void {
    for (const trace of this.#running.values()) trace.stop();
    this.#running.clear();
  }

  #onTrace(item: Item | undefined): Answer {
    const [trid, dsper, totsmp, repgsz, svids] = body.list(item, 'S2F23', 5);
    const id = body.id(trid, 'TRID');
    const { TRID } = this.#core.model.idFormats;
    if (trid === undefined || !isAnswerable(id, trid, TRID))
      throw new BodyError(`TRID ${id} does not fit ${TRID}`);
    const text = body.text(dsper, 'DSPER');
    const total = body.integer(totsmp, 'TOTSMP');
    const groupSize = body.integer(repgsz, 'REPGSZ');
    const asked = body.ids(svids, 'the list of SVIDs');
    if (total === 0) {
      this.#end(id);
      return { item: B(0) };
    }
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `S2F23: TIAACK ${code}, ${why}`);
    const limits = this.#core.model.trace;
    if (limits === undefined) return refuse(2, 'there are no traces');
    if (asked.length > limits.maxVariables) return refuse(1, `more than ${limits.maxVariables} SVIDs`);
    if (!this.#running.has(id) && this.#running.size >= limits.maxTraces) {
      return refuse(2, `${limits.maxTraces} traces are running`);
    }
    const period = seconds(text);
    if (period === undefined || period < limits.minPeriod) {
      return refuse(
        3,
        `DSPER must be ${limits.minPeriod} s or more, as hhmmss or hhmmsscc, received ${JSON.stringify(text)}`,
      );
    }
    const slots: Slot[] = [];
    for (const { id: svid } of asked) {
      const slot = this.#core.values.find(svid);
      const usable = slot !== undefined && (this.#core.rules.anyVid || slot.variable.class === 'SV');
      if (!usable) return refuse(4, `there is no SVID ${svid}`);
      slots.push(slot);
    }
    if (groupSize < 1 || groupSize > total)
      return refuse(5, `REPGSZ must be 1 to TOTSMP, received ${groupSize}`);
    const wanted: Wanted = { id, period, total, groupSize, slots };
    return { item: B(0), after: () => this.#begin(wanted) };
  }

  #begin(wanted: Wanted): void {
    this.#end(wanted.id);
    const trace = new Trace(this.#core, wanted, () => this.#running.delete(wanted.id));
    this.#running.set(wanted.id, trace);
  }

  #end(id: Id): void {
    this.#running.get(id)?.stop();
    this.#running.delete(id);
  }
}

/** DSPER: hhmmss or hhmmsscc, in seconds. */
function seconds(text: string): number | undefined {
  const match = /^(\d\d)([0-5]\d)([0-5]\d)(\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, h, m, s, cc = '0'] = match;
  return Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(cc) / 100;
}

/** One trace: the k-th sample is due k periods after its start, however late the one before it was. */
class Trace {
  readonly #core: Core;
  readonly #wanted: Wanted;
  readonly #onEnd: () => void;
  readonly #start: number;
  #timer: Timer | undefined;
  #count = 0;
  #samples: (readonly Item[] | Promise<readonly Item[]>)[] = [];

  constructor(core: Core, wanted: Wanted, onEnd: () => void) {
    this.#core = core;
    this.#wanted = wanted;
    this.#onEnd = onEnd;
    this.#start = core.clock.now();
    this.#arm(1);
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #arm(period: number): void {
    const due = this.#start + period * this.#wanted.period * 1000;
    const wait = Math.max(0, due - this.#core.clock.now()) / 1000;
    this.#timer = this.#core.clock.setTimer('trace', wait, () => this.#sample(period));
  }

  #sample(period: number): void {
    const { slots, total, groupSize } = this.#wanted;
    this.#samples.push(this.#core.values.snapshot(slots));
    this.#count++;
    if (this.#count % groupSize === 0 || this.#count === total) this.#send();
    if (this.#count === total) return this.#onEnd();
    // Periods that have passed meanwhile are not made up for: a late sample is taken once.
    const elapsed = (this.#core.clock.now() - this.#start) / 1000 / this.#wanted.period;
    this.#arm(Math.max(period + 1, Math.floor(elapsed + 1e-9) + 1));
  }

  #send(): void {
    const samples = this.#samples;
    this.#samples = [];
    const { model, time, rules } = this.#core;
    const { id } = this.#wanted;
    const head = [idItem(id, model.idFormats.TRID), U4(this.#count), A(time.text())];
    const finish = (groups: readonly (readonly Item[])[]): SecsMessage => {
      const message = S(6, 1, L(...head, L(groups.flat())));
      return rules.replyTo.s6 ? message.w() : message;
    };
    const message = together(samples, finish);
    void this.#core.post(message, `trace ${id}`);
  }
}
