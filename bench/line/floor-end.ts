const ENQ = Buffer.of(5);
const EOT = Buffer.of(4);
const ACK = Buffer.of(6);
const MAX_BODY = 244;
const HEADER = 10;

/** What an end gets: the function of a whole message, and its body. */
export type OnMessage = (fn: number, body: Buffer) => void;

/**
 * One end of a line, written out by hand for this traffic: it trusts its peer, which never speaks out of turn, and has no timers, no
 * retries and no objects for messages. It makes and checks sums, as no line can do without.
 */
export class FloorEnd {
  readonly #write: (bytes: Buffer) => void;
  readonly #onMessage: OnMessage;
  readonly #rBit: number;
  #system = 0;
  /** Blocks that wait, ready to be written, and what is called when the last one has been acknowledged. */
  #blocks: Buffer[] = [];
  #at = 0;
  #sent: (() => void) | undefined;
  #parts: Buffer[] = [];
  #rest = Buffer.alloc(0);

  constructor(isEquipment: boolean, write: (bytes: Buffer) => void, onMessage: OnMessage) {
    this.#rBit = isEquipment ? 0x80 : 0;
    this.#write = write;
    this.#onMessage = onMessage;
  }

  send(stream: number, fn: number, wBit: boolean, body: Buffer, sent?: () => void): void {
    const count = Math.max(1, Math.ceil(body.length / MAX_BODY));
    this.#system++;
    this.#blocks = Array.from({ length: count }, (_, i) => {
      const part = body.subarray(i * MAX_BODY, (i + 1) * MAX_BODY);
      const block = Buffer.allocUnsafe(part.length + HEADER + 3);
      block[0] = part.length + HEADER;
      block.writeUInt16BE((this.#rBit << 8) | 10, 1);
      block[3] = stream | (wBit ? 0x80 : 0);
      block[4] = fn;
      block.writeUInt16BE((i + 1) | (i === count - 1 ? 0x8000 : 0), 5);
      block.writeUInt32BE(this.#system, 7);
      part.copy(block, 11);
      block.writeUInt16BE(sumOf(block), block.length - 2);
      return block;
    });
    this.#at = 0;
    this.#sent = sent;
    this.#write(ENQ);
  }

  receive(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length > 0) {
      const first = bytes[0] as number;
      const size = first >= HEADER ? first + 3 : 1;
      if (bytes.length < size) break;
      const piece = bytes.subarray(0, size);
      bytes = bytes.subarray(size);
      if (first >= HEADER) this.#block(piece);
      else this.#handShake(first);
    }
    this.#rest = Buffer.from(bytes);
  }

  #handShake(byte: number): void {
    if (byte === 5) this.#write(EOT);
    else if (byte === 4) this.#write(this.#blocks[this.#at] as Buffer);
    else if (byte === 6 && ++this.#at < this.#blocks.length) this.#write(ENQ);
    else this.#sent?.();
  }

  #block(block: Buffer): void {
    if (block.readUInt16BE(block.length - 2) !== sumOf(block)) throw new Error('a wrong sum');
    this.#parts.push(Buffer.from(block.subarray(11, -2)));
    this.#write(ACK);
    if ((block.readUInt8(5) & 0x80) === 0) return;
    const body = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#onMessage(block.readUInt8(4), body);
  }
}

function sumOf(block: Buffer): number {
  let sum = 0;
  for (let i = 1; i < block.length - 2; i++) sum += block[i] as number;
  return sum & 0xffff;
}
