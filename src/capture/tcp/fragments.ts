const MAX_DATAGRAMS = 256;
const MAX_DATAGRAM_BYTES = 65_535;

interface Datagram {
  readonly parts: { readonly offset: number; readonly bytes: Buffer }[];
  bytes: number;
  /** Known once the last fragment came. */
  length: number | undefined;
}

/** Puts fragmented IP packets together. Holds up to 256 of them; the oldest is given up for a newer one. */
export class FragmentStore {
  readonly #datagrams = new Map<string, Datagram>();
  readonly #onLost: () => void;

  /** @param onLost told once for each packet that is given up */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  /**
   * Takes a fragment; `key` tells the packets apart.
   * @returns the payload of the packet that it completes.
   */
  add(key: string, offset: number, more: boolean, bytes: Buffer): Buffer | undefined {
    const datagram = this.#datagrams.get(key) ?? this.#open(key);
    if (!more) datagram.length = offset + bytes.length;
    const known = datagram.parts.some((part) => part.offset === offset && part.bytes.length === bytes.length);
    if (!known) {
      datagram.parts.push({ offset, bytes: Buffer.from(bytes) });
      datagram.bytes += bytes.length;
    }
    if (datagram.bytes > 2 * MAX_DATAGRAM_BYTES || offset + bytes.length > MAX_DATAGRAM_BYTES) {
      this.#datagrams.delete(key);
      this.#onLost();
      return undefined;
    }
    const whole = joined(datagram);
    if (whole !== undefined) this.#datagrams.delete(key);
    return whole;
  }

  /** Gives up what is not whole. */
  end(): void {
    for (let i = 0; i < this.#datagrams.size; i++) this.#onLost();
    this.#datagrams.clear();
  }

  #open(key: string): Datagram {
    if (this.#datagrams.size === MAX_DATAGRAMS) {
      const [oldest = key] = this.#datagrams.keys();
      this.#datagrams.delete(oldest);
      this.#onLost();
    }
    const datagram: Datagram = { parts: [], bytes: 0, length: undefined };
    this.#datagrams.set(key, datagram);
    return datagram;
  }
}

function joined({ parts, bytes, length }: Datagram): Buffer | undefined {
  if (length === undefined || bytes < length) return undefined;
  const whole = Buffer.alloc(length);
  let end = 0;
  for (const part of parts.sort((a, b) => a.offset - b.offset)) {
    if (part.offset > end) return undefined;
    part.bytes.copy(whole, part.offset);
    end = Math.max(end, part.offset + part.bytes.length);
  }
  return end >= length ? whole : undefined;
}
