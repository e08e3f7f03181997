import * as fc from 'fast-check';
import { memoryStore } from '../../../src/gem/store/memory-store';
import { B, L, S, U4, type SecsMessage } from '../../../src/secs2';
import { etcherDefinition } from '../support';
import { Bed } from '../equipment/bed';
import { isAsked, Oracle, SPOOL_SIZE, type AskedStep, type Step } from './oracle';

const on = fc.boolean();
const plain = <T extends string>(...names: readonly T[]): fc.Arbitrary<{ readonly do: T }> =>
  fc.constantFrom(...names).map((name) => ({ do: name }));

const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>): fc.WeightedArbitrary<Step> => ({
  weight,
  arbitrary,
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    weighted(6, plain('raise')),
    weighted(6, plain('cut', 'heal')),
    weighted(2, plain('onLine', 'offLine', 'local', 'remote', 'S1F15', 'S1F17')),
    weighted(1, plain('power', 'wait', 'hostMessage', 'hostEstablishes', 'enable', 'disable')),
    weighted(1, plain('define', 'undefine', 'link', 'unlink')),
    weighted(
      1,
      on.map((set) => ({ do: 'alarm', set })),
    ),
    weighted(1, fc.record({ do: fc.constantFrom('enableAlarms', 'enableEvents'), on })),
    weighted(1, fc.record({ do: fc.constantFrom('S1F13 answer', 'S1F1 answer'), accept: on })),
    weighted(
      3,
      on.map((purge) => ({ do: 'S6F23', purge })),
    ),
    weighted(1, fc.record({ do: fc.constantFrom('EnableSpooling', 'OverWriteSpool'), on })),
    weighted(
      1,
      fc.nat(3).map((count) => ({ do: 'MaxSpoolTransmit', count })),
    ),
    weighted(
      1,
      fc.constantFrom([], [5], [6], [5, 6, 10]).map((streams) => ({ do: 'S2F43', streams })),
    ),
  ),
  { minLength: 5, maxLength: 40 },
);

/** Begins as most runs need it: up, spooling and events on, a report linked. */
const prologue: readonly Step[] = [
  { do: 'heal' },
  { do: 'EnableSpooling', on: true },
  { do: 'define' },
  { do: 'link' },
  { do: 'enableEvents', on: true },
];

/** An equipment beside the oracle: after each step both must be in the same state, and the host have got the same. */
export class Runner {
  readonly #oracle = new Oracle();
  readonly #store = memoryStore({ spool: { maxMessages: SPOOL_SIZE } });
  #bed: Bed;
  #accepts = { S1F13: true, S1F1: true };
  #wafer = 0;

  constructor() {
    this.#bed = this.#make();
  }

  static async run(sequence: readonly Step[]): Promise<void> {
    const runner = new Runner();
    try {
      await runner.#bed.session.connection.enable();
      for (const step of [...prologue, ...sequence]) await runner.#step(step);
    } finally {
      await runner.#bed.down();
    }
  }

  #make(): Bed {
    const bed = new Bed(etcherDefinition, { store: this.#store, t3: 5 });
    bed.on('S1F13', () => L(B(this.#accepts.S1F13 ? 0 : 1), L()));
    bed.on('S1F1', () => (this.#accepts.S1F1 ? L() : 'abort'));
    bed.equipment.start();
    return bed;
  }

  async #step(step: Step): Promise<void> {
    const oracle = this.#oracle;
    // What the host asks of a silent equipment would only wait for T3.
    if ((isAsked(step) || step.do === 'S1F17') && oracle.communication !== 'COMMUNICATING') return;
    if ((step.do === 'hostMessage' || step.do === 'hostEstablishes') && !oracle.hasLink) return;
    if (step.do === 'hostEstablishes' && oracle.communication === 'DISABLED') return;
    const expected = oracle.step(step);
    const answer = await this.#do(step);
    await this.#bed.settle();
    if (expected !== undefined) expect({ step, answer }).toEqual({ step, answer: expected });
    this.#compare(step);
  }

  #compare(step: Step): void {
    const { equipment } = this.#bed;
    const oracle = this.#oracle;
    const sent = this.#bed.received.splice(0).flatMap(lineOf);
    expect({
      step,
      communication: equipment.communicationState,
      control: equipment.controlState,
      sent,
      spooling: equipment.spoolState !== 'INACTIVE',
      spooled: this.#store.spool.count,
    }).toEqual({
      step,
      communication: oracle.communication,
      control: oracle.control,
      sent: oracle.sent.splice(0),
      spooling: oracle.spoolActive,
      spooled: oracle.spool.length,
    });
    expect(this.#bed.errors).toEqual([]);
  }

  async #do(step: Step): Promise<string | undefined> {
    const { equipment, clock } = this.#bed;
    const { operator } = equipment;
    if (isAsked(step)) return this.#ask(requestOf(step));
    switch (step.do) {
      case 'cut':
        return void (await this.#bed.cut());
      case 'heal':
        return void (await this.#bed.heal());
      case 'power':
        return this.#power();
      case 'wait':
        return void (await this.#bed.pass(10.5));
      case 'hostMessage':
        return void this.#bed.host.send(S(1, 1)).catch(() => undefined);
      case 'hostEstablishes':
        return this.#ask('S1F13 W <L>');
      case 'enable':
      case 'disable':
        return void operator[step.do]();
      case 'onLine':
      case 'offLine':
      case 'local':
      case 'remote':
        return void (await clock.settled(operator[step.do]()));
      case 'S1F13 answer':
        this.#accepts.S1F13 = step.accept;
        return undefined;
      case 'S1F1 answer':
        this.#accepts.S1F1 = step.accept;
        return undefined;
      case 'raise':
        return void equipment.raise('WaferDone', { WaferId: `W${++this.#wafer}` });
      case 'alarm':
        return void (step.set ? equipment.setAlarm('ChamberHot') : equipment.clearAlarm('ChamberHot'));
      case 'EnableSpooling':
      case 'OverWriteSpool':
        return void (await clock.settled(operator.setConstant(step.do, step.on)));
      case 'MaxSpoolTransmit':
        return void (await clock.settled(operator.setConstant(step.do, step.count)));
      case 'S1F17':
        return this.#ask('S1F17 W');
    }
  }

  async #ask(message: string): Promise<string> {
    const outcome = await this.#bed.outcome(message);
    return /<B 0x0(\d)>/.exec(outcome)?.[1] ?? outcome;
  }

  /** The process ends in the middle of it all, and another one begins with what is kept. */
  async #power(): Promise<undefined> {
    const before = this.#bed;
    // First: a process that has ended does nothing about its link.
    before.equipment.stop();
    await before.down();
    this.#bed = this.#make();
    await this.#bed.connect();
    return undefined;
  }
}

function requestOf(step: AskedStep): string {
  switch (step.do) {
    case 'define':
      return 'S2F33 W <L <U4 1> <L <L <U4 1> <L <U4 2101>>>>>';
    case 'undefine':
      return 'S2F33 W <L <U4 1> <L>>';
    case 'link':
      return 'S2F35 W <L <U4 1> <L <L <U4 101> <L <U4 1>>>>>';
    case 'unlink':
      return 'S2F35 W <L <U4 1> <L <L <U4 101> <L>>>>';
    case 'enableAlarms':
      return `S5F3 W <L <B ${step.on ? '0x80' : '0'}> <U4 1>>`;
    case 'enableEvents': {
      const ceids = [1, 2, 3, 15, 16, 101, 10_002, 10_003].map((ceid) => `<U4 ${ceid}>`).join(' ');
      return `S2F37 W <L <BOOLEAN ${step.on ? 'T' : 'F'}> <L ${ceids}>>`;
    }
    case 'S6F23':
      return `S6F23 W <U1 ${step.purge ? 1 : 0}>`;
    case 'S2F43':
      return `S2F43 W <L ${step.streams.map((stream) => `<L <U1 ${stream}> <L>>`).join(' ')}>`;
    case 'S1F15':
      return 'S1F15 W';
  }
}

/** A message as the oracle writes it; what is not told by it is left out. */
function lineOf({ name, item }: SecsMessage): string[] {
  if (name === 'S5F1') return [`S5F1 ${(item?.at(0).bytes[0] ?? 0) >= 128 ? 'set' : 'cleared'}`];
  if (name !== 'S6F11') return [];
  const ceid = item?.at(1) ?? U4(0);
  const report = item?.at(2).format === 'L' ? item.at(2).list[0] : undefined;
  return [`${ceid.number}${report === undefined ? '' : ` ${report.at(1, 0).ascii}`}`];
}
