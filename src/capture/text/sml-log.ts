import { HsmsPacket } from '../../hsms/wire/packet.js';
import { parseMessages, type SmlMessage, type SmlWarning } from '../../secs2/index.js';
import type { CaptureOptions } from '../capture-options.js';
import type { CaptureListener } from '../events.js';
import { takeTime } from './time-text.js';
import { UNKNOWN_WAY, wayOf } from './way.js';

/** More SML than this is not read at once: the items of it take many times as much memory. */
const MAX_BYTES = 96 * 1024 * 1024;

const header = /(?:^|[\s:^'"<])S\d{1,3}F\d{1,3}(?!\w)/m;
const item =
  /<\s*(?:L|A|B|J|W|BOOLEAN|BOOL|BINARY|ASCII|LIST|JIS8|[UIF][1248]|UINT[1248]|INT[1248]|C2)\s*[\s,:[>]/i;
const bare = /^\s*'?S\d{1,3}F\d{1,3}'?\s*W?\s*\.\s*$/m;

/** Whether a text looks like SML. */
export function isSml(text: string): boolean {
  return header.test(text) && (item.test(text) || bare.test(text));
}

/**
 * Reads a log that tools keep as SML: messages with times, directions, or system bytes. SML with none of them is no log of
 * what happened.
 */
export class SmlLogDecoder {
  readonly #onEvent: CaptureListener;
  readonly #options: CaptureOptions;
  readonly #decoder = new TextDecoder();
  #text = '';
  #bytes = 0;

  constructor(onEvent: CaptureListener, options: CaptureOptions) {
    this.#onEvent = onEvent;
    this.#options = options;
  }

  /** Takes the next bytes of the text. */
  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= MAX_BYTES) this.#text += this.#decoder.decode(chunk, { stream: true });
  }

  /** Nothing more comes: reads it. */
  end(): void {
    if (this.#bytes > MAX_BYTES) {
      const limit = MAX_BYTES / 1024 / 1024;
      this.#fault(`the log of SML is longer than the ${limit} MiB that are read at once: divide it`);
      return;
    }
    const unread: SmlWarning[] = [];
    try {
      const onWarning = (warning: SmlWarning): void => void unread.push(warning);
      const codePage = this.#options.decoding?.codePage;
      this.#tell(parseMessages(this.#text, { onWarning, ...(codePage !== undefined && { codePage }) }));
    } catch (error) {
      this.#fault(`the text looks like SML, and cannot be read as such: ${(error as Error).message}`);
    }
    const [first] = unread;
    if (first === undefined) return;
    const count = unread.length === 1 ? 'one warning' : `${unread.length} warnings, the first`;
    this.#onEvent({ kind: 'remark', text: `read with ${count}: line ${first.line}: ${first.message}` });
  }

  #tell(messages: readonly SmlMessage[]): void {
    const isLog = messages.some(
      ({ time, direction, systemBytes }) =>
        time !== undefined ||
        systemBytes !== undefined ||
        (direction !== undefined && wayOf(direction) !== undefined),
    );
    if (!isLog) {
      this.#fault(
        'the source is SML and no log: its messages have no times, directions or system bytes. ' +
          'rxsecs send sends such a file, and --reply answers from it',
      );
      return;
    }
    if (messages.some(({ deviceId }) => deviceId === undefined))
      this.#onEvent({ kind: 'remark', text: 'the log has no session IDs: 0 stands for them' });
    for (const message of messages) this.#message(message);
  }

  #message({
    message,
    time,
    direction,
    deviceId = 0,
    systemBytes = 0,
    line,
    placeholders,
  }: SmlMessage): void {
    if (placeholders !== undefined) {
      this.#fault(`line ${line}: ${message.name} is a template: its values are left open`);
      return;
    }
    const microseconds = time === undefined ? NaN : takeTime(time).time;
    this.#onEvent({
      kind: 'message',
      time: Number.isNaN(microseconds) ? undefined : microseconds,
      ...((direction === undefined ? undefined : wayOf(direction)) ?? UNKNOWN_WAY),
      packet: HsmsPacket.ofMessage(message, { sessionId: deviceId, systemBytes }),
    });
  }

  #fault(text: string): void {
    this.#onEvent({ kind: 'fault', text });
  }
}
