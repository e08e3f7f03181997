import { InvalidArgumentError, Option, type Command } from 'commander';
import { describeBridgeNotice, type BridgeSide, type SecsBridge } from '../../bridge/index.js';
import { endpointText, type SecsConnection, type WirePacket } from '../../index.js';
import { addSettingOptions } from '../entity/settings.js';
import { watchConnection } from '../entity/watch.js';
import type { CliIo } from '../io.js';
import { addLineSettings } from '../line/settings.js';
import { watchLine } from '../line/watch-line.js';
import { LineOutput, lostComment, lostRecord } from '../output/line-output.js';
import { smlLook } from '../output/named-sml.js';
import type { Report } from '../output/report.js';
import { addLogOptions, closeWireLog, openWireLog, type LogOptions } from '../output/wire-log-option.js';
import { TERMINAL_VALUES } from '../entity/run-options.js';
import { globalOptions } from '../program.js';
import { SUMMARIES } from '../summaries.js';
import { untilEnd } from '../until-end.js';
import { parseCodePage, parseEndpoint, parseInteger, parseListen, parseSeconds } from '../values.js';
import { openBridge } from './ends.js';
import { jsonBridgeReport, textBridgeReport, type BridgeReport } from './report.js';

interface BridgeOptions extends LogOptions {
  readonly quiet?: true;
  readonly maxLength?: number;
  readonly codePage?: string;
  readonly names?: true;
  readonly for?: number;
}

const EXAMPLES = `
System bytes, W-bit and body of a message stay as they are. The line is open while HSMS is selected: otherwise a
tool on it sees that nobody is there, and spools. What cannot be delivered is told to its sender, and printed.

Examples:
  An old tool on a serial port for a host that speaks HSMS and connects to port 5000:
    $ rxsecs bridge --serial /dev/ttyUSB0 --device-id 1 --hsms-listen 5000
  Behind a terminal server, with a wire log of both sides:
    $ rxsecs bridge --line-connect terminal-server:4001 --t1 2 --hsms-listen 5000 --log bridge.ndjson
  A new tool for a host that speaks SECS-I:
    $ rxsecs bridge --serial /dev/ttyS0 --hsms-connect tool-7:5000 --tool hsms`;

function parseTool(text: string): 'line' | 'hsms' {
  if (text !== 'line' && text !== 'hsms') throw new InvalidArgumentError('One of line, hsms is allowed.');
  return text;
}

/** Adds `bridge`. */
export function registerBridge(program: Command, io: CliIo): void {
  const group = (name: string, flags: string, description: string): Option =>
    new Option(flags, description).helpGroup(name);
  const line = (flags: string, text: string): Option => group('Line:', flags, text);
  const hsms = (flags: string, text: string): Option => group('HSMS:', flags, text);
  const command = program
    .command('bridge')
    .description(SUMMARIES.bridge.summary)
    .addOption(line('--serial <path>', 'the line is a serial port; `rxsecs ports` lists them'))
    .addOption(
      line('--baud <n>', 'bits a second of the serial port (9600)').argParser(parseInteger(50, 4_000_000)),
    )
    .addOption(line('--line-connect <host:port>', 'the line is TCP, and connects').argParser(parseEndpoint))
    .addOption(line('--line-listen <port>', 'the line is TCP, and listens').argParser(parseListen))
    .addOption(line('--device-id <n>', 'device ID on the line').default(0).argParser(parseInteger(0, 0x7fff)))
    .addOption(line('--master', 'go on where both ask for the line (as an equipment does)'))
    .addOption(line('--slave', 'make way where both ask for the line (as a host does)'))
    .addOption(line('--always-open', 'keep the line open also while HSMS is not selected'))
    .addOption(hsms('--hsms-listen <port>', 'be connected to, also ADDRESS:PORT').argParser(parseListen))
    .addOption(hsms('--hsms-connect <host:port>', 'connect').argParser(parseEndpoint))
    .addOption(hsms('--from <address>', 'serve this peer alone: its address or host name'))
    .addOption(
      hsms('--session-id <n>', 'session ID on HSMS (the device ID)').argParser(parseInteger(0, 0xffff)),
    )
    .option('--tool <line|hsms>', 'where the equipment is', parseTool, 'line')
    .option(
      '--hold <seconds>',
      'how long a message waits for a side that is not open (10)',
      parseSeconds(false),
    )
    .option('--queue-time <seconds>', 'how long a message may wait for its turn (45)', parseSeconds(false))
    .option(
      '--abort-equipment',
      'answer an equipment on HSMS by function 0 too, instead of ending its session',
    )
    .option('-q, --quiet', 'print no messages, only what happens')
    .option(
      '--max-length <n>',
      `print at most n values of an item (on a terminal ${TERMINAL_VALUES})`,
      parseInteger(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--names', 'name messages and data items of E5 in comments')
    .option('--code-page <name>', 'code page of the text of A items, as in shift_jis', parseCodePage)
    .option('--for <seconds>', 'end after this time', parseSeconds(false))
    .addHelpText('after', EXAMPLES);
  addLogOptions(addLineSettings(addSettingOptions(command, true))).action((_options: object, self: Command) =>
    bridge(io, self),
  );
}

async function bridge(io: CliIo, command: Command): Promise<void> {
  const options = command.opts<BridgeOptions>();
  const joined = openBridge(io, command);
  const report = reportOf(io, command, options);
  watch(joined, io, report, options.quiet === true);
  const log = await openWireLog(io, options);
  log?.attach(joined.line, { name: 'line' });
  log?.attach(joined.hsms, { name: 'HSMS' });
  try {
    await joined.enable();
    sayListening(joined, report);
    await untilEnd(io, options.for);
  } finally {
    await joined.dispose();
    const { fromLine, fromHsms, undelivered, unanswered } = joined.counters;
    const text = `passed ${fromLine} from the line and ${fromHsms} from HSMS; ${undelivered} not delivered, ${unanswered} left without a reply`;
    report.event(undefined, 'counters', text, { ...joined.counters });
    await closeWireLog(io, log);
  }
}

function reportOf(io: CliIo, command: Command, { maxLength, codePage, names }: BridgeOptions): BridgeReport {
  const { json, paint } = globalOptions(command, io);
  const lines = new LineOutput(io.stdout, json ? lostRecord(io) : lostComment);
  if (json) return jsonBridgeReport(io, lines);
  const limit = maxLength ?? (io.stdout.isTTY === true ? TERMINAL_VALUES : undefined);
  return textBridgeReport(io, lines, paint, smlLook(limit, codePage, names));
}

/** Each message is reported once, as it comes; what happens to links and messages, by its side. */
function watch(joined: SecsBridge, io: CliIo, report: BridgeReport, isQuiet: boolean): void {
  const side = (name: BridgeSide): Report => ({
    message: () => {},
    // The option that names a peer is that of HSMS.
    event: (event, text, fields) =>
      report.event(name, event, name === 'line' ? text.replace(/: --from names.*$/, '') : text, fields),
  });
  watchLine(joined.line.connection, io, side('line'));
  watchConnection(joined.hsms.connection, io, side('hsms'));
  joined.hsms.events.on('state', (state) => {
    if (state === 'selected')
      report.event('hsms', 'selected', 'selected', { session: joined.hsms.sessionId });
  });
  const packets = (name: BridgeSide, { events }: SecsConnection): void => {
    events.on('message', (packet: WirePacket) => {
      if (packet.header.isData && !isQuiet) report.message(name, packet);
    });
  };
  packets('line', joined.line.connection);
  packets('hsms', joined.hsms.connection);
  joined.events.on('notice', (notice) => {
    const fields =
      notice.kind === 'lineFailed'
        ? {}
        : { from: notice.from, told: notice.told, system: notice.header.systemBytes };
    report.event(undefined, notice.kind, describeBridgeNotice(notice), fields);
  });
}

function sayListening({ line, hsms }: SecsBridge, report: BridgeReport): void {
  const say = (side: BridgeSide, connection: SecsConnection & object): void => {
    const bound = 'boundAddress' in connection ? connection.boundAddress : undefined;
    if (bound === undefined) return;
    const address = endpointText(bound as NonNullable<SecsConnection['localAddress']>);
    report.event(side, 'listening', `listening on ${address}`, { address });
  };
  say('hsms', hsms.connection);
  say('line', line.connection);
}
