import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { isoTime, messageRecord } from '../../log/index.js';
import { LineTap, type Secs1Packet, type TapEvent, type TapWay } from '../../secs1/index.js';
import { ExitCode } from '../exit-codes.js';
import { flush, write, type CliIo } from '../io.js';
import { plainLook, setOf, messageSml, type SmlLook } from '../output/named-sml.js';
import type { Paint } from '../output/paint.js';
import { counted } from '../values.js';
import { DumpClock, dumpedBytes, isDumpText } from './dump.js';
import { isOrderly, tapFields, tapText } from './tap-text.js';

/** What is wanted of a dump of a line. */
export interface DecodeLineOptions {
  readonly json: boolean;
  readonly paint: Paint;
  readonly paintErrors: Paint;
  readonly sml: SmlLook;
  /** Which messages are wanted. */
  readonly passes: (packet: Secs1Packet) => boolean;
  /** Whether hand-shakes and blocks are wanted. */
  readonly isAll: boolean;
}

/** What was found. */
interface Found {
  messages: number;
  blocks: number;
  bad: number;
  stray: number;
  linesWithout: number;
}

/** Prints what a dump of a line says: raw bytes, or text with bytes in hexadecimal, times and directions. */
export async function decodeLine(io: CliIo, file: string, options: DecodeLineOptions): Promise<void> {
  const found: Found = { messages: 0, blocks: 0, bad: 0, stray: 0, linesWithout: 0 };
  const printed: string[] = [];
  let time: number | undefined;
  const tap = new LineTap((event) => {
    count(event, found);
    const text = textOf(event, time, options);
    if (text !== undefined) printed.push(text);
  });
  const clock = new DumpClock();
  const push = (bytes: Uint8Array, way?: TapWay, at?: number): void => {
    time = clock.at(at);
    tap.push(bytes, way, time);
  };
  for await (const line of linesOf(io, file)) {
    if (typeof line !== 'string') push(line);
    else {
      const dumped = dumpedBytes(line);
      if (dumped !== undefined) push(dumped.bytes, dumped.way, dumped.at);
      else if (line.trim() !== '') found.linesWithout++;
    }
    if (printed.length > 0) await write(io, io.stdout, printed.splice(0).join(''));
    if (io.interrupted.aborted) return;
  }
  tap.end();
  await write(io, io.stdout, printed.join(''));
  await flush(io, io.stdout);
  if (options.json) {
    const record = { time: isoTime(time ?? 0), type: 'event', event: 'summary', ...found };
    await write(io, io.stdout, `${JSON.stringify(record)}\n`);
  } else io.stderr.write(`${options.paintErrors.dim(summary(found))}\n`);
  if (found.messages + found.blocks === 0) io.setExitCode(ExitCode.usage);
}

/** The lines of a text, or the pieces of a file that is bytes. */
async function* linesOf(io: CliIo, file: string): AsyncGenerator<string | Uint8Array, void, undefined> {
  const source: Readable = file === '-' ? io.stdin : createReadStream(file);
  const stop = (): void => void source.destroy();
  io.interrupted.addEventListener('abort', stop, { once: true });
  try {
    const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await chunks.next();
    if (first.done === true) return;
    const all = async function* (): AsyncGenerator<Buffer, void, undefined> {
      yield first.value;
      for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
    };
    if (isDumpText(first.value)) yield* createInterface({ input: Readable.from(all()), crlfDelay: Infinity });
    else yield* all();
  } catch (error) {
    if (!io.interrupted.aborted) throw error;
  } finally {
    io.interrupted.removeEventListener('abort', stop);
  }
}

function count(event: TapEvent, found: Found): void {
  if (event.kind === 'message') found.messages++;
  else if (event.kind === 'block') found.blocks++;
  else if (event.kind === 'badBlock') found.bad++;
  else if (event.kind === 'stray') found.stray += event.bytes.length;
}

function textOf(
  event: TapEvent,
  time: number | undefined,
  { json, paint, sml, passes, isAll }: DecodeLineOptions,
): string | undefined {
  const way = event.way === undefined ? undefined : event.way === 'first' ? 'out' : 'in';
  if (event.kind === 'message') {
    const { packet } = event;
    if (!passes(packet)) return undefined;
    if (json) {
      const named = { sml: plainLook(sml), names: setOf(sml.names) };
      return `${JSON.stringify(messageRecord(packet, { time: isoTime(time ?? 0), dir: way, ...named }))}\n`;
    }
    const { header, message } = packet;
    const to = header.rBit ? 'to the host' : 'to the equipment';
    const ids = `device ${header.sessionId} system ${header.systemBytes}`;
    const body = message.itemError === undefined ? messageSml(message, sml) : paint.red(String(message));
    return `${head(time, paint)}${arrow(way, paint)} ${to} ${ids}\n${body}\n`;
  }
  if (!isAll && isOrderly(event)) return undefined;
  if (json) {
    const fields = { ...(way !== undefined && { dir: way }), ...tapFields(event) };
    const record = {
      time: isoTime(time ?? 0),
      type: 'event',
      event: event.kind,
      text: tapText(event),
      ...fields,
    };
    return `${JSON.stringify(record)}\n`;
  }
  return `${head(time, paint)}${arrow(way, paint)} ${paint.yellow(`-- ${tapText(event)}`)}\n`;
}

const arrow = (way: 'in' | 'out' | undefined, paint: Paint): string =>
  way === undefined ? '' : ` ${way === 'out' ? paint.green('->') : paint.cyan('<-')}`;

const head = (time: number | undefined, paint: Paint): string =>
  paint.dim(time === undefined ? '//' : `// ${isoTime(time).slice(11, -1)}`);

function summary({ messages, blocks, bad, stray, linesWithout }: Found): string {
  const more = [
    bad === 0 ? '' : `, ${counted(bad, 'block')} not whole`,
    stray === 0 ? '' : `, ${counted(stray, 'byte')} that mean nothing`,
    linesWithout === 0 ? '' : `, ${counted(linesWithout, 'line')} without bytes`,
  ].join('');
  return `${counted(messages, 'message')} in ${counted(blocks, 'block')}${more}`;
}
