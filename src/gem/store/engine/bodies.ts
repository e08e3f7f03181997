import type { StoredProgram } from './records.js';
import type { NewProgram, ProgramRange } from '../store.js';

/** A body that was written, and is not part of the store until the journal says so. */
export interface WrittenBody {
  readonly file: number;
  readonly length: number;
  readonly crc: number;
}

/** Where the bodies of programs are. */
export interface Bodies {
  /** Writes a body; on failure nothing of it stays. */
  write(body: NewProgram['body'], maxBytes: number): Promise<WrittenBody>;
  /** Reads a body or a part of it; undefined when it has been removed since. */
  read(program: StoredProgram, range: ProgramRange): Promise<AsyncIterable<Buffer> | undefined>;
  /** Removes a body that the journal no longer names. */
  discard(file: number): Promise<void>;
}

/** The pieces of a body, of at most a size that is written at once. */
export async function* piecesOf(body: NewProgram['body']): AsyncGenerator<Uint8Array> {
  if (!(body instanceof Uint8Array)) {
    for await (const piece of body) yield* cut(piece);
    return;
  }
  yield* cut(body);
}

const PIECE = 1024 * 1024;

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/** Bytes of a body that a range means. */
export function spanOf(length: number, range: ProgramRange): { readonly from: number; readonly to: number } {
  const from = Math.min(length, range.offset ?? 0);
  return { from, to: Math.min(length, from + (range.length ?? length)) };
}
