import { Option, type Command } from 'commander';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
  type HsmsConnectionOptions,
  type HsmsNotice,
  type HsmsSessionOptions,
} from '../../index.js';
import type { CliIo } from '../io.js';
import type { Report } from '../output/report.js';
import { addSettingOptions, settingsOf } from './settings.js';
import { parseCodePage, parseInteger, type Endpoint } from '../values.js';
import { watchTrouble } from './trouble.js';
import { watchConnection, watchSession } from './watch.js';

/** What the options say that no table of settings has. */
export interface EntityOptions {
  readonly sessionId: number;
  readonly equipment?: true;
  readonly autoS9?: boolean;
  readonly rejectForeign?: true;
  readonly select?: boolean;
  readonly bind?: string;
  readonly from?: string;
  readonly codePage?: string;
}

/** A connection and its session. */
export interface Entity {
  readonly connection: HsmsConnection;
  readonly session: HsmsSession;
  /** Why it is not connected or not selected, as far as anything was heard. */
  readonly trouble: () => string | undefined;
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
  return addSettingOptions(command, role === 'passive');
}

/** Makes the connection and the session that the options describe; it is not enabled yet. */
export function openEntity(
  io: CliIo,
  report: Report,
  role: 'active' | 'passive',
  endpoint: Partial<Endpoint> & Pick<Endpoint, 'port'>,
  options: EntityOptions,
  isFinal?: (notice: HsmsNotice) => boolean,
): Entity {
  const { bind, codePage, sessionId } = options;
  const connectionOptions: HsmsConnectionOptions = {
    ...settingsOf({ ...options }, 'connection'),
    clock: io.clock,
    ...(bind !== undefined && { bindAddress: bind }),
    ...(codePage !== undefined && { decoding: { codePage } }),
    onError: (error, where) => void io.stderr.write(`rxsecs: ${where} failed: ${String(error)}\n`),
  };
  const connection =
    role === 'active'
      ? new HsmsActiveConnection(endpoint.host ?? '', endpoint.port, sessionId, undefined, connectionOptions)
      : new HsmsPassiveConnection(options.from ?? '', endpoint.port, sessionId, undefined, connectionOptions);
  watchConnection(connection, io, report, isFinal);
  const trouble = watchTrouble(connection);
  const session = new HsmsSession(connection, {
    ...settingsOf({ ...options }, 'session'),
    ...sessionOptions(options),
  });
  watchSession(session, report);
  return { connection, session, trouble };
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
