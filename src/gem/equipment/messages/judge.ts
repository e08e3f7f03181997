import { S, type Item } from '../../../secs2/index.js';
import type { GemRefusal } from '../events.js';
import { BodyError, type Answer, type Handler } from './handler.js';
import type { DataHeader } from '../../../session/header.js';
import type { SecsPrimary } from '../../../session/primary.js';
import type { GemRules } from '../rules.js';

/** What the judging depends on, and what it tells. */
export interface JudgePort {
  readonly rules: GemRules;
  readonly communication: () => string;
  readonly control: () => string;
  readonly isCommunicating: () => boolean;
  readonly isOnline: () => boolean;
  readonly handlers: ReadonlyMap<string, Handler>;
  /** A message other than S1F13 has come while NOT COMMUNICATING. */
  onOtherMessage(): void;
  /** A message is about to be carried out. */
  onMessage(name: string, item: Item | undefined): void;
  reportError(fn: 3 | 5 | 7 | 11, header: DataHeader): void;
  refused(refusal: GemRefusal): void;
  onError(error: unknown, where: string): void;
}

/** What becomes of a message that a rule does not let through. */
type Verdict =
  | { readonly do: 'drop' | 'abort'; readonly why: string }
  | { readonly do: 'S9'; readonly fn: 3 | 5 | 7 | 11; readonly why: string };

interface Rule {
  readonly rule: string;
  judge(port: JudgePort, name: string, primary: SecsPrimary): Verdict | undefined;
}

/** Served in every control state (G-22). */
const ALWAYS: ReadonlySet<string> = new Set(['S1F13', 'S1F17']);

/**
 * The order of judging (G-26). Link and device ID come before, in the session; the meaning of the body comes after, in the
 * handler, which answers with an acknowledge.
 */
const order: readonly Rule[] = [
  {
    rule: 'stream 9',
    judge: (_port, _name, { header }) =>
      header.stream === 9
        ? { do: 'drop', why: 'a host does not report errors, and none is answered' }
        : undefined,
  },
  {
    rule: 'communication',
    judge(port, name) {
      if (name === 'S1F13' ? port.communication() !== 'DISABLED' : port.isCommunicating()) return undefined;
      if (name !== 'S1F13') port.onOtherMessage();
      const reply = port.rules.notCommunicatingReply;
      return { do: reply, why: `the equipment is not communicating: S1F13 must come first` };
    },
  },
  {
    rule: 'control',
    judge: (port, name) =>
      ALWAYS.has(name) || port.isOnline()
        ? undefined
        : { do: 'abort', why: 'the equipment is OFF-LINE: only S1F13 and S1F17 are served' },
  },
  {
    rule: 'stream',
    judge(port, _name, { header: { stream } }) {
      for (const known of port.handlers.keys()) if (known.startsWith(`S${stream}F`)) return undefined;
      return { do: 'S9', fn: 3, why: `nothing of stream ${stream} is known` };
    },
  },
  {
    rule: 'function',
    judge: (port, name) =>
      port.handlers.has(name) ? undefined : { do: 'S9', fn: 5, why: `${name} is not known` },
  },
  {
    rule: 'length',
    judge: (port, name, { message }) =>
      message.body.length > port.rules.maxBodyBytes
        ? { do: 'S9', fn: 11, why: `${name} is longer than ${port.rules.maxBodyBytes} bytes` }
        : undefined,
  },
  {
    rule: 'body',
    judge: (_port, _name, { message }) =>
      message.itemError === undefined ? undefined : { do: 'S9', fn: 7, why: message.itemError.message },
  },
];

/** The names of the rules, in order: what `refused` may say. */
export const JUDGING_ORDER: readonly string[] = order.map(({ rule }) => rule);

/** Judges what the host sends, and has it carried out. */
export class Judge {
  readonly #port: JudgePort;

  constructor(port: JudgePort) {
    this.#port = port;
  }

  take(primary: SecsPrimary): void {
    const { name } = primary.message;
    for (const rule of order) {
      const verdict = rule.judge(this.#port, name, primary);
      if (verdict !== undefined) return this.#refuse(primary, rule.rule, verdict);
    }
    const handler = this.#port.handlers.get(name);
    if (handler !== undefined) void this.#carryOut(primary, handler);
  }

  #refuse(primary: SecsPrimary, rule: string, verdict: Verdict): void {
    let reply = 'nothing';
    if (verdict.do === 'S9') {
      reply = `S9F${verdict.fn}`;
      this.#port.reportError(verdict.fn, primary.header);
    } else if (verdict.do === 'abort' && primary.wantsReply) {
      reply = `S${primary.header.stream}F0`;
      this.#abort(primary);
    }
    this.#tell(primary, rule, reply, verdict.why);
  }

  async #carryOut(primary: SecsPrimary, handler: Handler): Promise<void> {
    const { message, header } = primary;
    let answer: Answer;
    try {
      this.#port.onMessage(message.name, message.item);
      const given = handler({ item: message.item, header });
      if (given instanceof Promise) primary.defer();
      answer = given instanceof Promise ? await given : given;
    } catch (error) {
      this.#failed(primary, error);
      return;
    }
    this.#reply(primary, answer);
  }

  #reply(primary: SecsPrimary, { item, refusal, after, abort }: Answer): void {
    const { stream, function: fn } = primary.header;
    if (primary.wantsReply) {
      if (abort === true) this.#abort(primary);
      else {
        // What the link has lost meanwhile cannot be answered any more; what was done stays done.
        primary.reply(item ?? S(stream, fn + 1)).catch(() => undefined);
      }
    }
    if (refusal !== undefined) {
      const reply = !primary.wantsReply ? 'nothing' : `S${stream}F${abort === true ? 0 : fn + 1}`;
      this.#tell(primary, primary.message.name, reply, refusal);
    }
    after?.();
  }

  #failed(primary: SecsPrimary, error: unknown): void {
    if (error instanceof BodyError) {
      this.#refuse(primary, 'body', { do: 'S9', fn: 7, why: error.message });
      return;
    }
    this.#port.onError(error, `handling ${primary.message.name}`);
    const why = error instanceof Error ? error.message : String(error);
    this.#refuse(primary, 'handler', { do: 'abort', why });
  }

  #abort(primary: SecsPrimary): void {
    primary.reply(S(primary.header.stream, 0)).catch(() => undefined);
  }

  #tell({ message }: SecsPrimary, rule: string, reply: string, why: string): void {
    const communication = this.#port.communication();
    const control = this.#port.control();
    this.#port.refused({ rule, message: message.name, reply, why, communication, control });
  }
}
