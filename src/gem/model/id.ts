import { A, I1, I2, I4, I8, U1, U2, U4, U8, type Item, type ItemFormat } from '../../secs2/index.js';

/** An id as the model and the program name it: a number of 0 to 2^53-1, or ASCII text. */
export type Id = number | string;

/** The formats an id may have on the wire. */
export type IdFormat = 'U1' | 'U2' | 'U4' | 'U8' | 'A';

/** The kinds of id that can have formats of their own. VID stands for SVID, DVID and ECID. */
export type IdKind = 'VID' | 'CEID' | 'RPTID' | 'ALID' | 'TRID' | 'DATAID';

export const ID_KINDS: readonly IdKind[] = ['VID', 'CEID', 'RPTID', 'ALID', 'TRID', 'DATAID'];

const largest: Record<Exclude<IdFormat, 'A'>, number> = {
  U1: 0xff,
  U2: 0xffff,
  U4: 0xffff_ffff,
  U8: Number.MAX_SAFE_INTEGER,
};

export const ID_FORMATS: readonly IdFormat[] = ['U1', 'U2', 'U4', 'U8', 'A'];

/** What is wrong with an id for a format, or undefined. */
export function idProblem(id: unknown, format: IdFormat): string | undefined {
  if (typeof id === 'string') {
    const fits = format === 'A' && id.length > 0 && id.length <= 80 && /^[\x20-\x7e]+$/.test(id);
    return fits ? undefined : allowed(format);
  }
  if (format === 'A' || typeof id !== 'number' || !Number.isInteger(id)) return allowed(format);
  return id >= 0 && id <= largest[format] ? undefined : allowed(format);
}

function allowed(format: IdFormat): string {
  if (format === 'A') return 'must be printable ASCII text of 1 to 80 characters, for its format is A';
  return `must be an integer of 0 to ${largest[format]}, for its format is ${format}`;
}

const factories = { U1, U2, U4, U8 } as const;

/** The item of an id in the format of its kind. */
export function idItem(id: Id, format: IdFormat): Item {
  if (typeof id === 'string') return textItem(id);
  return factories[format === 'A' ? 'U4' : format](id);
}

const INTEGERS = /^[UI][124]$/;

/**
 * The id that an item holds, by its value and never by its format (G-2); undefined where it holds none. Signed integers, which
 * some hosts send, are read too. A number beyond 2^53 is the text of it, which equals no id of a model.
 */
export function readId(item: Item | undefined): Id | undefined {
  if (item === undefined || item.length === 0) return undefined;
  const { format } = item;
  if (format === 'A') return item.ascii;
  if (item.length !== 1) return undefined;
  if (INTEGERS.test(format)) return item.number;
  return format === 'U8' || format === 'I8' ? largeId(item.bigint) : undefined;
}

function largeId(value: bigint): Id {
  const id = Number(value);
  return Number.isSafeInteger(id) ? id : value.toString();
}

/**
 * Whether an id that the host has made up (RPTID, TRID) can be answered in the format of its kind. Text is taken in any case: it is
 * answered as text.
 */
export function isAnswerable(id: Id, item: Item, format: IdFormat): boolean {
  if (typeof id === 'string') return item.format === 'A';
  return format !== 'A' && idProblem(id, format) === undefined;
}

/** An id that was asked for, and the item in which an unknown one is echoed. */
export interface AskedId {
  readonly id: Id;
  readonly item: Item;
}

/**
 * The ids of a list of ids: of `<L <U4 1> <U4 2>>`, and of one array item `<U4 1 2>` too (G-3). Undefined where the item is
 * no list of ids.
 */
export function readIds(item: Item | undefined): readonly AskedId[] | undefined {
  if (item === undefined) return undefined;
  if (item.format === 'L') {
    const ids: AskedId[] = [];
    for (const child of item.items) {
      const id = readId(child);
      if (id === undefined) return undefined;
      ids.push({ id, item: child });
    }
    return ids;
  }
  if (item.format === 'A') return item.length === 0 ? [] : [{ id: item.ascii, item }];
  const { format } = item;
  if (!INTEGERS.test(format) && format !== 'U8' && format !== 'I8') return undefined;
  return Array.from(item.values as Iterable<number | bigint>, (value) => arrayId(format, value));
}

/** One value of an array item, with an item of its own. */
function arrayId(format: ItemFormat, value: number | bigint): AskedId {
  const make = arrayFactories[format as keyof typeof arrayFactories];
  return { id: typeof value === 'bigint' ? largeId(value) : value, item: make(value as never) };
}

const arrayFactories = { U1, U2, U4, U8, I1, I2, I4, I8 } as const;

/** An A item of text that came as one, whose characters above ASCII stand for the bytes that came. */
export function textItem(text: string): Item {
  const foreign = /[\x80-\xff]/.test(text) && !/[^\0-\xff]/.test(text);
  return foreign ? A(Buffer.from(text, 'latin1')) : A(text);
}
