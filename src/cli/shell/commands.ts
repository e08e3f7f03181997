import { InvalidArgumentError } from 'commander';
import { endpointText, HsmsPacket, type HsmsHeader } from '../../index.js';
import type { Entity } from '../entity/entity.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { LINE_SETTING_WORDS, parseLineSetting } from '../line/settings.js';
import type { Report } from '../output/report.js';
import { parseSetting, SETTING_WORDS } from '../entity/settings.js';
import { parseInteger } from '../values.js';
import { duration } from '../entity/watch.js';
import type { Answers } from './answers.js';
import type { Came } from './came.js';
import { wait } from './wait.js';

/** What the commands of a session work on. */
export interface ShellContext extends Entity {
  readonly io: CliIo;
  readonly report: Report;
  readonly answers: Answers;
  /** Whether somebody types at a prompt. */
  readonly prompt?: boolean;
  /** The last packet that came. */
  readonly lastReceived: () => HsmsHeader | undefined;
  /** In a script, the messages that came. */
  readonly came?: Came | undefined;
  /** Waits, in a script, until the session is selected. */
  readonly beforeSend: () => Promise<void>;
  /** Aborted when everything is to come to an end. */
  readonly signal: AbortSignal;
  /** Ends the run. */
  readonly quit: () => void;
}

/** A command of an interactive session or a script. */
export interface ShellCommand {
  readonly usage: string;
  readonly help: string;
  /** Words that may come next. */
  readonly complete?: readonly string[];
  /** @throws what it fails with. */
  readonly run: (context: ShellContext, args: readonly string[]) => Promise<void> | void;
}

const REJECT_REASONS = '1 SType, 2 PType not supported, 3 transaction not open, 4 not selected';

const all: Readonly<Record<string, ShellCommand>> = {
  select: {
    usage: 'select',
    help: 'send Select.req (the side that connects)',
    run: (context) => hsmsOf(context, 'select').session.select(),
  },
  deselect: {
    usage: 'deselect',
    help: 'send Deselect.req: the session ends, the connection stays',
    run: async (context) => {
      const { session } = hsmsOf(context, 'deselect');
      await context.beforeSend();
      await session.deselect();
    },
  },
  linktest: {
    usage: 'linktest',
    help: 'send Linktest.req and tell how long its answer took',
    run: async (context) => {
      const { session } = hsmsOf(context, 'linktest');
      const { report } = context;
      await context.beforeSend();
      const seconds = await session.linktest();
      report.event('linktest', `the peer answered after ${duration(seconds * 1000)}`, { seconds });
    },
  },
  separate: {
    usage: 'separate',
    help: 'send Separate.req: session and connection end',
    run: async (context) => {
      const { session } = hsmsOf(context, 'separate');
      await context.beforeSend();
      session.separate();
    },
  },
  reject: {
    usage: 'reject [REASON]',
    help: `send Reject.req for the last message that came (${REJECT_REASONS}; 4)`,
    run: reject,
  },
  disable: {
    usage: 'disable',
    help: 'close the connection, and neither connect nor listen any more',
    run: ({ connection }) => connection.disable(),
  },
  enable: {
    usage: 'enable',
    help: 'connect, or listen, again',
    run: ({ connection }) => connection.enable(),
  },
  status: { usage: 'status', help: 'print where everything stands', run: status },
  set: {
    usage: 'set NAME VALUE',
    help: `change a setting: ${[...SETTING_WORDS.keys()].join(', ')}; on a line: ${[...LINE_SETTING_WORDS.keys()].join(', ')}`,
    complete: [...new Set([...SETTING_WORDS.keys(), ...LINE_SETTING_WORDS.keys()])],
    run: set,
  },
  wait: {
    usage: 'wait SECONDS | wait selected|closed|SxFy [SECONDS]',
    help: 'wait some time, or for something (up to 30 s, or the seconds given)',
    complete: ['selected', 'closed'],
    run: wait,
  },
  help: { usage: 'help', help: 'print this', run: ({ report }) => help(report) },
  quit: {
    usage: 'quit',
    help: 'separate, close and end; so does end of input (Ctrl-D)',
    run: ({ quit }) => quit(),
  },
};

/** The commands by their names. */
export const SHELL_COMMANDS: ReadonlyMap<string, ShellCommand> = new Map(Object.entries(all));

function help(report: Report): void {
  const lines = [...SHELL_COMMANDS.values()].map(({ usage, help }) => `  ${usage.padEnd(16)} ${help}`);
  const text = [
    'Type SML to send it: S1F1 W.  A message ends with a full stop, with its item, or with an empty line.',
    'A reply, such as S1F2 <L>, answers the oldest message that waits for it. Commands:',
    ...lines,
  ].join('\n');
  report.event('help', text);
}

function set(context: ShellContext, [name = '', value = '']: readonly string[]): void {
  const { connection, session, hsms, report } = context;
  const { of, changes } = usage(() => (hsms === undefined ? parseLineSetting : parseSetting)(name, value));
  const target: { configure(changes: object): void } = of === 'connection' ? connection : session;
  target.configure(changes);
  report.event('set', `${name} is ${value}`, { name, value });
}

async function reject(context: ShellContext, [reason = '4']: readonly string[]): Promise<void> {
  const { connection } = hsmsOf(context, 'reject');
  const header = context.lastReceived();
  if (header === undefined) throw new UsageError('nothing has come that could be rejected');
  await connection.send(
    HsmsPacket.rejectReq(
      header,
      usage(() => parseInteger(0, 255)(reason), 'reason'),
    ),
  );
}

function status({ connection, session, hsms, report, answers }: ShellContext): void {
  const { localAddress, remoteAddress, queued } = connection;
  const ends =
    localAddress && remoteAddress ? `, ${endpointText(localAddress)} to ${endpointText(remoteAddress)}` : '';
  const counters = connection.protocol === 'secs1' ? { ...connection.counters } : undefined;
  const what = hsms === undefined ? `line ${connection.address}` : 'connection';
  const state = hsms === undefined ? session.currentAvailability : hsms.session.currentState;
  const settings = { ...connection.settings, ...session.settings };
  const waiting = answers.waiting;
  const text = [
    `${what} ${connection.currentState}${ends}; session ${session.sessionId} ${state}`,
    `open requests ${session.openRequests}, to be answered ${waiting.length}${waiting.length > 0 ? ` (${waiting.slice(0, 10).join(', ')})` : ''}, to be sent ${queued.packets} messages, ${queued.bytes} bytes`,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${settingText(value)}`)
      .join(', '),
    ...(counters === undefined
      ? []
      : [
          Object.entries(counters)
            .map(([name, value]) => `${name} ${value}`)
            .join(', '),
        ]),
  ].join('\n');
  report.event('status', text, {
    connection: connection.currentState,
    session: state,
    openRequests: session.openRequests,
    waiting,
    queued,
    settings,
    ...(counters && { counters }),
  });
}

/** A setting in words; some are objects. */
function settingText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @throws UsageError on a line, where there is nothing like the command. */
function hsmsOf({ hsms }: ShellContext, name: string): NonNullable<Entity['hsms']> {
  if (hsms !== undefined) return hsms;
  throw new UsageError(`'${name}' is of HSMS: an open line of SECS-I has no session to speak of`);
}

/** Has a value that is not allowed be an error of the user. */
function usage<T>(act: () => T, name?: string): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(name === undefined ? error.message : `${name}: ${error.message}`, { cause: error });
  }
}
