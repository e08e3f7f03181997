import { Option, type Command } from 'commander';
import { serialLine, dialLine, listenLine, type LineSource } from '../../secs1/index.js';
import { SETTINGS } from '../entity/settings.js';
import { UsageError } from '../exit-codes.js';
import { parseInteger, type Endpoint } from '../values.js';
import { addLineSettings, OWN_SETTINGS, SHARED_SETTINGS } from './settings.js';

const GROUP = 'SECS-I:';

/** What is said of a line, besides its settings. */
export interface LineOptions {
  readonly secs1?: true;
  readonly serial?: string;
  readonly baud?: number;
  readonly deviceId?: number;
  readonly master?: true;
  readonly slave?: true;
}

/** What the options of every entity say of it. */
interface Ends {
  readonly sessionId: number;
  readonly bind?: string;
  readonly from?: string;
}

const attributeOf = (flags: string): string => new Option(flags).attributeName();

/** Options of HSMS that a line has no use for, by the names that commander gives them. */
const HSMS_ALONE = ['select', ...Object.keys(SETTINGS).filter((name) => !SHARED_SETTINGS.has(name))];

/** What TCP has and a serial port has not. */
const TCP_ALONE = ['bind', 'from', 'secondConnection'];

const LINE_ALONE = ['deviceId', 'master', 'slave', ...OWN_SETTINGS.map(({ flags }) => attributeOf(flags))];

/** Adds what makes the transport SECS-I instead of HSMS. */
export function addLineOptions(command: Command): Command {
  const option = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup(GROUP);
  command
    .addOption(option('--secs1', 'SECS-I (E4) over TCP instead of HSMS'))
    .addOption(
      option('--serial <path>', 'SECS-I on a serial port: /dev/ttyUSB0, COM3; `rxsecs ports` lists them'),
    )
    .addOption(
      option('--baud <n>', 'bits a second of the serial port (9600)').argParser(parseInteger(50, 4_000_000)),
    )
    .addOption(
      option('--device-id <n>', 'device ID, the same as --session-id').argParser(parseInteger(0, 0x7fff)),
    )
    .addOption(option('--master', 'go on where both ask for the line (an equipment does)'))
    .addOption(option('--slave', 'make way where both ask for the line (a host does)'));
  return addLineSettings(command);
}

/** Whether the options ask for SECS-I. */
export function isLine({ secs1, serial }: LineOptions): boolean {
  return secs1 === true || serial !== undefined;
}

/** @throws UsageError for options that do not go together: what is of one transport, with the other. */
export function checkLineOptions(command: Command): void {
  const options = command.opts<LineOptions & Ends>();
  const given = (names: readonly string[]): string | undefined => {
    const name = names.find((name) => command.getOptionValueSource(name) === 'cli');
    return command.options.find((option) => option.attributeName() === name)?.long ?? name;
  };
  if (!isLine(options)) {
    const line = given(['baud', ...LINE_ALONE]);
    if (line === undefined) return;
    throw new UsageError(
      line === '--baud'
        ? '--baud is of a serial port: --serial PATH is missing'
        : `${line} is of SECS-I: --secs1 (TCP) or --serial PATH is missing`,
    );
  }
  const hsms = given(HSMS_ALONE);
  if (hsms !== undefined) throw new UsageError(`${hsms} is of HSMS: SECS-I has nothing like it`);
  if (options.serial === undefined) {
    if (options.baud !== undefined)
      throw new UsageError('--baud is of a serial port: --serial PATH is missing');
  } else {
    const tcp = given(TCP_ALONE);
    if (tcp !== undefined) throw new UsageError(`${tcp} is of TCP, and the line is a serial port`);
  }
  if (options.master === true && options.slave === true) {
    throw new UsageError('--master and --slave: one of them is allowed');
  }
  const { deviceId, sessionId } = options;
  if (deviceId !== undefined && given(['sessionId']) !== undefined && deviceId !== sessionId) {
    throw new UsageError(`--device-id ${deviceId} and --session-id ${sessionId} are the same: give one`);
  }
  if (deviceId === undefined && sessionId > 0x7fff) {
    throw new UsageError(`--session-id ${sessionId}: a device ID of SECS-I is from 0 to 32767`);
  }
}

/** The line that the options describe. */
export function lineOf(
  options: LineOptions & Ends,
  role: 'active' | 'passive',
  endpoint: Partial<Endpoint> | undefined,
): LineSource {
  const { serial, baud, bind, from } = options;
  if (serial !== undefined) return serialLine(serial, baud === undefined ? {} : { baudRate: baud });
  const { host = '', port = 0 } = endpoint ?? {};
  const bound = bind === undefined ? {} : { bindAddress: bind };
  return role === 'active'
    ? dialLine(host, port, bound)
    : listenLine(port, { ...bound, ...(from !== undefined && { address: from }) });
}
