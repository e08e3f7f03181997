import type { Item, SecsMessage } from '../../src/secs2/index.js';

/** An event report as a plain object. */
export interface Report {
  readonly dataId: unknown;
  readonly ceid: unknown;
  readonly reports: readonly { readonly rptid: unknown; readonly vs: readonly unknown[] }[];
}

/** What a program does that decodes items and takes them apart. */
export function readItems({ item }: SecsMessage): Report {
  const [dataId, ceid, reports] = item?.list ?? [];
  return {
    dataId: dataId?.number,
    ceid: ceid?.number,
    reports: (reports?.list ?? []).map((report) => ({
      rptid: report.at(0).number,
      vs: report.at(1).list.map(valueOf),
    })),
  };
}

export function valueOf(item: Item): unknown {
  if (item.format === 'A') return item.ascii;
  return item.format === 'BOOLEAN' ? item.boolean[0] : item.number;
}

/** A reader written out for this very message: it checks each header and takes each value from its place. */
export class HandWrittenReader {
  #bytes: Buffer = Buffer.alloc(0);
  #position = 0;

  read(bytes: Buffer): Report {
    this.#bytes = bytes;
    this.#position = 0;
    this.#list(3);
    const dataId = this.#value();
    const ceid = this.#value();
    const reports: { rptid: unknown; vs: unknown[] }[] = [];
    for (let left = this.#list(undefined); left > 0; left--) {
      this.#list(2);
      const rptid = this.#value();
      const vs: unknown[] = [];
      for (let count = this.#list(undefined); count > 0; count--) vs.push(this.#value());
      reports.push({ rptid, vs });
    }
    if (this.#position !== bytes.length) throw new Error('bytes behind the item');
    return { dataId, ceid, reports };
  }

  #list(wanted: number | undefined): number {
    const count = this.#bytes[this.#position + 1] ?? 0;
    if (this.#bytes[this.#position] !== 0x01 || (wanted !== undefined && count !== wanted)) {
      throw new Error(`no list of ${wanted} at ${this.#position}`);
    }
    this.#position += 2;
    return count;
  }

  #value(): unknown {
    const bytes = this.#bytes;
    const head = bytes[this.#position] ?? 0;
    const length = bytes[this.#position + 1] ?? 0;
    const at = this.#position + 2;
    this.#position = at + length;
    if (this.#position > bytes.length) throw new Error('cut off');
    switch (head) {
      case 0x41:
        return bytes.toString('latin1', at, at + length);
      case 0x25:
        if (length === 1) return bytes[at] !== 0;
        break;
      case 0xb1:
        if (length === 4) return bytes.readUInt32BE(at);
        break;
      case 0x71:
        if (length === 4) return bytes.readInt32BE(at);
        break;
      case 0xa5:
        if (length === 1) return bytes[at];
        break;
      case 0x81:
        if (length === 8) return bytes.readDoubleBE(at);
        break;
    }
    throw new Error(`item ${head} of ${length} bytes at ${at}`);
  }
}
