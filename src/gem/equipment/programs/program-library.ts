import { B, decodeItem, L, U1, type Item } from '../../../secs2/index.js';
import { textItem } from '../messages/body.js';
import type { ModelProcessPrograms } from '../../model/equipment-model.js';
import type { ProgramEntry, ProgramId, StorePrograms } from '../../store/store.js';
import type { Core } from '../core.js';
import { BodyError } from '../messages/handler.js';

/** What was done with a process program (PPChangeStatus, G-74). */
const PPChange = { created: 1, edited: 2, deleted: 3 } as const;

/** Formats that PPBODY may have, by the first byte of their items. */
const BODY_FORMATS: Readonly<Record<string, number>> = {
  ...{ B: 0o10, BOOLEAN: 0o11, A: 0o20, J: 0o21, I8: 0o30, I1: 0o31, I2: 0o32, I4: 0o34 },
  ...{ F8: 0o40, F4: 0o44, U8: 0o50, U1: 0o51, U2: 0o52, U4: 0o54 },
};

/** The longest id that a store takes. */
export const MAX_ID_LENGTH = 1000;

/** How formatted programs are marked in the store: their body is the encoded list of S7F23. */
export const FORMATTED = 'formatted';

/** The process programs of the equipment, byte for byte as they came (G-71). */
export class ProgramLibrary {
  readonly #core: Core;
  readonly settings: ModelProcessPrograms;

  constructor(core: Core, settings: ModelProcessPrograms) {
    this.#core = core;
    this.settings = settings;
  }

  get store(): StorePrograms {
    return this.#core.store.programs;
  }

  /** What is known of a program; undefined where there is none, which is so of every id that none can have. */
  find(id: ProgramId): ProgramEntry | undefined {
    return id.length === 0 || id.length > MAX_ID_LENGTH ? undefined : this.store.get(id);
  }

  /** PPID as an item. */
  idItem(id: ProgramId): Item {
    return typeof id === 'string' ? textItem(id) : B(id);
  }

  /** The PPID that an item holds. @throws BodyError where it is neither A nor B. */
  readId(item: Item | undefined): ProgramId {
    if (item?.format === 'A') return item.ascii;
    if (item?.format === 'B') return item.bytes.slice();
    throw new BodyError(`PPID must be A or B, received ${item?.format ?? 'nothing'}`);
  }

  /** What is wrong with a PPID, or undefined. */
  idProblem(id: ProgramId): string | undefined {
    const { maxIdLength } = this.settings;
    if (id.length === 0) return 'PPID is empty';
    return id.length > maxIdLength ? `PPID is longer than ${maxIdLength}` : undefined;
  }

  /** Whether the program is being run: selected, while processing. */
  isRunning(id: ProgramId): boolean {
    const selected = this.#core.values.named('PPExecName')?.item;
    return this.#core.isProcessing() && selected?.format === 'A' && selected.ascii === nameOf(id);
  }

  /** Stores a program, and tells of it. */
  async write(id: ProgramId, format: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const isNew = this.find(id) === undefined;
    await this.store.write(id, { format, body, maxBytes: this.settings.maxBytes });
    this.#tell(id, isNew ? PPChange.created : PPChange.edited);
  }

  /** Deletes these, all or none, and tells of each. */
  async delete(ids: readonly ProgramId[]): Promise<void> {
    await this.store.delete(ids);
    for (const id of ids) this.#tell(id, PPChange.deleted);
  }

  /** The body as the item it came as; of a formatted program the list of S7F23. */
  async body(entry: ProgramEntry): Promise<Item | undefined> {
    const bytes = await this.store.read(entry.id);
    if (bytes === undefined) return undefined;
    return entry.format === FORMATTED ? decodeItem(bytes) : bodyItem(entry.format, bytes);
  }

  #tell(id: ProgramId, status: number): void {
    void this.#core.raise('ProcessProgramChange', {
      PPChangeName: textItem(nameOf(id)),
      PPChangeStatus: U1(status),
    });
  }
}

/** PPID as text: bytes one character each, those that are not ASCII as a question mark. */
export function nameOf(id: ProgramId): string {
  const text = typeof id === 'string' ? id : Buffer.from(id).toString('latin1');
  return text.replace(/[^\x20-\x7e]/g, '?');
}

/** The item of a body: the same bytes in the same format. */
function bodyItem(format: string, bytes: Uint8Array): Item {
  const code = BODY_FORMATS[format] ?? BODY_FORMATS['B'] ?? 0;
  const { length } = bytes;
  const lengthBytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  const head = Buffer.alloc(1 + lengthBytes);
  head[0] = (code << 2) | lengthBytes;
  head.writeUIntBE(length, 1, lengthBytes);
  return decodeItem(Buffer.concat([head, bytes]));
}

/** The bytes of a body. @throws BodyError for a list. */
export function bodyBytes(item: Item | undefined): { readonly format: string; readonly bytes: Uint8Array } {
  if (item === undefined || BODY_FORMATS[item.format] === undefined) {
    throw new BodyError(`PPBODY must be bytes, text or numbers, received ${item?.format ?? 'nothing'}`);
  }
  return { format: item.format, bytes: Uint8Array.from(item.bytes as unknown as Uint8Array) };
}

/** S7F20's list. */
export const idList = (library: ProgramLibrary): Item =>
  L(library.store.list().map(({ id }) => library.idItem(id)));
