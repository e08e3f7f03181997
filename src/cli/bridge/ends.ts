import type { Command } from 'commander';
import { SecsBridge } from '../../bridge/index.js';
import { HsmsActiveConnection, HsmsPassiveConnection, type HsmsConnection } from '../../index.js';
import { Secs1Connection } from '../../secs1/index.js';
import { settingsOf } from '../entity/settings.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { lineOf } from '../line/options.js';
import { lineSettingsOf } from '../line/settings.js';
import type { Endpoint } from '../values.js';

/** Where a side listens. */
interface ListenAt {
  readonly host: string | undefined;
  readonly port: number;
}

/** What the options say of the two ends. */
interface BridgeEndOptions {
  readonly serial?: string;
  readonly baud?: number;
  readonly lineConnect?: Endpoint;
  readonly lineListen?: ListenAt;
  readonly hsmsConnect?: Endpoint;
  readonly hsmsListen?: ListenAt;
  readonly from?: string;
  readonly tool: 'line' | 'hsms';
  readonly deviceId: number;
  readonly sessionId?: number;
  readonly master?: true;
  readonly slave?: true;
  readonly alwaysOpen?: true;
  readonly abortEquipment?: true;
  readonly hold?: number;
  readonly queueTime?: number;
}

/** @throws UsageError where an end is missing, or named more than once. */
function one(options: BridgeEndOptions, names: readonly (keyof BridgeEndOptions)[], what: string): void {
  const flags = names.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  const given = flags.filter((_, i) => options[names[i] as keyof BridgeEndOptions] !== undefined);
  if (given.length === 0) throw new UsageError(`${what} is missing: ${flags.join(', ')}`);
  if (given.length > 1) throw new UsageError(`${given.join(' and ')}: one of them is allowed`);
}

/** Makes the bridge that the options describe; it is not enabled yet. @throws UsageError for options that do not go together. */
export function openBridge(io: CliIo, command: Command): SecsBridge {
  const options = command.opts<BridgeEndOptions>();
  one(options, ['serial', 'lineConnect', 'lineListen'], 'the line');
  one(options, ['hsmsListen', 'hsmsConnect'], 'the side of HSMS');
  if (options.baud !== undefined && options.serial === undefined) {
    throw new UsageError('--baud is of a serial port: --serial PATH is missing');
  }
  if (options.master === true && options.slave === true) {
    throw new UsageError('--master and --slave: one of them is allowed');
  }
  const { alwaysOpen, abortEquipment, hold, queueTime } = options;
  return new SecsBridge(lineEnd(io, options), hsmsEnd(io, options), {
    line: alwaysOpen === true ? 'always' : 'follow',
    separateEquipment: abortEquipment !== true,
    ...(hold !== undefined && { holdTimeout: hold }),
    ...(queueTime !== undefined && { queueTimeout: queueTime }),
    hsms: settingsOf({ ...options }, 'session'),
  });
}

function lineEnd(io: CliIo, options: BridgeEndOptions): Secs1Connection {
  const { serial, baud, lineConnect, lineListen, tool, deviceId, master, slave } = options;
  const line = lineOf(
    {
      sessionId: deviceId,
      ...(serial !== undefined && { serial }),
      ...(baud !== undefined && { baud }),
      ...(lineListen?.host !== undefined && { bind: lineListen.host }),
    },
    lineListen === undefined ? 'active' : 'passive',
    lineConnect ?? (lineListen && { port: lineListen.port }),
  );
  return new Secs1Connection(line, deviceId, undefined, {
    ...lineSettingsOf({ ...options }, 'connection'),
    ...shared(io),
    // This side is the host of a tool on the line.
    entity: tool === 'line' ? 'host' : 'equipment',
    ...((master === true || slave === true) && { master: master === true }),
  });
}

function hsmsEnd(io: CliIo, options: BridgeEndOptions): HsmsConnection {
  const { hsmsConnect, hsmsListen, from = '', deviceId, sessionId = deviceId } = options;
  const settings = { ...settingsOf({ ...options }, 'connection'), ...shared(io) };
  if (hsmsConnect !== undefined) {
    return new HsmsActiveConnection(hsmsConnect.host, hsmsConnect.port, sessionId, undefined, settings);
  }
  const { host, port } = hsmsListen as ListenAt;
  const bound = host === undefined ? {} : { bindAddress: host };
  return new HsmsPassiveConnection(from, port, sessionId, undefined, { ...settings, ...bound });
}

function shared(io: CliIo): Pick<ConstructorOptions, 'clock' | 'onError'> {
  return {
    clock: io.clock,
    onError: (error, where) => void io.stderr.write(`rxsecs: ${where} failed: ${String(error)}\n`),
  };
}

type ConstructorOptions = NonNullable<ConstructorParameters<typeof HsmsActiveConnection>[4]>;
