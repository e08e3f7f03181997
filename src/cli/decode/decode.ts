import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CapturedMessage, CaptureEvent, CaptureFormat } from '../../capture/index.js';
import type { WireHeader } from '../../index.js';
import type { DecodeOptions } from '../../secs2/index.js';
import { openSource } from './capture-source.js';
import {
  gatherSf,
  headerPasses,
  messagePasses,
  parseBound,
  parsePorts,
  parseSessions,
  parseTypes,
  passagePasses,
  recordPasses,
  sfPatterns,
  type MessageFilter,
} from './filter.js';
import { EventRecords } from './json.js';
import { DecodeSummary } from './summary.js';
import { messageText, noticeText } from './text.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import { flush, write, type CliIo } from '../io.js';
import { decodeLine } from '../line/decode-line.js';
import { MESSAGES_OPTION, namesFor } from '../output/messages-option.js';
import { setOf, smlLook } from '../output/named-sml.js';
import { globalOptions, type GlobalOptions } from '../program.js';
import { SUMMARIES } from '../summaries.js';

interface DecodeCommandOptions extends Omit<MessageFilter, 'sf'> {
  readonly sf?: readonly string[];
  readonly port?: readonly number[];
  readonly format?: CaptureFormat;
  readonly maxLength?: number;
  readonly names?: true;
  readonly messages?: string;
  readonly codePage?: string;
  readonly secs1?: true;
}

const EXAMPLES = `
Examples:
  What a capture says, as SML:
    $ rxsecs decode line7.pcapng
  Live, from another machine:
    $ ssh tool tcpdump -i eth0 -U -w - tcp port 5000 | rxsecs decode -
  Event reports of one hour, of one tool:
    $ rxsecs decode line7.pcapng --sf S6F11 --from 10.0.0.7 --from 2026-11-23T08:00 --to 2026-11-23T09:00
  A wire log out of a capture, to keep or to replay:
    $ rxsecs --json decode line7.pcapng --port 5000 > line7.ndjson
  What a tap on a serial cable has written, block by block, with the pauses between them:
    $ rxsecs decode --secs1 tap.txt
  Hex that somebody has sent by mail:
    $ rxsecs decode - < mail.txt`;

/** Adds the options that say which messages are wanted. */
function addFilterOptions(command: Command): Command {
  return command
    .option(
      '--sf <SxFy,…>',
      'messages of these streams and functions, or so called: S6F11, S1F*, S7, ERS, "Event Report Send"',
      gatherSf,
    )
    .option('--session <id,…>', 'messages of these session IDs', parseSessions)
    .option('--type <type,…>', 'messages of these types: data, control, select.req …', parseTypes)
    .option(
      '--from <time|address>',
      'since a time (ISO 8601, UTC), or from an address, ADDRESS:PORT, :PORT',
      parseBound,
    )
    .option('--to <time|address>', 'until a time, or to an address', parseBound)
    .option('--port <port,…>', 'TCP ports of HSMS; by default it is found in any connection', parsePorts);
}

/** Adds the option that says what the source is. */
export function formatOption(): Option {
  return new Option(
    '--format <format>',
    'what the source is; told by its first bytes where not given',
  ).choices(['pcap', 'pcapng', 'frames', 'hex', 'log', 'sml']);
}

/** Adds `decode`. */
export function registerDecode(program: Command, io: CliIo): void {
  const command = program
    .command('decode')
    .description(SUMMARIES.decode.summary)
    .argument('<file>', 'what to decode; - for standard input')
    .addHelpText('after', EXAMPLES);
  addFilterOptions(command)
    .addOption(formatOption())
    .option('--secs1', 'what was on a line of SECS-I: raw bytes, or text with bytes in hexadecimal')
    .option('--max-length <values>', 'values of an item to print at most; or all', parseLength, 65_536)
    .option('--names', 'name messages and data items of E5 in comments')
    .option('--messages <file>', MESSAGES_OPTION)
    .option('--code-page <name>', 'code page of A items: gbk, shift_jis …')
    .action(async (file: string, options: DecodeCommandOptions, self: Command) => {
      await decode(io, globalOptions(self, io), file, options);
    });
}

async function decode(
  io: CliIo,
  { json, paint, paintErrors }: GlobalOptions,
  file: string,
  options: DecodeCommandOptions,
): Promise<void> {
  const { port: ports, format, codePage } = options;
  const decoding: DecodeOptions | undefined = codePage === undefined ? undefined : { codePage };
  const names = await namesFor(io, options);
  const filter: MessageFilter = { ...options, sf: sfPatterns(options.sf, setOf(names)) };
  if (options.secs1 === true) {
    refuseWithLine(options);
    const { sf, session, type } = filter;
    const isAll = (sf ?? session ?? type) === undefined || type?.includes('control') === true;
    const passes = ({ header }: { readonly header: WireHeader }): boolean => headerPasses(header, filter);
    const sml = smlLook(options.maxLength, codePage, names);
    await decodeLine(io, file, { json, paint, paintErrors, sml, passes, isAll });
    return;
  }
  const { reading, progress } = await openSource(io, file, {
    ...(ports && { ports }),
    ...(format && { format }),
    ...(decoding && { decoding }),
  });
  const summary = new DecodeSummary();
  const sml = smlLook(options.maxLength, codePage, names);
  const records = new EventRecords(sml);
  const print = (event: CaptureEvent): string => {
    summary.count(event);
    if (!isWanted(event, filter, ports)) return '';
    if (event.kind === 'message') countPrinted(event, summary);
    if (json) return `${JSON.stringify(records.record(event))}\n`;
    return event.kind === 'message' ? messageText(event, paint, sml) : noticeText(event, paint, sml);
  };
  for await (const events of reading) {
    const text = events.map(print).join('');
    if (text !== '') {
      if (io.stdout.isTTY === true) progress.end();
      await write(io, io.stdout, text);
    }
    if (io.interrupted.aborted) break;
  }
  progress.end();
  await flush(io, io.stdout);
  // What was not printed whole has no sum.
  if (io.interrupted.aborted) return;
  if (json) await write(io, io.stdout, `${JSON.stringify(records.summary(summary.fields(reading)))}\n`);
  else for (const line of summary.lines(reading)) io.stderr.write(`${paintErrors.dim(line)}\n`);
  if (summary.isUnsure(reading)) io.setExitCode(ExitCode.usage);
}

/** @throws UsageError for what a dump of a line has not. */
function refuseWithLine({ format, port, from, to }: DecodeCommandOptions): void {
  const given = Object.entries({ format, port, from, to }).find(([, value]) => value !== undefined)?.[0];
  if (given !== undefined)
    throw new UsageError(`--${given} and --secs1: a dump of a line has nothing like it`);
}

function countPrinted({ packet, record }: CapturedMessage, summary: DecodeSummary): void {
  summary.printed++;
  if (packet.header.isData && record?.redacted === undefined && packet.itemError !== undefined)
    summary.undecodable++;
}

/** Whether an event is printed. In a capture the ports were chosen from already. */
function isWanted(event: CaptureEvent, filter: MessageFilter, ports: readonly number[] | undefined): boolean {
  if (!('from' in event) && event.kind !== 'record') return true;
  if (event.kind === 'record') return recordPasses(event.record, filter);
  if (ports !== undefined && event.from !== undefined && event.to !== undefined) {
    const own = [event.from, event.to].map((end) => Number(end.slice(end.lastIndexOf(':') + 1)));
    if (!ports.some((port) => own.includes(port))) return false;
  }
  return event.kind === 'message' ? messagePasses(event, filter) : passagePasses(event, filter);
}

function parseLength(text: string): number {
  if (text === 'all') return Infinity;
  const length = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(length >= 1)) throw new InvalidArgumentError('A whole number from 1, or all, is allowed.');
  return length;
}
