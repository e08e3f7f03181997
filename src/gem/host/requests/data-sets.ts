import { ACKC13, S13F3, S13F4, S13F5, S13F6, S13F7, S7F37, S7F38, S7F41, S7F42 } from '../../../e5/index.js';
import type { Timer } from '../../../clock.js';
import { deferred, type Deferred } from '../../../reactive/deferred.js';
import { A, B, L, S, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import type { KnownNames } from '../../../check.js';
import { check } from '../../check-values.js';
import { GemArgumentError, GemError } from '../../errors.js';
import { readId, type Id } from '../../model/id.js';
import type { HostRuntime } from '../runtime.js';

/** Options of a transfer by a data set. */
export interface TransferOptions {
  /** Told after each piece, with all bytes so far. */
  readonly onProgress?: (bytes: number) => void;
  /** Bytes in one message. Default 1 MiB, at most 8 MiB. */
  readonly pieceBytes?: number;
  /**
   * Upload: the byte to begin at (CKPNT), after a transfer that a lost link has ended. Default 0. A tool that cannot refuses with
   * ACKC13 3.
   */
  readonly from?: number;
  /** Seconds that the tool may let pass without asking for the next piece. Default 300. */
  readonly idleTimeout?: number;
}

const PIECE = 2 ** 20;
const LARGEST_PIECE = 8 * 2 ** 20;
const IDLE = 300;

/** A data set that the tool fetches from us. */
interface Offer {
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly options: TransferOptions;
  readonly done: Deferred<void>;
  /** Bytes that were taken from the source and not sent yet. */
  rest: Uint8Array;
  ended: boolean;
  /** The piece that was given last: its answer may have been lost with the link. */
  last: Uint8Array;
  sent: number;
  handle: Id | undefined;
  timer: Timer | undefined;
}

/** Transfers by data sets of stream 13 (G-73), both ways. */
export class DataSetTransfer {
  readonly #runtime: HostRuntime;
  readonly #offers = new Map<string, Offer>();
  #handle = 0;

  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
    const serve = (
      message: SecsMessage,
      answer: (item: Item) => Item | Promise<Item>,
    ): Item | SecsMessage | Promise<Item> => (message.item?.format === 'L' ? answer(message.item) : S(13, 0));
    runtime.handlers.set('S13F3', (message) => serve(message, (item) => this.#onOpen(item)));
    runtime.handlers.set('S13F5', (message) => serve(message, (item) => this.#onRead(item)));
    runtime.handlers.set('S13F7', (message) => serve(message, (item) => this.#onClose(item)));
  }

  /** The bytes of a data set of the tool, piece by piece. */
  async *upload(name: string, options: TransferOptions): AsyncGenerator<Uint8Array, void, undefined> {
    const { talk } = this.#runtime;
    const { pieceBytes = PIECE, from = 0 } = options;
    const { ackc7 } = S7F42.read(await talk.request(S7F41.build(name)));
    refuse('S7F41', 'ACKC7', Number(ackc7));
    const handle = (this.#handle = (this.#handle % 0xffff) + 1);
    const opened = S13F4.read(await talk.request(talk.build(S13F3, { handle, dsname: name, ckpnt: from })));
    refuse('S13F3', 'ACKC13', Number(opened.ackc13));
    try {
      let bytes = from;
      for (;;) {
        const reply = await talk.request(talk.build(S13F5, { handle, readln: pieceBytes }));
        const code = Number(S13F6.read(reply).ackc13);
        if (code !== ACKC13.endOfData) refuse('S13F5', 'ACKC13', code);
        // The items as they came: bytes, whatever their format.
        const pieces = reply.item?.at(3).list ?? [];
        for (const piece of pieces) {
          const data = Uint8Array.from(piece.bytes);
          bytes += data.length;
          yield data;
        }
        options.onProgress?.(bytes);
        if (code === ACKC13.endOfData || pieces.length === 0) return;
      }
    } finally {
      await talk.request(talk.build(S13F7, { handle })).catch(() => undefined);
    }
  }

  /** Tells the tool of a data set, and serves it; ACKC7 where the tool does not want it. */
  async download(
    name: string,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: TransferOptions,
  ): Promise<number> {
    if (this.#offers.has(name)) throw new GemArgumentError(`${name} is being sent already`);
    const offer: Offer = {
      ...{
        pieces: piecesOf(source),
        options,
        done: deferred(),
        rest: new Uint8Array(),
        ended: false,
        last: new Uint8Array(),
        sent: 0,
      },
      ...{ handle: undefined, timer: undefined },
    };
    offer.done.promise.catch(() => undefined);
    this.#offers.set(name, offer);
    try {
      const { ackc7 } = S7F38.read(await this.#runtime.talk.request(S7F37.build(name)));
      if (Number(ackc7) !== 0) return Number(ackc7);
      this.#touch(name, offer);
      await offer.done.promise;
      return 0;
    } finally {
      offer.timer?.cancel();
      this.#offers.delete(name);
      await offer.pieces.return?.();
    }
  }

  #touch(name: string, offer: Offer): void {
    offer.timer?.cancel();
    const seconds = offer.options.idleTimeout ?? IDLE;
    offer.timer = this.#runtime.clock.setTimer('dataSet', seconds, () => {
      const why = `the tool has not fetched ${name} to its end: nothing came for ${seconds} s after ${offer.sent} bytes`;
      offer.done.reject(new GemError('GEM_NOT_DELIVERED', why));
    });
  }

  #onOpen(item: Item): Item {
    const [handle = U4(0), dsname = A(''), checkpoint] = item.list;
    const name = dsname.format === 'A' ? dsname.ascii : '';
    const offer = this.#offers.get(name);
    const answer = (code: number): Item => L(handle, dsname, B(code), U4(0), U4(0));
    if (offer === undefined) return answer(ACKC13.unknownDataSet);
    // A source can be read once: from where it stands, or from its last piece.
    const from = checkpoint === undefined ? 0 : Number(readId(checkpoint) ?? 0);
    const back = offer.sent - from;
    if (back < 0 || back > offer.last.length) return answer(ACKC13.badCheckpoint);
    if (back > 0) {
      offer.rest = Buffer.concat([offer.last.subarray(offer.last.length - back), offer.rest]);
      offer.sent = from;
      offer.last = new Uint8Array();
    }
    offer.handle = readId(handle);
    this.#touch(name, offer);
    return answer(ACKC13.ok);
  }

  async #onRead(item: Item): Promise<Item> {
    const [handle = U4(0), readln] = item.list;
    const [name, offer] = this.#byHandle(readId(handle));
    if (offer === undefined || name === undefined) return L(handle, B(ACKC13.notOpen), U4(0), L());
    this.#touch(name, offer);
    const wanted = Math.min(Number(readId(readln) ?? 0) || PIECE, offer.options.pieceBytes ?? PIECE);
    const data = await take(offer, wanted).catch((error: unknown) => {
      offer.done.reject(error);
      throw error;
    });
    offer.sent += data.length;
    offer.last = data;
    offer.options.onProgress?.(offer.sent);
    const code = offer.ended && offer.rest.length === 0 ? ACKC13.endOfData : ACKC13.ok;
    return L(handle, B(code), U4(offer.sent >>> 0), data.length === 0 ? L() : L(B(data)));
  }

  #onClose(item: Item): Item {
    const handle = item.list[0] ?? U4(0);
    const [name, offer] = this.#byHandle(readId(handle));
    if (offer === undefined) return L(handle, B(ACKC13.notOpen));
    if (offer.ended && offer.rest.length === 0) offer.done.resolve();
    else {
      const why = `the tool closed ${name ?? ''} after ${offer.sent} bytes, before its end`;
      offer.done.reject(new GemError('GEM_NOT_DELIVERED', why));
    }
    return L(handle, B(ACKC13.ok));
  }

  #byHandle(handle: Id | undefined): [string | undefined, Offer | undefined] {
    for (const [name, offer] of this.#offers)
      if (offer.handle !== undefined && offer.handle === handle) return [name, offer];
    return [undefined, undefined];
  }
}

/** Takes `bytes` bytes of the source, fewer at its end; it is at its end when that is known. */
async function take(offer: Offer, wanted: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    if (offer.rest.length === 0) {
      if (offer.ended) break;
      await refill(offer);
      continue;
    }
    const part = offer.rest.subarray(0, wanted - length);
    offer.rest = offer.rest.subarray(part.length);
    parts.push(part);
    length += part.length;
  }
  if (offer.rest.length === 0 && !offer.ended) await refill(offer);
  return Buffer.concat(parts);
}

/** The next piece of the source, or the knowledge that there is none. */
async function refill(offer: Offer): Promise<void> {
  const next = await offer.pieces.next();
  if (next.done === true) offer.ended = true;
  else offer.rest = next.value;
}

async function* piecesOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const piece of source) {
    if (!(piece instanceof Uint8Array))
      throw new GemArgumentError('source must give pieces of bytes (Uint8Array)');
    yield piece;
  }
}

const OPTIONS: KnownNames<TransferOptions> = {
  owner: 'a transfer',
  names: { onProgress: true, pieceBytes: true, from: true, idleTimeout: true },
};

/** Options of a transfer, checked. @throws GemArgumentError */
export function checkedTransfer(given: TransferOptions | undefined): TransferOptions {
  const options = check.options('options', given, OPTIONS);
  const { onProgress, pieceBytes, from, idleTimeout } = options;
  if (onProgress !== undefined) check.fn('onProgress', onProgress);
  if (pieceBytes !== undefined) check.integer('pieceBytes', pieceBytes, 1, LARGEST_PIECE);
  if (from !== undefined) check.integer('from', from, 0, 0xffffffff);
  if (idleTimeout !== undefined) check.seconds('idleTimeout', idleTimeout);
  return options;
}

function refuse(message: string, item: string, code: number): void {
  if (code !== 0) throw new GemError('GEM_REFUSED', `the tool answered ${message} with ${item} ${code}`);
}
