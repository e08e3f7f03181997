import type { Command } from 'commander';
import {
  endpointText,
  HsmsHeader,
  type Availability,
  type ConnectionNotice,
  type SecsConnection,
  type SecsSession,
  type Tagged,
  type WirePacket,
} from '../../index.js';
import {
  boundAddressOf,
  isConnected,
  isUsable,
  notUsableText,
  openEntity,
  type Entity,
  type EntityEndpoint,
} from './entity.js';
import { CliError, describeError, ExitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { namesFor } from '../output/messages-option.js';
import { openOutputs, type OutputOptions, type Outputs } from '../output/outputs.js';
import { globalOptions } from '../program.js';
import { ReplyFile } from '../replies/reply-file.js';
import { Scenario } from '../replies/scenario.js';
import { parseOptionsOf } from '../sml/options.js';
import type { RunOptions } from './run-options.js';
import { Answers } from '../shell/answers.js';
import { Came } from '../shell/came.js';
import { runScript } from '../shell/script.js';
import { Shell, type Task } from '../shell/shell.js';
import { Terminal } from '../shell/terminal.js';
import { waitSelected } from '../shell/wait.js';
import { connectFailure, type LinkClosed } from './watch.js';
import type { WireLog } from '../../log/index.js';
import { closeWireLog, openWireLog } from '../output/wire-log-option.js';

/** What every transport has. */
interface SecsEnds {
  readonly connection: SecsConnection;
  readonly session: SecsSession;
}

type Names = OutputOptions['names'];

/** One run of `listen` or `connect`: an entity, what it prints, and what drives it. */
class EntityRun {
  readonly #io: CliIo;
  readonly #options: RunOptions;
  readonly #names: Names;
  readonly #outputs: Outputs;
  readonly #replies: ReplyFile | undefined;
  readonly #entity: Entity;
  readonly #shell: Shell;
  readonly #scenario: Scenario | undefined;
  #wireLog: WireLog | undefined;
  readonly #stop = new AbortController();
  #failure: Error | undefined;
  #lastReceived: HsmsHeader | undefined;
  #selected = false;
  #enabled = false;

  constructor(
    io: CliIo,
    command: Command,
    role: 'active' | 'passive',
    endpoint: EntityEndpoint,
    names: Names,
  ) {
    this.#io = io;
    const options = command.opts<RunOptions>();
    this.#options = options;
    this.#names = names;
    this.#replies = options.reply === undefined ? undefined : new ReplyFile(io, options.reply, options);
    this.#outputs = openOutputs(io, globalOptions(command, io), { ...options, names });
    const { report } = this.#outputs;
    this.#entity = openEntity(io, report, command, role, endpoint, options, (notice) =>
      this.#isFinal(notice),
    );
    const { connection, session }: SecsEnds = this.#entity;
    connection.events.on('message', ({ header }: WirePacket) => {
      if (header instanceof HsmsHeader) this.#lastReceived = header;
    });
    session.events.on('availability', (now: Availability) => (this.#selected ||= now === 'usable'));
    this.#scenario = this.#replies && new Scenario(io, session, report, this.#replies);
    const answers = new Answers(session, report, {
      replies: this.#replies,
      abort: options.abort === true,
      scenario: this.#scenario,
    });
    this.#shell = new Shell(
      {
        ...this.#entity,
        io,
        report,
        answers,
        prompt: this.#isTerminal,
        came: this.#isTerminal ? undefined : new Came(session),
        lastReceived: () => this.#lastReceived,
        signal: this.#stop.signal,
        beforeSend: () => this.#beforeSend(),
        quit: () => this.#end(),
      },
      parseOptionsOf(options),
    );
  }

  /** Runs until something ends it. @throws what it failed with. */
  async run(): Promise<void> {
    const io = this.#io;
    const stop = (): void => this.#stop.abort();
    io.interrupted.addEventListener('abort', stop, { once: true });
    if (io.interrupted.aborted) stop();
    try {
      this.#wireLog = await openWireLog(io, this.#options, this.#names);
      this.#wireLog?.attach(this.#entity.session);
      this.#boundRun();
      await this.#entity.connection.enable();
      this.#enabled = true;
      this.#sayListening();
      this.#replies?.warn(this.#outputs.report);
      this.#replies?.watch(this.#outputs.report);
      const driven = this.#drive();
      await this.#stopped();
      this.#scenario?.stop();
      await this.#entity.connection.dispose();
      await driven;
    } finally {
      io.interrupted.removeEventListener('abort', stop);
      this.#stop.abort();
      this.#replies?.close();
      this.#scenario?.stop();
      await this.#entity.connection.dispose();
      await closeWireLog(io, this.#wireLog);
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #sayListening(): void {
    const { session } = this.#entity;
    const boundAddress = boundAddressOf(this.#entity);
    if (boundAddress === undefined) return;
    const address = endpointText(boundAddress);
    this.#outputs.report.event('listening', `listening on ${address}, session ${session.sessionId}`, {
      address,
    });
  }

  /** A script waits until there is somebody to talk to; somebody at a terminal sees why nothing goes. */
  async #beforeSend(): Promise<void> {
    if (this.#isTerminal) {
      this.#checkSelected();
      return;
    }
    const { signal } = this.#stop;
    await waitSelected({ ...this.#entity, io: this.#io, signal }, this.#options.wait);
  }

  #checkSelected(): void {
    const { connection, hsms } = this.#entity;
    if (isUsable(this.#entity)) return;
    const what = hsms === undefined ? 'open line' : 'connection';
    const why = isConnected(this.#entity)
      ? 'the session is not selected: see select, wait selected'
      : `there is no ${what} (${connection.currentState})`;
    throw new CliError(`nothing was sent: ${why}`, ExitCode.notSelected);
  }

  get #isTerminal(): boolean {
    const { stdin, stdout } = this.#io;
    return stdin.isTTY === true && stdout.isTTY === true;
  }

  async #stopped(): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** Ends the run: well, or with a failure, of which the first counts. */
  #end(failure?: Error): void {
    if (!this.#stop.signal.aborted) this.#failure = failure;
    this.#stop.abort();
  }

  /** Whether the run ends with it, as an error. */
  #isFinal({ kind }: ConnectionNotice): boolean {
    return kind === 'connectFailed' ? this.#options.once === true : kind === 'listenFailed' && !this.#enabled;
  }

  /** `--once`, `--count`, `--for`. */
  #boundRun(): void {
    const { once, count = Infinity, for: seconds } = this.#options;
    const { connection, session }: SecsEnds = this.#entity;
    if (once === true) {
      connection.events.on('closed', ({ reason }: LinkClosed) => this.#end(this.#closeFailure(reason)));
      connection.events.on('notice', (notice: ConnectionNotice) => {
        if (notice.kind === 'connectFailed') this.#end(connectFailure(connection, notice));
      });
    }
    let primaries = 0;
    session.events.on('primary', () => {
      if (++primaries >= count) this.#end();
    });
    if (seconds !== undefined) {
      const timer = this.#io.clock.setTimer('for', seconds, () => this.#end());
      this.#stop.signal.addEventListener('abort', () => timer.cancel(), { once: true });
    }
  }

  #closeFailure(reason: Tagged): Error | undefined {
    if (!this.#selected) {
      const why = this.#entity.trouble() ?? 'nothing says why';
      return new CliError(
        `${notUsableText(this.#entity).replace('was not', 'was never')}: ${why}`,
        ExitCode.notSelected,
      );
    }
    const well = reason.kind === 'separate' || reason.kind === 'local' || reason.kind === 'remoteClosed';
    return well ? undefined : new CliError('the connection did not end well', ExitCode.closed);
  }

  /** Takes lines from a terminal, or from a script. */
  async #drive(): Promise<void> {
    if (this.#isTerminal) this.#interact();
    else if (this.#io.stdin.isTTY !== true) await this.#script();
  }

  #interact(): void {
    const terminal = new Terminal(this.#io, {
      onLine: (line) => {
        this.#start(() => this.#shell.line(line));
        return this.#shell.pending;
      },
      onClear: () => this.#shell.clear(),
      onEnd: () => this.#end(),
    });
    this.#outputs.printTo(terminal);
    this.#stop.signal.addEventListener('abort', () => this.#outputs.closeTerminal(terminal), { once: true });
  }

  /** On a terminal, what takes long does not hold up the next line. */
  #start(take: () => Task | undefined): void {
    void (async () => {
      try {
        await take()?.();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        this.#outputs.report.event('error', describeError(error), { error: describeError(error) });
      }
    })();
  }

  async #script(): Promise<void> {
    const { once, count, for: seconds, encoding } = this.#options;
    const { signal } = this.#stop;
    try {
      const done = await runScript(this.#io, this.#shell, signal, encoding);
      // Without a single line, /dev/null say, there was no script.
      if (done && once === undefined && count === undefined && seconds === undefined) this.#end();
    } catch (error) {
      this.#end(error as Error);
    }
  }
}

/** Runs an entity until it is quit, interrupted, or at its bound. */
export async function runEntity(
  io: CliIo,
  command: Command,
  role: 'active' | 'passive',
  endpoint: EntityEndpoint,
): Promise<void> {
  const names = await namesFor(io, command.opts<RunOptions>());
  await new EntityRun(io, command, role, endpoint, names).run();
}
