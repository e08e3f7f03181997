import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { GemArgumentError, GemError } from '../errors.js';
import type { EquipmentDefinition } from '../model/definition.js';
import type { EquipmentModel } from '../model/equipment-model.js';
import type {
  AlarmName,
  CommandName,
  CommandParameters,
  ConstantName,
  ConstantValue,
  EventArguments,
  EventName,
  ProcessingTrigger,
  ReadValue,
  SettableName,
  ValueName,
  VariableValue,
} from '../model/types.js';
import { isInstance } from '../../check.js';
import { itemOf, quote, valueOf } from '../model/value.js';
import type { ProgramEntry, ProgramId } from '../store/store.js';
import { SecsItem, type Item } from '../../secs2/index.js';
import { check, checkPrimaryName } from '../check-values.js';
import { checkSession } from '../check-session.js';
import { checkModel } from '../model/check-model.js';
import { checkedOptions } from './check-options.js';
import type { CommandContext, CommandHandler, CommandResult } from './commands.js';
import type { Delivery, GemEquipmentEvents, GemRefusal, GemTransition, TerminalMessage } from './events.js';
import type { Handler } from './messages/handler.js';
import { Operator } from './operator.js';
import type { GemEquipmentOptions } from './options.js';
import type { SecsSession } from '../../session/secs-session.js';
import { bodyBytes } from './programs/program-library.js';
import { Runtime } from './runtime.js';

/** One command of the model, to which the program gives a handler. */
export interface EquipmentCommand<P> {
  /**
   * Carries the command out for the host and for the operator. Parameters are checked against the model before. What it
   * answers is HCACK: nothing or 0 done, 2 not now, 4 a completion event follows, 64 and more its own. What it throws makes
   * SxF0. With a declared completion, a handler that takes longer than T3/2 is answered 4 meanwhile, and the completion is
   * raised at its end unless the program has raised it (G-66).
   */
  handle(handler: (parameters: P, context: CommandContext) => CommandResult | Promise<CommandResult>): void;
}

/** Process programs of the equipment, as its program sees them. */
export interface EquipmentPrograms {
  /** All of them, without their bodies. */
  list(): readonly ProgramEntry[];
  /** The body of an unformatted one as it came, of a formatted one the list of S7F23; undefined where there is none. */
  read(id: ProgramId): Promise<Item | undefined>;
  /** Stores one that was made at the equipment, and tells the host (CE ProcessProgramChange). */
  write(id: ProgramId, body: Item): Promise<void>;
  /** Deletes these, all or none, and tells the host. */
  delete(...ids: readonly ProgramId[]): Promise<void>;
  /** Selects one for the next run (PPExecName, CE ProcessProgramSelected). */
  select(id: ProgramId): void;
  /** Sends one to the host (S7F1, S7F3). */
  send(id: ProgramId): Promise<void>;
  /** Asks the host for one (S7F5), and stores it. */
  request(id: ProgramId): Promise<void>;
}

/**
 * A GEM equipment (E30) on a session: what the model describes is served, told, kept and spooled by it; the program sets
 * values, raises events, sets alarms and carries commands out.
 *
 * Its Observables are hot, never error, and complete with `stop()`.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection, HsmsSession } from 'rxsecs';
 * import { defineEquipment, GemEquipment, memoryStore } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({
 *   model: 'ETCHER',
 *   softwareRevision: '1.0',
 *   variables: {
 *     ChamberPressure: { id: 2001, format: 'F8', units: 'Pa' },
 *     WaferId: { id: 2101, format: 'A', class: 'DV' },
 *     Slot: { id: 2102, format: 'U1', class: 'DV' },
 *   },
 *   events: { WaferStarted: { id: 100, values: ['WaferId', 'Slot'] } },
 *   commands: { START: { parameters: { PPID: { format: 'A' } } } },
 * });
 * const session = new HsmsSession(new HsmsPassiveConnection('', 5000, 0), { entity: 'equipment' });
 * const store = memoryStore();
 * const equipment = new GemEquipment(session, etcher, { store });
 * equipment.provide('ChamberPressure', () => 21.5);
 * equipment.commands.START.handle(({ PPID }) => console.log(PPID));
 * await equipment.start();
 * void equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 3 });
 * ```
 */
export class GemEquipment<const D extends EquipmentDefinition = EquipmentDefinition> {
  readonly model: EquipmentModel<D>;
  /** The operator's side of the equipment. */
  readonly operator: Operator<D>;
  /** The commands of the model by name. */
  readonly commands: { readonly [N in CommandName<D>]: EquipmentCommand<CommandParameters<D, N>> };
  /** Each transition of each state model, with E30's numbers and its cause. Hot. */
  readonly transitions: Observable<GemTransition>;
  /** Whatever the host asked for and did not get, with the rule that forbids it. Hot. */
  readonly refused: Observable<GemRefusal>;
  /** Messages of the host for the operator. Hot. */
  readonly terminal: Observable<TerminalMessage>;
  readonly #runtime: Runtime;
  #isStopped = false;

  /**
   * Made before its connection is enabled; nothing happens before `start()`.
   * @throws GemArgumentError for an option that is not known, a rule out of range, a time zone that is not known.
   */
  constructor(session: SecsSession, model: EquipmentModel<D>, options?: GemEquipmentOptions) {
    checkSession(session);
    this.model = checkModel(model);
    this.#runtime = new Runtime(session, model, checkedOptions(options));
    const { publisher, communication, control, constants, commands, terminal } = this.#runtime;
    this.operator = new Operator<D>(communication, control, constants, commands, terminal);
    this.transitions = publisher.observe('transition');
    this.refused = publisher.observe('refused');
    this.terminal = publisher.observe('terminal');
    this.commands = this.#commandHandles();
  }

  /** The typed node:events emitter under the Observables. */
  get events(): EventEmitter<GemEquipmentEvents> {
    return this.#runtime.publisher.emitter;
  }

  /** Where the communication states stand (G-10). */
  get communicationState(): string {
    return this.#runtime.communication.state;
  }

  /** Where the control states stand (G-20). */
  get controlState(): string {
    return this.#runtime.control.state;
  }

  /** Where the spooling states stand (G-85). */
  get spoolState(): string {
    return this.#runtime.spooling?.state ?? 'INACTIVE';
  }

  /** The tool's processing state (G-75). */
  get processingState(): string {
    return this.#runtime.processing.state;
  }

  /** Messages that wait to be sent or to be answered; the spool has its own count. */
  get pending(): number {
    return this.#runtime.outbox.size;
  }

  /**
   * Starts the state models. Enable the session's connection before or after.
   * @throws GemError `GEM_DISPOSED` once it has been stopped.
   */
  start(): void {
    if (this.#isStopped) throw new GemError('GEM_DISPOSED', 'the equipment was stopped: make another one');
    this.#runtime.start();
  }

  /** Disables communications and ends all timers, for good; the Observables complete. The session and the store stay open. */
  stop(): void {
    this.#isStopped = true;
    this.#runtime.stop();
    this.#runtime.publisher.publish('disposed', undefined);
  }

  /** Sets a variable. @throws GemArgumentError where there is none of that name, or the value does not fit it. */
  set<N extends SettableName<D>>(name: N, value: VariableValue<D, N>): void {
    const slot = this.#runtime.values.slot(name);
    if (slot.variable.class === 'EC')
      throw new GemArgumentError(`${name} is a constant: operator.setConstant changes it`);
    if (slot.variable.origin === 'standard' && name !== 'PPError') {
      throw new GemArgumentError(`${name} is kept by the equipment itself`);
    }
    this.#runtime.values.set(slot, value);
  }

  /** Has a variable asked of a callback whenever it is needed. Promises are awaited, for `rules.valueTimeout` at most. */
  provide<N extends SettableName<D>>(
    name: N,
    provider: () => VariableValue<D, N> | Promise<VariableValue<D, N>>,
  ): void {
    check.fn('provider', provider);
    this.#runtime.values.provide(this.#runtime.values.slot(name), provider);
  }

  /** The value of a variable or constant now; undefined where it has none. */
  async read<N extends ValueName<D>>(name: N): Promise<ReadValue<D, N> | undefined> {
    const slot = this.#runtime.values.slot(name);
    const item = await this.#runtime.values.current(slot);
    if (!slot.known || (item.format === 'L' && slot.variable.shape.format !== 'L')) return undefined;
    return valueOf(item, slot.variable.shape.array) as ReadValue<D, N>;
  }

  /** The value of a constant. */
  constant<N extends ConstantName<D>>(name: N): ConstantValue<D, N> {
    const { item, variable } = this.#runtime.values.slot(name);
    if (variable.class !== 'EC')
      throw new GemArgumentError(`${name} is a variable: read(name) gives its value`);
    return valueOf(item, variable.shape.array) as ConstantValue<D, N>;
  }

  /**
   * Raises an event with its data values. All values of its reports are taken now.
   * @returns what became of it; it never rejects, and need not be awaited.
   * @throws GemArgumentError where there is no such event, or a value does not fit.
   */
  raise<N extends EventName<D>>(name: N, ...[values]: EventArguments<D, N>): Promise<Delivery> {
    const event = this.#runtime.model.events.get(name);
    if (event === undefined) throw new GemArgumentError(`there is no event named ${quote(name)}`);
    if (values === undefined) return this.#runtime.raiseEvent(event);
    const given = check.record<unknown>(`the values of ${name}`, values);
    const data = new Map<string, Item>();
    for (const key of Object.keys(given)) {
      const { variable } = this.#runtime.values.slot(key);
      if (!event.values.includes(variable))
        throw new GemArgumentError(`${key} is no value of the event ${name}`);
      data.set(key, itemOf(key, variable.shape, given[key]));
    }
    return this.#runtime.raiseEvent(event, data);
  }

  /** Sets an alarm: S5F1, then its event. Nothing happens where it is set already. */
  setAlarm(name: AlarmName<D>): Promise<Delivery> {
    return this.#runtime.alarms.change(name, true);
  }

  /** Clears an alarm. */
  clearAlarm(name: AlarmName<D>): Promise<Delivery> {
    return this.#runtime.alarms.change(name, false);
  }

  isAlarmSet(name: AlarmName<D>): boolean {
    return this.#runtime.alarms.isSet(name);
  }

  /** Moves the processing state. @throws GemArgumentError where the trigger leads nowhere from it. */
  process(trigger: ProcessingTrigger<D>): void {
    this.#runtime.processing.do(trigger);
  }

  /** Whether a trigger leads anywhere from the present processing state. @throws GemArgumentError for one that the model has not. */
  canProcess(trigger: ProcessingTrigger<D>): boolean {
    return this.#runtime.processing.can(trigger);
  }

  /**
   * Serves a primary message that GEM has none for, or in another way than GEM: a vendor's own. It is judged as all others are
   * (G-26) before the handler gets it.
   * @param name stream and function, `S64F1`
   */
  handle(name: string, handler: Handler): void {
    checkPrimaryName(name);
    check.fn('handler', handler);
    this.#runtime.handlers.set(name, handler);
  }

  /** The process programs. @throws GemArgumentError where the model has none. */
  get programs(): EquipmentPrograms {
    const { library, programs, lane } = this.#runtime;
    if (library === undefined || programs === undefined) {
      throw new GemArgumentError('the model has no processPrograms');
    }
    return {
      list: () => library.store.list(),
      read: async (id) => {
        const entry = library.find(checkedId(id));
        return entry && library.body(entry);
      },
      write: async (id, content) => {
        checkedId(id);
        const { format, bytes } = bodyBytes(checkedBody(content));
        await lane.run(() => library.write(id, format, bytes));
      },
      delete: async (...ids) => {
        ids.forEach(checkedId);
        await lane.run(() => library.delete(ids));
      },
      select: (id) => programs.select(checkedId(id)),
      send: async (id) => programs.send(checkedId(id)),
      request: async (id) => programs.request(checkedId(id)),
    };
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { model, softwareRevision } = this.model;
    const states = [this.communicationState, this.controlState, this.processingState].join(', ');
    return `${this.constructor.name} (${model} ${softwareRevision}: ${states})`;
  }

  #commandHandles(): { readonly [N in CommandName<D>]: EquipmentCommand<CommandParameters<D, N>> } {
    const { commands, model } = this.#runtime;
    const entries = [...model.commands.keys()].map((name) => [
      name,
      {
        handle(handler: CommandHandler) {
          check.fn('handler', handler);
          commands.handle(name, handler);
        },
      },
    ]);
    return Object.fromEntries(entries) as never;
  }
}

function checkedId(id: ProgramId): ProgramId {
  if (typeof id === 'string' || isInstance(id, Uint8Array)) return id;
  throw new GemArgumentError(`id must be a PPID, text or bytes, received ${quote(id)}`);
}

function checkedBody(content: Item): Item {
  if (isInstance(content, SecsItem) && content.format !== 'L' && content.format !== 'C2') return content;
  throw new GemArgumentError(`body must be an item of bytes, text or numbers, received ${quote(content)}`);
}
