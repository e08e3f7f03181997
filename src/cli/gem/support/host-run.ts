import type { Command } from 'commander';
import { GemHost, type ToolProfile } from '../../../gem/index.js';
import {
  endpointText,
  outcomeOf,
  SecsStream9Error,
  type Availability,
  type SecsConnection,
  type SecsSession,
  type SessionEnd,
} from '../../../index.js';
import {
  boundAddressOf,
  isConnected,
  isUsable,
  notUsableText,
  openEntity,
  type Entity,
  type EntityEndpoint,
} from '../../entity/entity.js';
import { closeText, type LinkClosed } from '../../entity/watch.js';
import { CliError, codeOf, describeError, ExitCode, UsageError } from '../../exit-codes.js';
import type { CliIo } from '../../io.js';
import { openOutputs } from '../../output/outputs.js';
import type { Report } from '../../output/report.js';
import { closeWireLog, openWireLog } from '../../output/wire-log-option.js';
import { globalOptions } from '../../program.js';
import { S } from '../../../secs2/index.js';
import { becomesSelected } from '../../send/select.js';
import { readJsonFile } from './json-file.js';
import type { GemOptions, Target } from './options.js';
import { ProfileLearner } from './learner.js';
import { GemPrinter } from './printer.js';
import { withAdvice } from './refusal.js';

/** What a subcommand works with: a host that has established communications. */
export interface GemRun {
  readonly host: GemHost;
  readonly profile: ToolProfile;
  readonly printer: GemPrinter;
  /** Ends with the link, with `--timeout`, and when the command is interrupted. */
  readonly signal: AbortSignal;
  /** From now on, any time may pass. */
  readonly takeTime: () => void;
}

/** What a subcommand wants. */
export interface HostWish {
  /** What is wanted of the tool. Default: nothing is changed, it is only talked with. */
  readonly setup?: object | undefined;
  /** It cannot do without a profile. */
  readonly needsProfile?: boolean;
}

/** Steps that would change a tool, or that a command has no use for. */
const ALL_STEPS = [
  ...['clock', 'spool', 'quiet', 'clear', 'define', 'link', 'enable', 'alarms', 'activeAlarms'],
  ...['constants', 'spoolStreams', 'limits', 'traces', 'read'],
];

/** Prints nothing: what a tool is asked is not what was asked for. */
const silent: Report = { message: () => {}, event: () => {} };

/** The profile that the options name; an empty one where they name none. */
export async function profileOfOptions({ profile }: GemOptions, isNeeded: boolean): Promise<ToolProfile> {
  if (profile !== undefined) return readJsonFile(profile, 'profile');
  if (!isNeeded) return {};
  throw new UsageError(
    '--profile FILE is missing: it has the names of the tool. Make one with: rxsecs gem discover HOST:PORT --out tool.json',
  );
}

/** Makes a host, waits until it talks with its tool, does the work, and takes all of it down again. */
export async function withHost(
  io: CliIo,
  command: Command,
  target: Target,
  wish: HostWish,
  work: (run: GemRun) => Promise<void>,
): Promise<void> {
  const options = command.opts<GemOptions>();
  const profile = await profileOfOptions(options, wish.needsProfile === true);
  const { json } = globalOptions(command, io);
  const report =
    options.verbose === true ? openOutputs(io, globalOptions(command, io), options).report : silent;
  const entity = openEntity(
    io,
    report,
    command,
    target.role,
    addressOf(target),
    withBind(options, target),
    () => true,
  );
  const learner = options.learn === true ? new ProfileLearner(options.profile, profile, io) : undefined;
  let host: GemHost;
  try {
    host = makeHost(entity, profile, wish, options, learner?.learn);
  } catch (error) {
    await entity.connection.dispose();
    throw codeOf(error) === 'GEM_INVALID_ARGUMENT'
      ? new UsageError(describeError(error), { cause: error })
      : error;
  }
  const trouble = { text: undefined as string | undefined };
  host.emitter.on('warning', ({ kind, text }) => {
    if (kind === 'notEstablished') trouble.text = text;
  });
  const late = new Deadline(io, options.timeout, () => lateText(host, entity, trouble.text));
  const lost = lostLink(entity);
  const signal = AbortSignal.any([io.interrupted, late.signal, lost]);
  const wireLog = await openWireLog(io, options);
  wireLog?.attach(entity.session);
  try {
    host.start();
    await selected(io, entity, target, signal);
    await established(host, signal);
    if (wish.setup === undefined && options.onLine !== true) await raced(attemptEnds(host, signal), signal);
    const run = { host, profile, printer: new GemPrinter(io, json), signal, takeTime: () => late.cancel() };
    await raced(work(run), signal);
  } catch (error) {
    throw withAdvice(error);
  } finally {
    late.cancel();
    host.stop();
    await entity.connection.dispose();
    await closeWireLog(io, wireLog);
    await learner?.keep();
  }
}

function makeHost(
  entity: Entity,
  profile: ToolProfile,
  { setup }: HostWish,
  { onLine }: GemOptions,
  learn: ProfileLearner['learn'] | undefined,
): GemHost {
  const rest = learn === undefined ? {} : { learn };
  if (setup !== undefined) return new GemHost(entity.session, { profile, setup, ...rest });
  const leaveOut = onLine === true ? ALL_STEPS : [...ALL_STEPS, 'onLine'];
  const quirks = { ...profile.quirks, leaveOut: [...(profile.quirks?.leaveOut ?? []), ...leaveOut] };
  const careful: ToolProfile = { ...profile, quirks };
  return new GemHost(entity.session, { profile: careful, ...rest });
}

const addressOf = ({ endpoint }: Target): EntityEndpoint =>
  endpoint && { port: endpoint.port, ...(endpoint.host !== undefined && { host: endpoint.host }) };

/** The address in front of the port of `--listen` is that of `--bind`. */
function withBind(options: GemOptions, { role, endpoint }: Target): GemOptions {
  return role === 'passive' && endpoint.host !== undefined ? { ...options, bind: endpoint.host } : options;
}

async function selected(io: CliIo, entity: Entity, target: Target, signal: AbortSignal): Promise<void> {
  const { connection, session } = entity;
  const isSelected = target.role === 'active' ? becomesSelected(entity, signal) : session.usable({ signal });
  isSelected.catch(() => {});
  await connection.enable();
  const bound = boundAddressOf(entity);
  if (bound !== undefined) io.stderr.write(`rxsecs: listening on ${endpointText(bound)}\n`);
  await isSelected;
}

/** How long a tool may take to come ON-LINE by itself, in seconds: it tries when communications are established. */
const ATTEMPT_SECONDS = 1;
/** How long a tool may be OFF-LINE before that is an error: a host asks it again a second after its attempt. */
const OFF_LINE_SECONDS = 3;
const ATTEMPT_PAUSE = 0.05;

/** Resolves when the host talks with its tool and its set-up has ended. */
async function established(host: GemHost, signal: AbortSignal): Promise<void> {
  const { clock } = host.session.connection;
  const offLine = new AbortController();
  let timer: { cancel(): void } | undefined;
  const onState = (state: string): void => {
    timer?.cancel();
    if (state !== 'offLine') return;
    const text =
      'the tool is OFF-LINE and does not let a host change that: its operator has to switch it ON-LINE';
    const abort = (): void => offLine.abort(new CliError(text, ExitCode.refused));
    timer = clock.setTimer('onLine', OFF_LINE_SECONDS, abort);
  };
  host.emitter.on('state', onState);
  try {
    await host.settled({ signal: AbortSignal.any([signal, offLine.signal]) });
  } finally {
    timer?.cancel();
    host.emitter.off('state', onState);
  }
}

/** A tool that has just begun attempts to go ON-LINE: until it is, it would abort what it is asked. */
async function attemptEnds({ session }: GemHost, signal: AbortSignal): Promise<void> {
  const { clock } = session.connection;
  const end = clock.now() + ATTEMPT_SECONDS * 1000;
  while (clock.now() < end && !signal.aborted) {
    const answer = await session.request(S(1, 1).w()).catch((error: unknown) => error);
    // A tool can establish by its own S1F13, and yet not know our device ID.
    if (answer instanceof SecsStream9Error && answer.errorFunction === 1) throw answer;
    if (outcomeOf(answer) !== 'aborted') return;
    await new Promise<void>((resolve) => void clock.setTimer('attempt', ATTEMPT_PAUSE, resolve));
  }
}

/** Aborted when a link ends that was used; until then a tool that connects may try again. */
function lostLink(entity: Entity): AbortSignal {
  const connection: SecsConnection = entity.connection;
  const session: SecsSession = entity.session;
  const lost = new AbortController();
  let isUsed = false;
  session.events.on('availability', (now: Availability) => (isUsed ||= now === 'usable'));
  session.events.on('ended', ({ kind }: SessionEnd) => {
    if (kind !== 'closed') lost.abort(new CliError(`the tool ended the session by ${kind}`, ExitCode.closed));
  });
  connection.events.on('closed', ({ reason, hint }: LinkClosed) => {
    if (isUsed)
      lost.abort(new CliError(`the link was lost: ${closeText(connection, reason, hint)}`, ExitCode.closed));
  });
  return lost.signal;
}

/** How far it had come when time was up. */
function lateText(host: GemHost, entity: Entity, refused: string | undefined): CliError {
  const why = entity.trouble();
  const more = why === undefined ? '' : `. ${why}`;
  if (!isUsable(entity)) {
    return isConnected(entity)
      ? new CliError(`${notUsableText(entity)}${more}`, ExitCode.notSelected)
      : new CliError(`no connection was made${more}`, ExitCode.notConnected);
  }
  return host.state === 'establishing'
    ? new CliError(
        `the tool does not establish communications: it did not accept S1F13${refused === undefined ? '' : ` (${refused})`}`,
        ExitCode.noReply,
      )
    : new CliError('the tool has not done what was asked', ExitCode.noReply);
}

/** `--timeout`. */
class Deadline {
  readonly #late = new AbortController();
  readonly #timer: { cancel(): void };

  constructor(io: CliIo, seconds: number, reason: () => CliError) {
    this.#timer = io.clock.setTimer('timeout', seconds, () => {
      const { message, exitCode } = reason();
      this.#late.abort(new CliError(`${message} within --timeout ${seconds} s`, exitCode));
    });
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  cancel(): void {
    this.#timer.cancel();
  }
}

/** Rejects with the reason of the signal where that comes first. */
function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}
