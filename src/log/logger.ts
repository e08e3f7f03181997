import { check, type KnownNames } from '../check.js';
import { sTypeName } from '../hsms/wire/codes.js';
import { reportOnConsole, reportSafely } from '../reactive/report.js';
import type { EventLevel } from './record/event-fields.js';
import { LogTap, type LogTarget } from './tap.js';
import { nameOf } from '../session/header.js';

/** A logger as pino has it: an object of fields, and a sentence. */
export type EventLogger = Readonly<
  Record<EventLevel, (fields: Readonly<Record<string, unknown>>, text: string) => void>
>;

/** How events are told to a logger. */
export interface LogEventsOptions {
  /** Name of the connection, in the field `connection`. */
  readonly name?: string;
  /** Tells packets as well, on level `debug`: direction, message, session and system bytes, never bodies. Default false. */
  readonly packets?: boolean;
}

const LOG_EVENTS: KnownNames<LogEventsOptions> = {
  owner: 'logEvents()',
  names: { name: true, packets: true },
};

/**
 * Tells a logger what happens to a connection, the connections of a server, or a session and its connection. What the
 * logger throws is printed on standard error.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { logEvents } from 'rxsecs/log';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const stop = logEvents(session, console, { name: 'etcher', packets: false }); // pino, or any logger like it
 * stop();
 * ```
 * @returns a function that ends it
 */
export function logEvents(
  target: LogTarget,
  logger: EventLogger,
  given?: LogEventsOptions | null,
): () => void {
  const options = check.options('options', given, LOG_EVENTS);
  if (options.name !== undefined) check.text('name', options.name);
  if (options.packets !== undefined) check.boolean('packets', options.packets);
  check.methods('logger', logger, ['debug', 'info', 'warn', 'error'], 'a logger such as pino or console');
  const tell = (level: EventLevel, fields: Readonly<Record<string, unknown>>, text: string): void => {
    try {
      logger[level](fields, text);
    } catch (error) {
      reportSafely(reportOnConsole, error, 'the logger');
    }
  };
  const tap = new LogTap({
    onEvent({ event, level, text, fields }, { name }) {
      tell(level, { ...(name !== undefined && { connection: name }), event, ...fields }, text);
    },
    ...(options.packets === true && {
      onPacket(dir: 'in' | 'out', { header, length }, { name }) {
        const what = header.isData ? nameOf(header) : sTypeName(header.sType);
        const fields = {
          ...(name !== undefined && { connection: name }),
          event: 'packet',
          dir,
          message: what,
          session: header.sessionId,
          system: header.systemBytes,
          bytes: length,
        };
        tell('debug', fields, `${dir === 'in' ? 'received' : 'sent'} ${what}`);
      },
    }),
  });
  return tap.add(target, options.name);
}
