import { A, B, L, type Item } from '../../secs2/index.js';
import { GemArgumentError } from '../errors.js';
import type { ParameterDefinition } from '../model/definition.js';
import type { ModelCommand, ModelEvent } from '../model/equipment-model.js';
import { outOfRange } from '../model/range.js';
import { quote, valueOf } from '../model/value.js';
import * as body from './messages/body.js';
import type { Core } from './core.js';
import { acknowledge, type Answer, type Handlers } from './messages/handler.js';
import { conformed } from './values/numbers.js';

/** HCACK 4: the command is being carried out, and an event tells of its end. */
const LATER = 4;

/** What a command handler answers: nothing or 0 for done, another HCACK (`HCACK` of `rxsecs/e5` names them), or one with the parameters that are at fault. */
export type CommandResult =
  void | number | { readonly hcack: number; readonly cpacks?: Readonly<Record<string, number>> };

/** Carries a remote command out. What it throws makes SxF0. */
export type CommandHandler = (
  parameters: Readonly<Record<string, unknown>>,
  context: CommandContext,
) => CommandResult | Promise<CommandResult>;

/** Where a command came from. */
export interface CommandContext {
  readonly by: 'host' | 'operator';
  /** OBJSPEC of S2F49; empty otherwise. */
  readonly object: string;
}

/** A parameter that is not as it must be, and how S2F42 says so. */
interface Fault {
  readonly name: Item;
  readonly cpack: number;
  readonly why: string;
}

const CPACK = { name: 1, value: 2, format: 3 } as const;

/** Remote control (G-65 to G-67): S2F41, S2F49, S2F21, and the operator's commands. */
export class Commands {
  readonly #core: Core;
  readonly #handlers = new Map<string, CommandHandler>();
  /** Events raised since a command began, to know whether its completion has been told. */
  readonly #awaited = new Map<ModelEvent, Set<{ told: boolean }>>();

  constructor(core: Core) {
    this.#core = core;
  }

  readonly handlers: Handlers = {
    S2F41: ({ item }) => {
      const [rcmd, parameters] = body.pair(item, 'S2F41');
      return this.#onCommand('S2F41', rcmd, parameters, '');
    },
    S2F49: ({ item }) => {
      const [dataId, object, rcmd, parameters] = body.list(item, 'S2F49', 4);
      body.id(dataId, 'DATAID');
      return this.#onCommand('S2F49', rcmd, parameters, body.text(object, 'OBJSPEC'));
    },
    S2F21: ({ item }) => this.#onRemote(item),
  };

  /** @throws GemArgumentError where the model has no such command. */
  handle(name: string, handler: CommandHandler): void {
    this.#handlers.set(this.#known(name).name, handler);
  }

  /** An event was raised: the completion of a command, perhaps. */
  onRaised(event: ModelEvent): void {
    for (const watch of this.#awaited.get(event) ?? []) watch.told = true;
  }

  /** The operator gives a command; while REMOTE the host gets an event (G-67). @throws what the handler throws, as a rejection. */
  async operator(name: string, parameters: Readonly<Record<string, unknown>>): Promise<CommandResult> {
    const command = this.#known(name);
    const handler = this.#handlers.get(command.name);
    if (handler === undefined) throw new GemArgumentError(`the command ${command.name} has no handler`);
    if (this.#core.isOnline() && !this.#core.isLocal()) {
      void this.#core.raise('OperatorCommandIssued', { OperatorCommand: A(command.name) });
    }
    return handler(parameters, { by: 'operator', object: '' });
  }

  #known(name: string): ModelCommand {
    const command = typeof name === 'string' ? this.#find(name) : undefined;
    if (command === undefined) throw new GemArgumentError(`there is no command named ${quote(name)}`);
    return command;
  }

  /** By its exact name, otherwise ignoring case (G-66). */
  #find(name: string): ModelCommand | undefined {
    const { commands } = this.#core.model;
    const exact = commands.get(name);
    if (exact !== undefined) return exact;
    const upper = name.toUpperCase();
    return [...commands.values()].find((command) => command.name.toUpperCase() === upper);
  }

  async #onCommand(
    message: string,
    rcmd: Item | undefined,
    list: Item | undefined,
    object: string,
  ): Promise<Answer> {
    const name = body.text(rcmd, 'RCMD');
    const given = body.list(list, 'the list of parameters').map((entry) => {
      const [cpname, value] = body.pair(entry, 'a parameter');
      return { name: cpname, text: body.text(cpname, 'CPNAME'), value };
    });
    const refuse = (hcack: number, why: string, faults: readonly Fault[] = []): Answer =>
      acknowledge(reply(hcack, faults), hcack, `${message}: HCACK ${hcack}, ${why}`);
    const command = this.#find(name);
    if (command === undefined) return refuse(1, `there is no command ${JSON.stringify(name)}`);
    const forbidden = this.#forbidden(command);
    if (forbidden !== undefined) return refuse(this.#core.rules.localHcack, forbidden);
    const { parameters, faults } = this.#parameters(command, given);
    if (faults.length > 0) return refuse(3, faults.map(({ why }) => why).join('; '), faults);
    const handler = this.#handlers.get(command.name);
    if (handler === undefined) return refuse(2, `the program does not handle ${command.name}`);
    const result = await this.#run(command, () => handler(parameters, { by: 'host', object }));
    const { hcack, cpacks } = typeof result === 'object' ? result : { hcack: result ?? 0, cpacks: undefined };
    const named = Object.entries(cpacks ?? {}).map(([cpname, cpack]) => ({
      name: body.textItem(cpname),
      cpack,
      why: '',
    }));
    const accepted = hcack === 0 || hcack === 4;
    return acknowledge(
      reply(hcack, named),
      accepted ? 0 : hcack,
      `${message}: HCACK ${hcack} of the program`,
    );
  }

  /** S2F21: no parameters, and an answer of three codes. */
  async #onRemote(item: Item | undefined): Promise<Answer> {
    const name = item?.format === 'A' ? item.ascii : String(body.integer(item, 'RCMD'));
    const answered = await this.#onCommand('S2F21', body.textItem(name), L(), '');
    const hcack = body.code(body.list(answered.item, 'S2F42', 2)[0], 'HCACK');
    const cmda = hcack === 0 || hcack === 4 ? 0 : hcack === 1 ? 1 : 2;
    return { ...answered, item: B(cmda) };
  }

  /** Why LOCAL forbids a command, if it does (G-25). */
  #forbidden({ name, kind }: ModelCommand): string | undefined {
    if (!this.#core.isLocal() || kind === 'other') return undefined;
    if (kind === 'affectsProcessing' && !this.#core.isProcessing()) return undefined;
    return `${name} is the operator's while LOCAL`;
  }

  #parameters(
    command: ModelCommand,
    given: readonly { readonly name: Item; readonly text: string; readonly value: Item }[],
  ): { readonly parameters: Readonly<Record<string, unknown>>; readonly faults: readonly Fault[] } {
    const parameters: Record<string, unknown> = {};
    const faults: Fault[] = [];
    const names = new Map([...command.parameters.keys()].map((name) => [name.toUpperCase(), name]));
    for (const { name: item, text, value } of given) {
      const name = command.parameters.has(text) ? text : names.get(text.toUpperCase());
      const definition = name === undefined ? undefined : command.parameters.get(name);
      const fault =
        name === undefined || definition === undefined
          ? { cpack: CPACK.name, why: `${command.name} has no parameter ${JSON.stringify(text)}` }
          : name in parameters
            ? { cpack: CPACK.name, why: `${name} comes twice` }
            : this.#take(name, definition, value, parameters);
      if (fault !== undefined) faults.push({ name: item, ...fault });
    }
    for (const [name, { optional = false }] of command.parameters) {
      const faulty = faults.some(
        ({ name: item }) => item.format === 'A' && item.ascii.toUpperCase() === name.toUpperCase(),
      );
      if (optional || name in parameters || faulty) continue;
      faults.push({ name: body.textItem(name), cpack: CPACK.name, why: `${name} is missing` });
    }
    return { parameters, faults };
  }

  #take(
    name: string,
    definition: ParameterDefinition,
    value: Item,
    parameters: Record<string, unknown>,
  ): Omit<Fault, 'name'> | undefined {
    const item = conformed(value, definition, !this.#core.rules.anyNumberFormat);
    if (item === undefined) {
      return {
        cpack: CPACK.format,
        why: `${name} has format ${definition.format}, received ${value.format} of ${value.length}`,
      };
    }
    const problem = outOfRange(item, definition);
    if (problem !== undefined) return { cpack: CPACK.value, why: `${name} ${problem}` };
    parameters[name] = valueOf(item, definition.array);
    return undefined;
  }

  /** Runs a handler; one that takes longer than T3/2 and declares a completion is answered 4 meanwhile (G-66). */
  async #run(
    command: ModelCommand,
    start: () => CommandResult | Promise<CommandResult>,
  ): Promise<CommandResult> {
    const { completion } = command;
    const running = start();
    if (completion === undefined || !(running instanceof Promise)) return running;
    const watch = this.#watch(completion);
    let answerLater: (hcack: number) => void = () => undefined;
    const later = new Promise<number>((resolve) => (answerLater = resolve));
    let late = false;
    const timer = this.#core.clock.setTimer('command', this.#core.session.settings.t3 / 2, () => {
      late = true;
      answerLater(LATER);
    });
    const done = running.finally(() => {
      timer.cancel();
      this.#awaited.get(completion)?.delete(watch);
      // The event is owed, also for a command that failed in the end.
      if (late && !watch.told) void this.#core.raiseEvent(completion);
    });
    done.catch((error: unknown) => {
      if (late) this.#core.report(error, `the command ${command.name}`);
    });
    return Promise.race([done, later]);
  }

  #watch(event: ModelEvent): { told: boolean } {
    const watch = { told: false };
    const watches = this.#awaited.get(event) ?? new Set();
    this.#awaited.set(event, watches.add(watch));
    return watch;
  }
}

const reply = (hcack: number, faults: readonly Fault[]): Item =>
  L(B(hcack), L(faults.map(({ name, cpack }) => L(name, B(cpack)))));
