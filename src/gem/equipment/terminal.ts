import { A, B, L, S, type Item } from '../../secs2/index.js';
import { GemArgumentError } from '../errors.js';
import { quote } from '../model/value.js';
import * as body from './messages/body.js';
import type { Core } from './core.js';
import type { Delivery, TerminalMessage } from './events.js';
import { acknowledge, type Answer, type Handlers } from './messages/handler.js';

/** The longest line that a terminal is asked to show (G-76). */
const LINE = 160;

/** Terminal services (G-76): messages of the host for the operator, and the other way. */
export class Terminal {
  readonly #core: Core;
  #unread: TerminalMessage | undefined;

  constructor(core: Core) {
    this.#core = core;
  }

  readonly handlers: Handlers = {
    S10F3: ({ item }) => {
      const [tid, text] = body.pair(item, 'S10F3');
      return this.#show('S10F3', body.code(tid, 'TID'), [lineOf(text)]);
    },
    S10F5: ({ item }) => {
      const [tid, texts] = body.pair(item, 'S10F5');
      const terminal = body.code(tid, 'TID');
      const lines = body.list(texts, 'the list of texts').map(lineOf);
      if (lines.length > 1 && !this.#core.rules.severalLines) return this.#oneLineAlone(terminal);
      return this.#show('S10F5', terminal, lines);
    },
    S10F9: ({ item }) => this.#show('S10F9', undefined, [lineOf(item)]),
  };

  /** What the operator has not acknowledged yet. */
  get unread(): TerminalMessage | undefined {
    return this.#unread;
  }

  /** The operator has read the message: CE MessageRecognition. */
  acknowledge(): Promise<Delivery> {
    if (this.#unread === undefined) return Promise.resolve('disabled');
    this.#unread = undefined;
    return this.#core.raise('MessageRecognition');
  }

  /** A message of the operator for the host: S10F1. */
  send(text: string, terminal: number): Promise<Delivery> {
    const { terminals } = this.#core.model;
    if (terminals === undefined || !Number.isInteger(terminal) || terminal < 0 || terminal > terminals) {
      throw new GemArgumentError(
        `terminal must be an integer of 0 to ${terminals ?? 'none'}, received ${quote(terminal)}`,
      );
    }
    const message = S(10, 1, L(B(terminal), A(text)));
    return this.#core.post(this.#core.rules.replyTo.s10 ? message.w() : message, 'S10F1');
  }

  /** Not shown: S10F7 names the terminal that has one line (G-76). */
  #oneLineAlone(terminal: number): Answer {
    const tell = (): void => void this.#core.post(S(10, 7, B(terminal)), 'S10F7');
    return acknowledge(B(1), 1, `S10F5: ACKC10 1, terminal ${terminal} shows one line`, tell);
  }

  #show(message: string, terminal: number | undefined, lines: readonly string[]): Answer {
    const refuse = (code: number, why: string): Answer =>
      acknowledge(B(code), code, `${message}: ACKC10 ${code}, ${why}`);
    const { terminals } = this.#core.model;
    if (terminals === undefined || (terminal !== undefined && terminal > terminals)) {
      return refuse(2, `there is no terminal ${terminal ?? 'at all'}`);
    }
    const long = lines.find((line) => line.length > LINE);
    if (long !== undefined) return refuse(1, `a line has ${long.length} characters, ${LINE} are shown`);
    // An empty text clears the terminal; a newer message replaces one that was not read.
    const shown = { terminal, lines: lines.every((line) => line === '') ? [] : lines };
    const after = (): void => {
      this.#unread = shown.lines.length === 0 ? undefined : shown;
      this.#core.publisher.publish('terminal', shown);
    };
    return acknowledge(B(0), 0, undefined, after);
  }
}

/** Text of any format that can carry it: hosts send A, J and C2 for their operators. */
function lineOf(item: Item | undefined): string {
  if (item !== undefined && (item.format === 'A' || item.format === 'J' || item.format === 'C2'))
    return item.text;
  return body.text(item, 'TEXT');
}
