import { A, B, L, S, U4, type Item } from '../../../secs2/index.js';
import { GemArgumentError, GemError } from '../../errors.js';
import type { ProgramId } from '../../store/store.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { acknowledge, type Answer, type Handlers } from '../messages/handler.js';
import { programKey, type Inquiries } from './inquiries.js';
import { bodyBytes, FORMATTED, idList, type ProgramLibrary } from './program-library.js';

/** What the host wants to do with a process program. */
export type ProgramAction = 'inquire' | 'load' | 'send' | 'delete' | 'select';

/** Lets the application refuse: a number is the PPGNT or ACKC7 of the answer, nothing or 0 allows it. */
export type ProgramCheck = (action: ProgramAction, ids: readonly ProgramId[]) => unknown;

/** Unformatted process programs (G-70, G-71, G-74). */
export class Programs {
  readonly #core: Core;
  readonly #library: ProgramLibrary;
  readonly #inquiries: Inquiries;
  readonly #check: () => ProgramCheck | undefined;

  constructor(
    core: Core,
    library: ProgramLibrary,
    inquiries: Inquiries,
    check: () => ProgramCheck | undefined,
  ) {
    this.#core = core;
    this.#library = library;
    this.#inquiries = inquiries;
    this.#check = check;
  }

  get handlers(): Handlers {
    const always: Handlers = {
      S7F17: ({ item }) => this.#core.lane.run(() => this.#delete(item)),
      S7F19: ({ item }) => {
        body.nothing(item, 'S7F19');
        return { item: idList(this.#library) };
      },
      S7F1: ({ item }) => this.#inquire(item),
    };
    if (!this.#library.settings.unformatted) return always;
    return {
      ...always,
      S7F3: ({ item }) => this.#core.lane.run(() => this.#receive(item)),
      S7F5: ({ item }) => this.#give(item),
    };
  }

  /** Selects a program for the next run: PPExecName, and CE ProcessProgramSelected. */
  select(id: ProgramId): void {
    if (this.#library.find(id) === undefined)
      throw new GemArgumentError(`there is no process program ${String(id)}`);
    const slot = this.#core.values.named('PPExecName');
    if (slot !== undefined) this.#core.values.put(slot, typeof id === 'string' ? body.textItem(id) : A(id));
    void this.#core.raise('ProcessProgramSelected');
  }

  /** Sends a program to the host: S7F1, then S7F3. @throws GemError `GEM_NOT_DELIVERED` where the host does not want it. */
  async send(id: ProgramId): Promise<void> {
    const entry = this.#library.find(id);
    if (entry === undefined || entry.format === FORMATTED) {
      throw new GemArgumentError(`there is no unformatted process program ${String(id)}`);
    }
    const ppid = this.#library.idItem(id);
    await this.#ask(S(7, 1).w(L(ppid, U4(entry.length))), 'PPGNT');
    const content = await this.#library.body(entry);
    if (content !== undefined) await this.#ask(S(7, 3).w(L(ppid, content)), 'ACKC7');
  }

  /** Asks the host for a program, S7F5, and stores it. @throws GemError `GEM_NOT_DELIVERED` where the host has none. */
  async request(id: ProgramId): Promise<void> {
    this.#mayTalk();
    const reply = await this.#core.session.request(S(7, 5).w(this.#library.idItem(id)));
    const { item } = reply;
    if (item?.format !== 'L' || item.length !== 2) {
      throw new GemError('GEM_NOT_DELIVERED', `the host has no process program ${String(id)}`);
    }
    const { format, bytes } = bodyBytes(item.at(1));
    await this.#core.lane.run(() => this.#library.write(id, format, bytes));
  }

  async #ask(message: ReturnType<typeof S>, what: string): Promise<void> {
    this.#mayTalk();
    const reply = await this.#core.session.request(message);
    const code = body.code(reply.item, what);
    if (code !== 0)
      throw new GemError('GEM_NOT_DELIVERED', `the host answered ${message.name} with ${what} ${code}`);
  }

  #mayTalk(): void {
    if (this.#core.isCommunicating() && this.#core.isOnline()) return;
    throw new GemError('GEM_NOT_ALLOWED', 'the equipment must be communicating and ON-LINE for this');
  }

  async #refusal(action: ProgramAction, ids: readonly ProgramId[]): Promise<number> {
    const verdict = await this.#check()?.(action, ids);
    if (verdict === false) return 1;
    return typeof verdict === 'number' ? verdict : 0;
  }

  async #inquire(item: Item | undefined): Promise<Answer> {
    const [ppid, lengthOf] = body.pair(item, 'S7F1');
    const id = this.#library.readId(ppid);
    const length = body.integer(lengthOf, 'LENGTH');
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `S7F1: PPGNT ${code}, ${why}`);
    const problem = this.#library.idProblem(id);
    if (problem !== undefined) return refuse(3, problem);
    const { maxBytes } = this.#library.settings;
    if (length > maxBytes) return refuse(2, `it is longer than ${maxBytes} bytes`);
    if (this.#isFull(id)) return refuse(2, 'there are as many as can be kept');
    const code = await this.#refusal('inquire', [id]);
    if (code !== 0) return refuse(code, 'the application refuses it');
    return { item: B(0), after: () => this.#inquiries.expect(programKey(ppid), 'S7F3', ppid) };
  }

  #isFull(id: ProgramId): boolean {
    const { store, settings } = this.#library;
    return this.#library.find(id) === undefined && store.list().length >= settings.maxPrograms;
  }

  async #receive(item: Item | undefined): Promise<Answer> {
    const [ppid, content] = body.pair(item, 'S7F3');
    const id = this.#library.readId(ppid);
    const { format, bytes } = bodyBytes(content);
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `S7F3: ACKC7 ${code}, ${why}`);
    const problem = this.#library.idProblem(id);
    if (problem !== undefined) return refuse(4, problem);
    const { maxBytes } = this.#library.settings;
    if (bytes.length > maxBytes) return refuse(2, `it is longer than ${maxBytes} bytes`);
    if (this.#isFull(id)) return refuse(3, 'there are as many as can be kept');
    const code = await this.#refusal('load', [id]);
    if (code !== 0) return refuse(code, 'the application refuses it');
    await this.#library.write(id, format, bytes);
    return { item: B(0) };
  }

  async #give(item: Item | undefined): Promise<Answer> {
    const id = this.#library.readId(item);
    const entry = this.#library.find(id);
    const code = await this.#refusal('send', [id]);
    if (entry === undefined || entry.format === FORMATTED || code !== 0 || entry.length > 0xffffff) {
      return {
        item: L(),
        refusal: `S7F5: ${entry === undefined ? 'there is no such program' : 'it is not given this way'}`,
      };
    }
    const content = await this.#library.body(entry);
    return { item: content === undefined ? L() : L(this.#library.idItem(id), content) };
  }

  async #delete(item: Item | undefined): Promise<Answer> {
    const asked = body.list(item, 'S7F17').map((ppid) => this.#library.readId(ppid));
    const { store } = this.#library;
    const ids = asked.length === 0 ? store.list().map(({ id }) => id) : asked;
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `S7F17: ACKC7 ${code}, ${why}`);
    if (ids.some((id) => this.#library.find(id) === undefined)) return refuse(4, 'one of them is not there');
    if (ids.some((id) => this.#library.isRunning(id))) return refuse(1, 'one of them is being run');
    const code = await this.#refusal('delete', ids);
    if (code !== 0) return refuse(code, 'the application refuses it');
    await this.#library.delete(ids);
    return { item: B(0) };
  }
}
