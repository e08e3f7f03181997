import { isoTime } from '../../../log/index.js';
import { wallTime, type CliIo } from '../../io.js';
import { LineOutput, lostComment, lostRecord } from '../../output/line-output.js';
import { printable } from '../../output/printable.js';

/** Prints what is known of a tool: a line for people, or a record of JSON. */
export class GemPrinter {
  readonly #io: CliIo;
  readonly #json: boolean;
  readonly #lines: LineOutput;

  constructor(io: CliIo, json: boolean) {
    this.#io = io;
    this.#json = json;
    this.#lines = new LineOutput(io.stdout, json ? lostRecord(io) : lostComment);
  }

  /** @param kind what the record is about: `value`, `alarm`, `state` */
  print(kind: string, fields: Readonly<Record<string, unknown>>, text: string): void {
    if (!this.#json) {
      this.#lines.print(printable(text));
      return;
    }
    const record = { time: isoTime(wallTime(this.#io)), type: 'gem', kind, ...fields };
    this.#lines.print(JSON.stringify(record, plain));
  }

  /** The time of day in front of a line. */
  get time(): string {
    return isoTime(wallTime(this.#io));
  }
}

/** What JSON has no way to write. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number | bigint>) : value;
}

/** A value of a tool for people; undefined is one that the tool does not have. */
export function valueText(value: unknown): string {
  if (value === undefined) return '(the tool does not have it)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as unknown as ArrayLike<number>).join(', ')}]`;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value, plain);
}

/** Values by name as `Slot=1 WaferId="W-001"`. */
export function valuesText(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(' ');
}
