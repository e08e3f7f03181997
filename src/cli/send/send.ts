import type { Command } from 'commander';
import { parseMessages, type SecsMessage, type SmlMessage } from '../../secs2/index.js';
import { argumentOf, refuseAddress } from '../entity/arguments.js';
import {
  addEntityOptions,
  isConnected,
  isUsable,
  notUsableText,
  openEntity,
  type Entity,
  type EntityOptions,
} from '../entity/entity.js';
import { CliError, describeError, ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { namesFor } from '../output/messages-option.js';
import { openOutputs } from '../output/outputs.js';
import { globalOptions } from '../program.js';
import { progressBar } from '../output/progress.js';
import type { Report } from '../output/report.js';
import { addSmlOptions, parseOptionsOf, type SmlOptions } from '../sml/options.js';
import { otherFormat } from '../sml/other-format.js';
import { decodeText, readBytes } from '../sml/text.js';
import { SmlWarnings } from '../sml/warnings.js';
import { becomesSelected } from './select.js';
import { SUMMARIES } from '../summaries.js';
import { parseEndpoint, parseInteger, parseSeconds, type Endpoint } from '../values.js';
import { addLogOptions, closeWireLog, openWireLog, type LogOptions } from '../output/wire-log-option.js';

/** From this size on, in bytes, a message is worth a progress bar. */
const LARGE_BYTES = 256 * 1024;
const PROGRESS_SECONDS = 0.1;

interface SendOptions extends EntityOptions, LogOptions, SmlOptions {
  readonly timeout?: number;
  readonly verbose?: true;
  readonly maxLength?: number;
}

const EXAMPLES = `
Examples:
  Ask who is there:
    $ echo 'S1F1 W.' | rxsecs send tool-7:5000
  Send a recipe, with a progress bar on a terminal, and an answer within two minutes:
    $ rxsecs send tool-7:5000 recipe.sml --t3 120
  Over a serial port:
    $ rxsecs send --serial /dev/ttyUSB0 ask.sml
  Several messages of a file, in order; the first that fails ends it:
    $ rxsecs send tool-7:5000 setup.sml || echo "failed: $?"
  The reply for jq:
    $ rxsecs send tool-7:5000 ask.sml --json | jq -r .sml`;

/** Adds `send`. */
export function registerSend(program: Command, io: CliIo): void {
  const command = program
    .command('send')
    .description(SUMMARIES.send.summary)
    .argument('[host:port]', 'where the peer listens, an IPv6 address in brackets; not with --serial')
    .argument('[file]', 'a file of SML; standard input where there is none, or for -')
    .option('--timeout <seconds>', 'give up after this time', parseSeconds(false))
    .option('-v, --verbose', 'print all that happens, not only replies')
    .option('--max-length <n>', 'print at most n values of an item', parseInteger(1, Number.MAX_SAFE_INTEGER))
    .addHelpText('after', EXAMPLES);
  addSmlOptions(addLogOptions(addEntityOptions(command, 'active'))).action(
    async (first: string | undefined, second: string | undefined, _options: object, self: Command) => {
      const { timeout, serial } = self.opts<SendOptions>();
      // A serial port has no address: what stands first is the file.
      if (serial !== undefined && second !== undefined) refuseAddress(self, first, serial);
      const [endpoint, file] =
        serial === undefined
          ? [argumentOf(self, 'host:port', first, parseEndpoint), second]
          : [undefined, first];
      const late = new AbortController();
      const timer =
        timeout === undefined ? undefined : io.clock.setTimer('timeout', timeout, () => late.abort());
      try {
        await send(io, self, endpoint, file, late.signal);
      } finally {
        timer?.cancel();
      }
    },
  );
}

/** @throws UsageError for a file that cannot be read or sent, before anything is. */
async function readMessages(
  io: CliIo,
  file: string | undefined,
  options: SendOptions,
  late: AbortSignal,
): Promise<SecsMessage[]> {
  const path = file === '-' ? undefined : file;
  const name = path ?? 'standard input';
  const signal = AbortSignal.any([io.interrupted, late]);
  const bytes = await readBytes(io, path, signal).catch((error: unknown) => {
    if (!late.aborted || io.interrupted.aborted) throw error;
    throw new UsageError(`${name} did not end within --timeout ${options.timeout} s`);
  });
  const warnings = new SmlWarnings();
  let messages: SmlMessage[];
  try {
    const text = decodeText(bytes, name, options.encoding);
    messages = parseMessages(text, { ...parseOptionsOf(options), onWarning: warnings.add });
  } catch (error) {
    throw await notSml(name, bytes, error);
  }
  for (const line of warnings.lines) io.stderr.write(`rxsecs: ${name}: ${line}\n`);
  if (messages.length === 0) throw new UsageError(`${name} has no message: SML such as S1F1 W. is allowed`);
  for (const { message, line } of messages) {
    const { itemError } = message;
    if (itemError !== undefined) throw new UsageError(`${name}: ${itemError.message}`, { cause: itemError });
    if (message.isPrimary) continue;
    throw new UsageError(
      `${name}: line ${line}: ${message.name} is no primary message: only odd functions can be sent`,
    );
  }
  return messages.map(({ message }) => message);
}

/** What is read may be something else than SML: that is said first. */
async function notSml(name: string, bytes: Buffer, error: unknown): Promise<UsageError> {
  const other = await otherFormat(bytes);
  if (other !== undefined)
    return new UsageError(`${name} is ${other}: send takes SML, such as S1F1 W.`, { cause: error });
  if (error instanceof UsageError) return error;
  return new UsageError(`${name}: ${describeError(error)}`, { cause: error });
}

async function send(
  io: CliIo,
  command: Command,
  endpoint: Endpoint | undefined,
  file: string | undefined,
  late: AbortSignal,
): Promise<void> {
  const options = command.opts<SendOptions>();
  const messages = await readMessages(io, file, options, late);
  const names = await namesFor(io, options);
  const { report } = openOutputs(io, globalOptions(command, io), { ...options, names });
  const shown = options.verbose === true ? report : repliesOnly(report);
  const entity = openEntity(io, shown, command, 'active', endpoint, options, () => true);
  const wireLog = await openWireLog(io, options, names);
  wireLog?.attach(entity.session);
  const signal = AbortSignal.any([io.interrupted, late]);
  try {
    const selected = becomesSelected(entity, signal);
    selected.catch(() => {});
    await entity.connection.enable();
    await selected;
    for (const message of messages) {
      await sendOne(io, command, entity, message, signal);
      if (message.wBit) continue;
      const text = `${message.name} was sent. It has no W, so no reply is awaited`;
      report.event('sentWithoutW', text, { sf: message.name });
    }
  } catch (error) {
    if (!late.aborted || io.interrupted.aborted) throw error;
    throw timedOut(entity, options.timeout ?? 0);
  } finally {
    await entity.connection.dispose();
    await closeWireLog(io, wireLog);
  }
}

/** The code says how far it came. */
function timedOut(entity: Entity, seconds: number): CliError {
  const [code, what] = isUsable(entity)
    ? [ExitCode.noReply, 'no reply came']
    : isConnected(entity)
      ? [ExitCode.notSelected, notUsableText(entity)]
      : [ExitCode.notConnected, 'no connection was made'];
  const why = entity.trouble();
  return new CliError(`${what} within --timeout ${seconds} s${why === undefined ? '' : `. ${why}`}`, code);
}

async function sendOne(
  io: CliIo,
  command: Command,
  { connection, session }: Entity,
  message: SecsMessage,
  signal: AbortSignal,
): Promise<void> {
  const bytes = message.body.length;
  const { json } = globalOptions(command, io);
  const progress = progressBar(io, `sending ${message.name}`, bytes, !json && bytes >= LARGE_BYTES);
  const draw = (): void => {
    progress.update(bytes - connection.queued.bytes);
    timer = io.clock.setTimer('progress', PROGRESS_SECONDS, draw);
  };
  let timer = io.clock.setTimer('progress', PROGRESS_SECONDS, draw);
  try {
    await (message.wBit ? session.request(message, { signal }) : session.send(message, { signal }));
  } finally {
    timer.cancel();
    progress.end();
  }
}

/** Passes on the data that answers; what the peer says of its own accord is not asked for. */
function repliesOnly(report: Report): Report {
  return {
    message: (packet, dir, ends, note) => {
      if (dir === 'in' && note !== '') report.message(packet, dir, ends, note);
    },
    event: () => {},
  };
}
