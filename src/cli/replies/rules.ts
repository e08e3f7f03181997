import { parseMessage, type Item, type SecsMessage, type SmlParseOptions } from '../../secs2/index.js';
import { itemAtPosition, sameItem } from './items.js';
import { readRules, type Rule, type RulesOfFile, type Sending } from './read-rules.js';
import { Template, type MacroContext } from './template.js';

/** A message to be sent because another came, or because time has passed. */
export interface DueMessage {
  readonly seconds: number;
  /** Makes the message. @throws TemplateError, SmlError where its macros give none. */
  readonly make: (context: MacroContext) => SecsMessage;
  /** Its name in the file. */
  readonly name: string;
}

/**
 * Replies by the primaries that they answer, and further messages to send. In the text, a secondary message answers the
 * primary of its stream and the function before. A primary in front of it narrows that down: only a primary with the same
 * item is answered so. A reply of function 0 needs a primary in front of it. Statements of a scenario come before all
 * that: `if (S6F11) ack.` Those with a condition come first.
 */
export class ReplyRules {
  readonly #options: SmlParseOptions;
  readonly #read: RulesOfFile;

  /** @throws UsageError naming file, line and column of what cannot be. */
  constructor(file: string, text: string, options: SmlParseOptions = {}) {
    this.#options = options;
    this.#read = readRules(file, text, options);
  }

  /** How many replies there are. */
  get size(): number {
    const { rules, sendings } = this.#read;
    return [...rules.values()].flat().length + sendings.filter(({ answers }) => answers).length;
  }

  /** What was put up with, and what is not followed, a line each. */
  get warnings(): readonly string[] {
    return this.#read.warnings;
  }

  /**
   * The reply to a primary; undefined where there is none.
   * @throws TemplateError, SmlError where its macros give no message.
   */
  answer(context: MacroContext): SecsMessage | undefined {
    const { primary } = context;
    const { sendings, rules } = this.#read;
    const item = itemOf(primary);
    const stated = sendings.filter(
      (sending) => sending.answers && sending.seconds === 0 && applies(sending, primary, item),
    );
    const found =
      stated.find(({ condition }) => condition !== undefined) ??
      stated[0] ??
      ruleFor(rules.get(primary.name) ?? [], item);
    return found === undefined ? undefined : this.#make(found.message, context);
  }

  /** Whether a reply to a primary comes later: `if S1F1 wait 5 model.` */
  answersLater(primary: SecsMessage): boolean {
    const item = itemOf(primary);
    return this.#read.sendings.some(
      (sending) => sending.answers && sending.seconds > 0 && applies(sending, primary, item),
    );
  }

  /** What is to be sent, now or later, because a primary came; its replies that come later are among them. */
  due(primary: SecsMessage): readonly (DueMessage & { readonly answers: boolean })[] {
    const item = itemOf(primary);
    return this.#read.sendings
      .filter((sending) => (!sending.answers || sending.seconds > 0) && applies(sending, primary, item))
      .map(({ seconds, answers, name, message }) => ({
        seconds,
        answers,
        name,
        make: (context) => this.#make(message, context),
      }));
  }

  /** What is to be sent again and again. */
  get repeated(): readonly DueMessage[] {
    return this.#read.repeated.map(({ seconds, name, message }) => ({
      seconds,
      name,
      make: (context) => this.#make(message, context),
    }));
  }

  #make(message: SecsMessage | Template, context: MacroContext): SecsMessage {
    if (!(message instanceof Template)) return message;
    return parseMessage(`${this.#read.definitions}${message.render(context)}`, this.#options);
  }
}

function itemOf(primary: SecsMessage): Item | undefined {
  return primary.itemError === undefined ? primary.item : undefined;
}

function ruleFor(known: readonly Rule[], item: Item | undefined): Rule | undefined {
  return known.find((rule) => sameItem(rule.item, item)) ?? known.find((rule) => rule.item === undefined);
}

function applies({ primary, condition }: Sending, message: SecsMessage, item: Item | undefined): boolean {
  if (primary !== message.name) return false;
  if (condition === undefined) return true;
  const found = item && itemAtPosition(item, condition.index);
  return found !== undefined && condition.item.equals(found);
}
