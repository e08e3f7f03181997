import type { EquipmentDefinition } from '../model/definition.js';
import type { CommandName, CommandParameters, ConstantName } from '../model/types.js';
import type { CommandResult, Commands } from './commands.js';
import type { Communication } from './states/communication.js';
import type { Constants } from './values/constants.js';
import type { Control } from './states/control.js';
import type { Delivery, TerminalMessage } from './events.js';
import type { Terminal } from './terminal.js';

/**
 * What the operator does at the equipment. Each method resolves when it has been done and told.
 *
 * @example
 * ```ts
 * // given the equipment of a coater
 * const { operator } = equipment;
 * operator.enable();
 * await operator.onLine();
 * await operator.setConstant('SpinSpeed', 2500);
 * await operator.message('chamber is warm');
 * ```
 */
export class Operator<D extends EquipmentDefinition = EquipmentDefinition> {
  readonly #communication: Communication;
  readonly #control: Control;
  readonly #constants: Constants;
  readonly #commands: Commands;
  readonly #terminal: Terminal;

  /** @internal */
  constructor(
    communication: Communication,
    control: Control,
    constants: Constants,
    commands: Commands,
    terminal: Terminal,
  ) {
    this.#communication = communication;
    this.#control = control;
    this.#constants = constants;
    this.#commands = commands;
    this.#terminal = terminal;
  }

  /** Enables communications (G-10, 2). */
  enable(): void {
    this.#communication.enable('operator');
  }

  /** Disables communications: what waits goes away (G-10, 3). */
  disable(): void {
    this.#communication.disable('operator');
  }

  /** The switch ON-LINE: from EQUIPMENT OFF-LINE an attempt begins (G-20, 3). */
  onLine(): Promise<void> {
    return this.#control.operator('operatorOnline');
  }

  /** The switch OFF-LINE; resolves when the host has answered the last event (G-20, 6). */
  offLine(): Promise<void> {
    return this.#control.operator('operatorOffline');
  }

  /** The switch LOCAL, which is kept through power-off. */
  local(): Promise<void> {
    return this.#control.operator('operatorLocal');
  }

  /** The switch REMOTE. */
  remote(): Promise<void> {
    return this.#control.operator('operatorRemote');
  }

  /** Changes a constant (G-34). @throws GemArgumentError (as a rejection) where the value does not fit it. */
  setConstant<N extends ConstantName<D>>(name: N, value: unknown): Promise<void> {
    return this.#constants.operator(name, value);
  }

  /** Gives a command; while REMOTE the host is told (G-67). */
  command<N extends CommandName<D>>(name: N, parameters?: CommandParameters<D, N>): Promise<CommandResult> {
    return this.#commands.operator(name, parameters ?? {});
  }

  /** A message for the host (S10F1). @throws GemArgumentError for a terminal that is not there. */
  message(text: string, terminal = 0): Promise<Delivery> {
    return this.#terminal.send(text, terminal);
  }

  /** The message of the host that has not been acknowledged. */
  get unread(): TerminalMessage | undefined {
    return this.#terminal.unread;
  }

  /** The operator has read it (CE MessageRecognition). */
  acknowledge(): Promise<Delivery> {
    return this.#terminal.acknowledge();
  }
}
