import { endpointText } from '../../index.js';
import type { Command } from 'commander';
import type { MessageSet } from '../../e5/index.js';
import type { WireLog } from '../../log/index.js';
import type { CliIo } from '../io.js';
import { MESSAGES_OPTION, namesFor } from '../output/messages-option.js';
import { setOf, smlLook } from '../output/named-sml.js';
import { LineOutput, lostComment, lostRecord } from '../output/line-output.js';
import { UsageError } from '../exit-codes.js';
import { globalOptions } from '../program.js';
import { TERMINAL_VALUES } from '../entity/run-options.js';
import { SUMMARIES } from '../summaries.js';
import {
  parseBytes,
  parseCodePage,
  parseEndpoint,
  parseInteger,
  parseListen,
  parseSeconds,
  type Endpoint,
} from '../values.js';
import { addLogOptions, closeWireLog, openWireLog, type LogOptions } from '../output/wire-log-option.js';
import { untilEnd } from '../until-end.js';
import { hsmsTap, secs1Tap, type ConnectionTap, type ConnectionTapEvents } from './connection-tap.js';
import { refuseItself } from './onto-itself.js';
import {
  jsonProxyReport,
  logProxyReport,
  TAP_MAX_PACKET_BYTES,
  textProxyReport,
  type ProxyReport,
} from './report.js';
import { ProxyServer } from './server.js';

interface ProxyCommandOptions extends LogOptions {
  readonly control: boolean;
  readonly quiet?: true;
  readonly maxLength?: number;
  readonly names?: true;
  readonly messages?: string;
  readonly maxPacketBytes: number;
  readonly secs1?: true;
  readonly codePage?: string;
  readonly for?: number;
}

const EXAMPLES = `
The bytes of each direction are passed on as they are, also where they are not HSMS.

Examples:
  Between a host and a terminal server, block by block:
    $ rxsecs proxy 4001 terminal-server:4001 --secs1
  Between a host and its tool: the host connects to port 5001 instead of tool-7:5000:
    $ rxsecs proxy 5001 tool-7:5000
  For a day into a wire log, which the other commands read, without recipes; no messages on the screen:
    $ rxsecs proxy 5001 tool-7:5000 --log tool-7.ndjson --log-gzip --redact S7F3 S7F6 --quiet --for 86400`;

/** Adds `proxy`. */
export function registerProxy(program: Command, io: CliIo): void {
  const command = program
    .command('proxy')
    .description(SUMMARIES.proxy.summary)
    .argument('<listen>', 'TCP port to listen on, also ADDRESS:PORT; 0 for any free one', parseListen)
    .argument('<host:port>', 'where what comes is passed on to', parseEndpoint)
    .option('-q, --quiet', 'print no messages, only what happens to connections')
    .option('--secs1', 'SECS-I: print blocks, ENQ, EOT, ACK, NAK and the pauses between them')
    .option('--no-control', 'print no control messages (Select, Linktest …), no hand-shakes and good blocks')
    .option(
      '--max-length <n>',
      `print at most n values of an item (on a terminal ${TERMINAL_VALUES})`,
      parseInteger(1, Number.MAX_SAFE_INTEGER),
    )
    .option('--names', 'name messages and data items of E5 in comments')
    .option('--messages <file>', MESSAGES_OPTION)
    .option('--code-page <name>', 'code page of the text of A items, as in shift_jis', parseCodePage)
    .option(
      '--max-packet-bytes <bytes>',
      'longest message that is read; any is passed on (16 MiB + 10)',
      parseBytes,
      TAP_MAX_PACKET_BYTES,
    )
    .option('--for <seconds>', 'end after this time', parseSeconds(false))
    .addHelpText('after', EXAMPLES);
  addLogOptions(command).action(
    (listen: ReturnType<typeof parseListen>, target: Endpoint, _options: object, self: Command) =>
      proxy(io, self, listen, target),
  );
}

async function proxy(
  io: CliIo,
  command: Command,
  listen: ReturnType<typeof parseListen>,
  target: Endpoint,
): Promise<void> {
  const options = command.opts<ProxyCommandOptions>();
  const names = await namesFor(io, options);
  if (options.secs1 === true && command.getOptionValueSource('maxPacketBytes') === 'cli') {
    throw new UsageError('--max-packet-bytes is of HSMS: SECS-I has nothing like it');
  }
  const log = await openWireLog(io, options, names);
  const report = reportOf(io, command, options, names, log);
  const tap = (events: ConnectionTapEvents): ConnectionTap =>
    options.secs1 === true
      ? secs1Tap(events, io.clock, options.control && options.quiet !== true)
      : hsmsTap(events, options.maxPacketBytes);
  const server = new ProxyServer({ listen, target, tap }, report);
  try {
    const bound = await server.listen();
    await refuseItself(bound, target);
    const address = endpointText(bound);
    const targetText = endpointText({ address: target.host, port: target.port });
    report.event('listening', `listening on ${address} for ${targetText}`, { address, target: targetText });
    await untilEnd(io, options.for);
  } finally {
    await server.close();
    await closeWireLog(io, log);
  }
}

function reportOf(
  io: CliIo,
  command: Command,
  { quiet, control, maxLength, codePage }: ProxyCommandOptions,
  names: MessageSet | boolean | undefined,
  log: WireLog | undefined,
): ProxyReport {
  const { json, paint } = globalOptions(command, io);
  const lines = new LineOutput(io.stdout, json ? lostRecord(io) : lostComment);
  const limit = maxLength ?? (io.stdout.isTTY === true ? TERMINAL_VALUES : undefined);
  const sml = smlLook(limit, codePage, names);
  const screen = json
    ? jsonProxyReport(io, lines, setOf(names))
    : textProxyReport(io, lines, paint, sml, control);
  const file = log && logProxyReport(log);
  return {
    message: (seen) => {
      if (quiet !== true) screen.message(seen);
      file?.message(seen);
    },
    event: (event, text, fields) => {
      screen.event(event, text, fields);
      file?.event(event, text, fields);
    },
  };
}
