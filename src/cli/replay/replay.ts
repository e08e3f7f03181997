import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CaptureFormat } from '../../capture/index.js';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
} from '../../index.js';
import { openSource } from '../decode/capture-source.js';
import { parseAddress, parsePorts, type Bound } from '../decode/filter.js';
import { formatOption } from '../decode/decode.js';
import { CliError, ExitCode, UsageError } from '../exit-codes.js';
import { write, type CliIo } from '../io.js';
import { globalOptions } from '../program.js';
import { parseIgnore, type Ignore } from './diff.js';
import { Player } from './player.js';
import { jsonReport, textReport } from './report.js';
import { Recording, type Script, type ScriptOptions } from './script.js';
import { SUMMARIES } from '../summaries.js';
import { parseEndpoint, parseInteger, parseListen, parseSeconds, type Endpoint } from '../values.js';
import { closeText, connectFailure } from '../entity/watch.js';

interface ReplayOptions {
  readonly listen?: { readonly host: string | undefined; readonly port: number };
  readonly side?: ScriptOptions['side'];
  readonly from?: readonly Bound[];
  readonly only?: readonly Bound[];
  readonly session?: number;
  readonly port?: readonly number[];
  readonly format?: CaptureFormat;
  readonly speed: number;
  readonly fast?: true;
  readonly wait: number;
  readonly connectTime: number;
  readonly ignore?: readonly Ignore[];
}

const EXAMPLES = `
Examples:
  The host of a capture, against another equipment, as fast as it answers:
    $ rxsecs replay line7.pcapng 10.0.0.9:5000 --fast --ignore times
  The equipment of a wire log that its host kept, for hosts to connect to:
    $ rxsecs replay host.ndjson --listen 5000 --side in
  Ten times as fast as recorded; a report for a script:
    $ rxsecs --json replay line7.pcapng 10.0.0.9:5000 --speed 10 --ignore S2F18,S6F11:0`;

/** Adds `replay`. */
export function registerReplay(program: Command, io: CliIo): void {
  program
    .command('replay')
    .description(SUMMARIES.replay.summary)
    .argument('<recording>', 'what to play; - for standard input')
    .argument('[endpoint]', 'HOST:PORT to connect to', parseEndpoint)
    .option('--listen <port>', 'wait for a peer on this port instead, also ADDRESS:PORT', parseListen)
    .addOption(
      new Option(
        '--side <side>',
        'whose part is played: who connected, or who was connected to; in a wire log also who sent (in) or kept it (out)',
      ).choices(['active', 'passive', 'in', 'out']),
    )
    .option('--from <address>', 'or: who has this address, ADDRESS:PORT, :PORT', parseAddress)
    .option('--only <address>', 'only what goes from or to this address', parseAddress)
    .option('--session <id>', 'only this session ID', parseInteger(0, 0xffff))
    .option('--port <port,…>', 'TCP ports of HSMS in a capture', parsePorts)
    .addOption(formatOption())
    .option('--speed <factor>', 'how many times faster than recorded', parseSpeed, 1)
    .option('--fast', 'as fast as the answers allow')
    .option('--wait <seconds>', 'how long anything that is expected may take', parseSeconds(false), 45)
    .option('--connect-time <seconds>', 'how long connecting and selecting may take', parseSeconds(false), 10)
    .option('--ignore <what,…>', 'what may differ: S2F18, S6F11:1/0, S6F11:times, times', parseIgnore)
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, endpoint: Endpoint | undefined, options: ReplayOptions, self: Command) => {
      await replay(io, self, file, endpoint, options);
    });
}

async function replay(
  io: CliIo,
  command: Command,
  file: string,
  endpoint: Endpoint | undefined,
  options: ReplayOptions,
): Promise<void> {
  const { listen } = options;
  if ((endpoint === undefined) === (listen === undefined)) {
    throw new UsageError('say where to connect to, HOST:PORT, or --listen PORT: one of them');
  }
  const { json, paint, paintErrors } = globalOptions(command, io);
  const script = await load(io, file, options, endpoint === undefined ? 'passive' : 'active');
  for (const remark of script.remarks) io.stderr.write(`${paintErrors.yellow(remark)}\n`);
  const connection =
    endpoint === undefined
      ? new HsmsPassiveConnection('', listen?.port ?? 0, script.sessionId, undefined, {
          clock: io.clock,
          ...(listen?.host !== undefined && { bindAddress: listen.host }),
        })
      : new HsmsActiveConnection(endpoint.host, endpoint.port, script.sessionId, undefined, {
          clock: io.clock,
        });
  try {
    const session = new HsmsSession(connection);
    const { speed, fast, wait, ignore = [] } = options;
    const player = new Player(io, session, script, { speed: fast === true ? Infinity : speed, wait, ignore });
    await up(io, connection, session, options.connectTime);
    const outcome = await player.play();
    const report = json ? jsonReport(outcome, script) : textReport(outcome, script, paint);
    await write(io, io.stdout, report);
    await session.close();
    if (outcome.differences.length > 0) io.setExitCode(ExitCode.different);
    if (outcome.ended) io.setExitCode(ExitCode.closed);
  } finally {
    await connection.dispose();
  }
}

async function load(
  io: CliIo,
  file: string,
  options: ReplayOptions,
  usual: 'active' | 'passive',
): Promise<Script> {
  const { port: ports, format, side, from, only, session } = options;
  const { reading, progress } = await openSource(io, file, {
    ...(ports && { ports }),
    ...(format && { format }),
  });
  const recording = new Recording();
  for await (const events of reading) for (const event of events) recording.add(event);
  progress.end();
  io.interrupted.throwIfAborted();
  return recording.script({
    side,
    usual,
    ...(from && { from }),
    ...(only && { only }),
    ...(session !== undefined && { session }),
  });
}

/** Resolves when the session is selected. Who listens waits for as long as it takes. */
async function up(
  io: CliIo,
  connection: HsmsConnection,
  session: HsmsSession,
  seconds: number,
): Promise<void> {
  const stop = new AbortController();
  const giveUp = (message: string, code: ExitCode): void => stop.abort(new CliError(message, code));
  let connected = false;
  connection.events.on('established', () => (connected = true));
  connection.events.on('notice', (notice) => {
    if (notice.kind === 'connectFailed') stop.abort(connectFailure(connection, notice));
  });
  if (connection.role === 'active') {
    connection.events.on('closed', ({ reason, hint }) =>
      giveUp(`the session was not selected: ${closeText(connection, reason, hint)}`, ExitCode.notSelected),
    );
  }
  io.interrupted.addEventListener('abort', () => stop.abort(io.interrupted.reason));
  const timer =
    connection.role === 'active'
      ? io.clock.setTimer('connect', seconds, () =>
          connected
            ? giveUp(`the session was not selected within ${seconds} s`, ExitCode.notSelected)
            : giveUp(`no connection within ${seconds} s`, ExitCode.notConnected),
        )
      : undefined;
  try {
    const selected = session.selected({ signal: stop.signal });
    await Promise.race([Promise.all([connection.enable(), selected]), selected]);
  } finally {
    timer?.cancel();
  }
}

function parseSpeed(text: string): number {
  const speed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(speed > 0)) throw new InvalidArgumentError('A number above 0 is allowed.');
  return speed;
}
