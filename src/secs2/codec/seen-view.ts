/** A buffer that is read from again and again gets a view, which reads four or eight bytes in the order of the wire in one go. */

/** So many values have to be read from a buffer, one after the other, until it gets one: making it costs as much as they do. */
const WORTH_A_VIEW = 8;

/** Memory larger than this gets none: it would be held on to when nobody else does. */
const HELD_BYTES = 64 * 1024;

let seen: Uint8Array | undefined;
let view: DataView | undefined;
let candidate: Uint8Array | undefined;
let reads = 0;

/** The view of a buffer; undefined where it has none. */
export function viewOf(bytes: Uint8Array): DataView | undefined {
  return bytes === seen ? view : consider(bytes);
}

function consider(bytes: Uint8Array): DataView | undefined {
  if (bytes !== candidate) {
    if (bytes.length > HELD_BYTES || bytes.buffer.byteLength > HELD_BYTES) return undefined;
    candidate = bytes;
    reads = 0;
  }
  if (++reads < WORTH_A_VIEW) return undefined;
  seen = bytes;
  candidate = undefined;
  return (view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
}
