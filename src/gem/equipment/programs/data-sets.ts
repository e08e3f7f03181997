import { B, L, S, U4, type Item } from '../../../secs2/index.js';
import { outcomeOf } from '../../../session/errors.js';
import { GemError } from '../../errors.js';
import type { StorePrograms } from '../../store/store.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { acknowledge, type Answer, type Handlers } from '../messages/handler.js';
import type { Id } from '../../model/id.js';
import { FORMATTED, MAX_ID_LENGTH, type ProgramLibrary } from './program-library.js';

/** ACKC13 (G-73). */
const ACKC13 = {
  ok: 0,
  unknown: 2,
  badCheckpoint: 3,
  tooMany: 4,
  notOpen: 6,
  endOfData: 8,
  handleInUse: 9,
} as const;

/** Data sets that may be open at once. */
const MAX_OPEN = 16;
/** Bytes asked for, and given, at once: a quarter of what one item can hold. */
const CHUNK = 4 * 2 ** 20;
const DSNAME_LENGTH = 50;
/** So long the host may be away while one of its data sets is fetched, in seconds. */
const RESUME_WITHIN = 120;
const RESUMED = Symbol('resumed');

/** A data set that the host reads. */
interface Open {
  readonly name: string;
  readonly store: StorePrograms;
  readonly length: number;
  position: number;
}

/** Large process programs and data sets by stream 13 (G-73): served to the host, and fetched from it. */
export class DataSets {
  readonly #core: Core;
  readonly #library: ProgramLibrary;
  readonly #open = new Map<Id, Open>();
  #handle = 0;

  constructor(core: Core, library: ProgramLibrary) {
    this.#core = core;
    this.#library = library;
  }

  readonly handlers: Handlers = {
    S7F37: ({ item }) => this.#announced(item, false),
    S7F39: ({ item }) => this.#announced(item, true),
    S7F41: ({ item }) => this.#wanted(item, false),
    S7F43: ({ item }) => this.#wanted(item, true),
    S13F3: ({ item }) => this.#onOpen(item),
    S13F5: ({ item }) => this.#onRead(item),
    S13F7: ({ item }) => this.#onClose(item),
    S13F9: ({ item }) => {
      body.nothing(item, 'S13F9');
      this.closeAll();
      return {};
    },
  };

  /** With the link, what was open on it goes. */
  closeAll(): void {
    this.#open.clear();
  }

  /** The host has a large program for us: it is fetched after the acknowledge. */
  #announced(item: Item | undefined, formatted: boolean): Answer {
    const name = body.text(item, 'DSNAME');
    const problem = nameProblem(name);
    if (problem !== undefined) return acknowledge(B(4), 4, `S7F37: ACKC7 4, ${problem}`);
    return { item: B(0), after: () => void this.#fetch(name, formatted) };
  }

  #wanted(item: Item | undefined, formatted: boolean): Answer {
    const name = body.text(item, 'DSNAME');
    const entry = this.#library.find(name);
    if (entry === undefined || (entry.format === FORMATTED) !== formatted) {
      return acknowledge(B(4), 4, `S7F41: ACKC7 4, there is no process program ${JSON.stringify(name)}`);
    }
    return { item: B(0) };
  }

  async #fetch(name: string, formatted: boolean): Promise<void> {
    try {
      const handle = U4((this.#handle = (this.#handle % 0xffff) + 1));
      let format = formatted ? FORMATTED : 'B';
      const pieces = this.#pieces(handle, name, (found) => {
        if (!formatted) format = found;
      });
      // The format of the body is that of its first piece, which has come before the program is stored.
      const first = await pieces.next();
      const rest = async function* (): AsyncGenerator<Uint8Array> {
        if (first.done !== true) yield first.value;
        yield* pieces;
      };
      await this.#core.lane.run(() => this.#library.write(name, format, rest()));
    } catch (error) {
      this.#core.report(error, `fetching data set ${name}`);
    }
  }

  async *#pieces(handle: Item, name: string, onFormat: (format: string) => void): AsyncGenerator<Uint8Array> {
    await this.#openAt(handle, name, 0);
    let received = 0;
    try {
      for (;;) {
        const item = await this.#readOn(handle, name, received);
        if (item === RESUMED) continue;
        const read = body.list(item, 'S13F6', 4);
        const code = body.code(read[1], 'ACKC13');
        if (code !== ACKC13.endOfData) check(code, 'S13F5');
        const data = body.list(read[3], 'the data');
        for (const piece of data) {
          onFormat(piece.format);
          const bytes = Uint8Array.from(piece.bytes as unknown as Uint8Array);
          received += bytes.length;
          yield bytes;
        }
        if (code === ACKC13.endOfData || data.length === 0) return;
      }
    } finally {
      await this.#ask(S(13, 7).w(L(handle))).catch((error: unknown) => this.#core.report(error, 'S13F7'));
    }
  }

  async #openAt(handle: Item, name: string, from: number): Promise<void> {
    const asked = S(13, 3).w(L(handle, body.textItem(name), U4(from >>> 0)));
    const opened = body.list(await this.#ask(asked), 'S13F4', 5);
    check(body.code(opened[2], 'ACKC13'), 'S13F3');
  }

  /** The next piece; `RESUMED` where the link was lost and the data set is open again at what was received. */
  async #readOn(handle: Item, name: string, received: number): Promise<Item | undefined | typeof RESUMED> {
    try {
      return await this.#ask(S(13, 5).w(L(handle, U4(CHUNK))));
    } catch (error) {
      if (!['closed', 'ended', 'unsent'].includes(outcomeOf(error))) throw error;
      if (!(await this.#communicatesAgain())) throw error;
      await this.#openAt(handle, name, received);
      return RESUMED;
    }
  }

  /** Waits until communications are established anew; false where they are not in time. */
  async #communicatesAgain(): Promise<boolean> {
    const { clock, session } = this.#core;
    for (let waited = 0; waited < RESUME_WITHIN; waited++) {
      await new Promise<void>((resolve) => void clock.setTimer('dataSet', 1, resolve));
      if (session.currentAvailability === 'usable' && this.#core.isCommunicating()) return true;
    }
    return false;
  }

  async #ask(message: ReturnType<typeof S>): Promise<Item | undefined> {
    return (await this.#core.session.request(message)).item;
  }

  #onOpen(item: Item | undefined): Answer {
    const [handle, dsname, checkpoint] = body.list(item, 'S13F3', 3) as readonly [Item, Item, Item];
    const id = body.id(handle, 'HANDLE');
    const name = body.text(dsname, 'DSNAME');
    const position = body.integer(checkpoint, 'CKPNT');
    const reply = (code: number, why?: string): Answer =>
      acknowledge(L(handle, dsname, B(code), U4(0), U4(0)), code, `S13F3: ACKC13 ${code}, ${why}`);
    if (this.#open.has(id)) return reply(ACKC13.handleInUse, `handle ${id} is in use`);
    if (this.#open.size >= MAX_OPEN) return reply(ACKC13.tooMany, `${MAX_OPEN} data sets are open`);
    const found = this.#find(name);
    if (found === undefined) return reply(ACKC13.unknown, `there is no data set ${JSON.stringify(name)}`);
    if (position > found.length) return reply(ACKC13.badCheckpoint, `it ends at byte ${found.length}`);
    this.#open.set(id, { name, position, ...found });
    return reply(ACKC13.ok);
  }

  #find(name: string): { readonly store: StorePrograms; readonly length: number } | undefined {
    const { dataSets } = this.#core.store;
    if (name.length === 0 || name.length > MAX_ID_LENGTH) return undefined;
    for (const store of [dataSets, this.#library.store]) {
      const entry = store.get(name);
      if (entry !== undefined) return { store, length: entry.length };
    }
    return undefined;
  }

  async #onRead(item: Item | undefined): Promise<Answer> {
    const [handle, readln] = body.pair(item, 'S13F5');
    const open = this.#open.get(body.id(handle, 'HANDLE'));
    const most = Math.min(body.integer(readln, 'READLN'), CHUNK);
    const reply = (code: number, at: number, data: readonly Item[]): Item =>
      L(handle, B(code), U4(at >>> 0), L(data));
    if (open === undefined) {
      return acknowledge(
        reply(ACKC13.notOpen, 0, []),
        ACKC13.notOpen,
        'S13F5: ACKC13 6, no data set is open by this handle',
      );
    }
    const length = Math.min(most, open.length - open.position);
    const chunks: Buffer[] = [];
    const range = { offset: open.position, length };
    if (length > 0) for await (const chunk of open.store.stream(open.name, range)) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    open.position += bytes.length;
    const code = open.position >= open.length ? ACKC13.endOfData : ACKC13.ok;
    return { item: reply(code, open.position, bytes.length === 0 ? [] : [B(bytes)]) };
  }

  #onClose(item: Item | undefined): Answer {
    // Some sources have the handle alone, others in a list of one.
    const handle = item?.format === 'L' ? body.list(item, 'S13F7', 1)[0] : item;
    const closed = this.#open.delete(body.id(handle, 'HANDLE'));
    const code = closed ? ACKC13.ok : ACKC13.notOpen;
    return acknowledge(
      L(handle as Item, B(code)),
      code,
      'S13F7: ACKC13 6, no data set is open by this handle',
    );
  }
}

function nameProblem(name: string): string | undefined {
  if (name.length === 0) return 'DSNAME is empty';
  return name.length > DSNAME_LENGTH ? `DSNAME is longer than ${DSNAME_LENGTH}` : undefined;
}

function check(code: number, message: string): void {
  if (code !== ACKC13.ok)
    throw new GemError('GEM_NOT_DELIVERED', `the host answered ${message} with ACKC13 ${code}`);
}
