import { B, decodeItem, L, S, U1, U4, type Item } from '../../../secs2/index.js';
import type { ProcessCommandDefinition } from '../../model/definition.js';
import { outOfRange } from '../../model/range.js';
import type { ProgramId } from '../../store/store.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { acknowledge, BodyError, type Answer, type Handlers } from '../messages/handler.js';
import { conformed } from '../values/numbers.js';
import { FORMATTED, nameOf, type ProgramLibrary } from './program-library.js';

/** What a check of a process program has found (G-72). */
export interface ProgramFault {
  /** ACKC7A: 1 MDLN, 2 SOFTREV, 3 CCODE, 4 PPARM, 5 other. */
  readonly code: number;
  /** SEQNUM: which command, from 1; 0: the program as a whole. */
  readonly command: number;
  /** ERRW7. */
  readonly text: string;
}

/** One command of a program: CCODE and its parameters, as they came. */
export interface ProgramCommand {
  readonly code: Item;
  readonly parameters: readonly Item[];
}

/** Checks a program beyond what the model says of its commands. */
export type ProgramVerifier = (
  id: ProgramId,
  commands: readonly ProgramCommand[],
) => readonly ProgramFault[] | Promise<readonly ProgramFault[]>;

/** Formatted process programs: received, then checked, and the verdict told by S7F27 (G-72). */
export class FormattedPrograms {
  readonly #core: Core;
  readonly #library: ProgramLibrary;
  readonly #commands: Readonly<Record<string, ProcessCommandDefinition>>;
  readonly #verifier: () => ProgramVerifier | undefined;

  constructor(
    core: Core,
    library: ProgramLibrary,
    commands: Readonly<Record<string, ProcessCommandDefinition>>,
    verifier: () => ProgramVerifier | undefined,
  ) {
    this.#core = core;
    this.#library = library;
    this.#commands = commands;
    this.#verifier = verifier;
  }

  readonly handlers: Handlers = {
    S7F23: ({ item }) => this.#core.lane.run(() => this.#receive(item)),
    S7F25: ({ item }) => this.#give(item),
  };

  async #receive(item: Item | undefined): Promise<Answer> {
    const [ppid, model, revision, list] = body.list(item, 'S7F23', 4);
    const id = this.#library.readId(ppid);
    const identity = [body.text(model, 'MDLN'), body.text(revision, 'SOFTREV')] as const;
    const commands = commandsOf(list);
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `S7F23: ACKC7 ${code}, ${why}`);
    const problem = this.#library.idProblem(id);
    if (problem !== undefined) return refuse(4, problem);
    const { store, settings } = this.#library;
    if (this.#library.find(id) === undefined && store.list().length >= settings.maxPrograms) {
      return refuse(3, 'there are as many as can be kept');
    }
    const bytes = (item as Item).encode();
    if (bytes.length > settings.maxBytes) return refuse(2, `it is longer than ${settings.maxBytes} bytes`);
    await this.#library.write(id, FORMATTED, bytes);
    return { item: B(0), after: () => void this.#verify(id, identity, commands) };
  }

  async #give(item: Item | undefined): Promise<Answer> {
    const id = this.#library.readId(item);
    const entry = this.#library.find(id);
    const bytes = entry?.format === FORMATTED ? await this.#library.store.read(id) : undefined;
    return bytes === undefined
      ? { item: L(), refusal: 'S7F25: there is no such formatted program' }
      : { item: decodeItem(bytes) };
  }

  async #verify(
    id: ProgramId,
    identity: readonly [string, string],
    commands: readonly ProgramCommand[],
  ): Promise<void> {
    try {
      const own = (await this.#verifier()?.(id, commands)) ?? [];
      await this.#tell(id, [...this.#identityFaults(identity), ...this.#commandFaults(commands), ...own]);
    } catch (error) {
      this.#core.report(error, `the check of process program ${nameOf(id)}`);
      await this.#tell(id, [{ code: 5, command: 0, text: 'the check failed' }]);
    }
  }

  /** S7F27 brings the verdict; S7F29 asks first where `rules.inquireAbove` says so. */
  async #tell(id: ProgramId, faults: readonly ProgramFault[]): Promise<void> {
    const lines = faults.map(({ code, command, text }) => L(U1(code), U4(command), body.textItem(text)));
    const verdict = S(7, 27).w(L(this.#library.idItem(id), L(lines)));
    const slot = this.#core.values.named('PPError');
    if (slot !== undefined && faults.length > 0)
      this.#core.values.put(slot, body.textItem(faults.map(({ text }) => text).join('; ')));
    await this.#core.post(verdict, 'S7F27');
  }

  #identityFaults([model, revision]: readonly [string, string]): ProgramFault[] {
    const faults: ProgramFault[] = [];
    if (model !== this.#core.model.model)
      faults.push({ code: 1, command: 0, text: `made for ${nameOf(model)}` });
    if (revision !== this.#core.model.softwareRevision) {
      faults.push({ code: 2, command: 0, text: `made for revision ${nameOf(revision)}` });
    }
    return faults;
  }

  #commandFaults(commands: readonly ProgramCommand[]): ProgramFault[] {
    return commands.flatMap(({ code, parameters }, i) => {
      const name = code.format === 'A' ? code.ascii : code.length === 1 ? String(code.bigint) : '';
      const definition = this.#commands[name];
      const fault = (kind: number, text: string): ProgramFault[] => [{ code: kind, command: i + 1, text }];
      if (definition === undefined) return fault(3, `there is no command ${nameOf(name)}`);
      const wanted = definition.parameters ?? [];
      if (parameters.length !== wanted.length) return fault(4, `${name} has ${wanted.length} parameters`);
      return wanted.flatMap((shape, at) => {
        const item = conformed(parameters[at] as Item, shape, false);
        if (item === undefined) return fault(4, `${shape.name} has format ${shape.format}`);
        const problem = outOfRange(item, shape);
        return problem === undefined ? [] : fault(4, `${shape.name} ${problem}`);
      });
    });
  }
}

function commandsOf(list: Item | undefined): readonly ProgramCommand[] {
  return body.list(list, 'the list of commands').map((entry) => {
    const [code, parameters] = body.pair(entry, 'a command');
    if (!/^(A|[UI][124])$/.test(code.format))
      throw new BodyError(`CCODE must be text or a number, received ${code.format}`);
    return { code, parameters: body.list(parameters, 'the parameters of a command') };
  });
}
