import { Option, type Command } from 'commander';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
  type HsmsConnectionOptions,
  type ConnectionNotice,
  type SocketAddress,
  type HsmsSessionOptions,
} from '../../index.js';
import type { CliIo } from '../io.js';
import { checkLineOptions, addLineOptions, isLine, lineOf, type LineOptions } from '../line/options.js';
import { lineSettingsOf } from '../line/settings.js';
import { watchLine } from '../line/watch-line.js';
import type { Report } from '../output/report.js';
import { Secs1Connection, Secs1Session } from '../../secs1/index.js';
import { addSettingOptions, settingsOf } from './settings.js';
import { parseCodePage, parseInteger, type Endpoint } from '../values.js';
import { watchTrouble } from './trouble.js';
import { watchConnection, watchSession } from './watch.js';

/** What the options say that no table of settings has. */
export interface EntityOptions extends LineOptions {
  readonly sessionId: number;
  readonly equipment?: true;
  readonly autoS9?: boolean;
  readonly rejectForeign?: true;
  readonly select?: boolean;
  readonly bind?: string;
  readonly from?: string;
  readonly codePage?: string;
}

/** An HSMS connection and its session, for what SECS-I has nothing like. */
interface HsmsEnds {
  readonly connection: HsmsConnection;
  readonly session: HsmsSession;
}

/** A connection and its session. */
export interface Entity {
  readonly connection: HsmsConnection | Secs1Connection;
  readonly session: HsmsSession | Secs1Session;
  /** The same two, where the transport is HSMS. */
  readonly hsms: HsmsEnds | undefined;
  /** Why it is not connected or not selected, as far as anything was heard. */
  readonly trouble: () => string | undefined;
}

/** Where an entity connects to, or listens; a serial port needs neither. */
export type EntityEndpoint = Partial<Endpoint> | undefined;

/** Whether there is a link at this moment. */
export function isConnected({ connection }: Pick<Entity, 'connection'>): boolean {
  return connection.currentState === 'connected' || connection.currentState === 'closing';
}

/** Whether data messages may be sent. */
export function isUsable({ session }: Pick<Entity, 'session'>): boolean {
  return session.currentAvailability === 'usable';
}

/** What the transport needs before data may be sent, as in `the session was not selected`. */
export function notUsableText({ hsms }: Pick<Entity, 'hsms'>): string {
  return hsms === undefined ? 'the line was not opened' : 'the session was not selected';
}

/** Where it listens, if it does. */
export function boundAddressOf({ connection }: Pick<Entity, 'connection'>): SocketAddress | undefined {
  return 'boundAddress' in connection ? connection.boundAddress : undefined;
}

/** Adds the options that describe an entity: its role, its session and every setting. */
export function addEntityOptions(command: Command, role: 'active' | 'passive'): Command {
  const group = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('Entity:');
  command
    .addOption(
      group('--session-id <n>', 'session ID of data, the device ID')
        .default(0)
        .argParser(parseInteger(0, 0xffff)),
    )
    .addOption(group('--equipment', 'be an equipment, which reports errors by stream 9, instead of a host'))
    .addOption(group('--auto-s9', 'report errors by stream 9 (on for an equipment)'))
    .addOption(group('--no-auto-s9', 'report no errors by stream 9'))
    .addOption(
      group('--reject-foreign', 'answer data for another session ID by Reject.req instead of warning'),
    )
    .addOption(group('--bind <address>', 'address of this machine to use'))
    .addOption(
      group('--code-page <name>', 'code page of the text of A items, as in shift_jis').argParser(
        parseCodePage,
      ),
    );
  if (role === 'active') command.addOption(group('--no-select', 'do not select when connected'));
  else command.addOption(group('--from <address>', 'serve this peer alone: its address or host name'));
  return addLineOptions(addSettingOptions(command, role === 'passive'));
}

/**
 * Makes the connection and the session that the options describe; it is not enabled yet.
 * @throws UsageError for options that do not go together.
 */
export function openEntity(
  io: CliIo,
  report: Report,
  command: Command,
  role: 'active' | 'passive',
  endpoint: EntityEndpoint,
  options: EntityOptions,
  isFinal?: (notice: ConnectionNotice) => boolean,
): Entity {
  checkLineOptions(command);
  if (isLine(options)) return openLine(io, report, role, endpoint, options, isFinal);
  const { bind, sessionId } = options;
  const connectionOptions: HsmsConnectionOptions = {
    ...settingsOf({ ...options }, 'connection'),
    ...sharedOptions(io, options),
    ...(bind !== undefined && { bindAddress: bind }),
  };
  const { host = '', port = 0 } = endpoint ?? {};
  const connection =
    role === 'active'
      ? new HsmsActiveConnection(host, port, sessionId, undefined, connectionOptions)
      : new HsmsPassiveConnection(options.from ?? '', port, sessionId, undefined, connectionOptions);
  watchConnection(connection, io, report, isFinal);
  const trouble = watchTrouble(connection);
  const session = new HsmsSession(connection, {
    ...settingsOf({ ...options }, 'session'),
    ...sessionOptions(options),
  });
  watchSession(session, report);
  return { connection, session, hsms: { connection, session }, trouble };
}

function openLine(
  io: CliIo,
  report: Report,
  role: 'active' | 'passive',
  endpoint: EntityEndpoint,
  options: EntityOptions,
  isFinal: ((notice: ConnectionNotice) => boolean) | undefined,
): Entity {
  const { sessionId, deviceId = sessionId, master, slave, equipment, autoS9, rejectForeign } = options;
  const connection = new Secs1Connection(lineOf(options, role, endpoint), deviceId, undefined, {
    ...lineSettingsOf({ ...options }, 'connection'),
    ...sharedOptions(io, options),
    entity: equipment === true ? 'equipment' : 'host',
    ...((master === true || slave === true) && { master: master === true }),
  });
  watchLine(connection, io, report, isFinal);
  const trouble = watchTrouble(connection);
  const session = new Secs1Session(connection, {
    ...lineSettingsOf({ ...options }, 'session'),
    ...(autoS9 !== undefined && { autoS9 }),
    ...(rejectForeign === true && { foreignSessionId: 'reject' }),
  });
  watchSession(session, report);
  return { connection, session, hsms: undefined, trouble };
}

function sharedOptions(
  io: CliIo,
  { codePage }: EntityOptions,
): Pick<HsmsConnectionOptions, 'clock' | 'onError' | 'decoding'> {
  return {
    clock: io.clock,
    onError: (error, where) => void io.stderr.write(`rxsecs: ${where} failed: ${String(error)}\n`),
    ...(codePage !== undefined && { decoding: { codePage } }),
  };
}

function sessionOptions({
  equipment,
  autoS9,
  rejectForeign,
  select = true,
}: EntityOptions): HsmsSessionOptions {
  return {
    entity: equipment === true ? 'equipment' : 'host',
    autoSelect: select,
    ...(autoS9 !== undefined && { autoS9 }),
    ...(rejectForeign === true && { foreignSessionId: 'reject' as const }),
  };
}
