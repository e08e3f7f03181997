import { Secs2ArgumentError } from '../secs2/errors.js';
import { isInstance } from '../check.js';
import { asError } from '../describe-value.js';
import { LazyItem } from '../secs2/codec/lazy-item.js';
import { SecsItem } from '../secs2/items/item.js';
import type { SecsMessage } from '../secs2/message.js';
import {
  bodyNode,
  type BareBody,
  type Body,
  type BodyExact,
  type BodyIn,
  type BodyNode,
  type BodyOut,
} from './body.js';
import { checkMessage } from './check-message.js';
import { BuiltMessage } from './built-message.js';
import { defining, E5BodyError, E5Error, E5ValueError, showValue } from './errors.js';
import { pathAt, placeAt } from './explain/locate.js';
import type { Node } from './nodes/nodes.js';
import { checkProfile, choiceOf, type Profile } from './profile.js';
import { compileRead, type Read } from './read/compile-read.js';
import { ReadCursor, ReadFailure, type Leniency } from './read/cursor.js';
import { checkReadOptions, type ReadOptions, type ReadWarning } from './read/options.js';
import { compileWrite, type Write } from './write/compile-write.js';
import { findFailure, type Failure } from './write/find-failure.js';
import { BodyWriter } from './write/writer.js';

/** Who sends a message: the host to the equipment, the equipment to the host, or either. */
export type Direction = 'H->E' | 'E->H' | 'both';

/** What a message is, beside its structure. */
export interface MessageFacts {
  /** Who sends it. */
  readonly direction: Direction;
  /** The abbreviation that E5 has for it; not unique. */
  readonly mnemonic?: string;
  /** Whether the sender may do without the reply (W bit 0); otherwise it wants one wherever there is one. */
  readonly replyIsOptional?: boolean;
  /** Whether it may be more than one block on SECS-I, which has to be asked for first. */
  readonly isMultiBlock?: boolean;
  /** What an empty list or an item without values means, and other rules. */
  readonly special?: string;
  /** Where sources differ, and which was believed. */
  readonly note?: string;
  /** How many independent sources agree on it. 1: take it with care. */
  readonly sources?: number;
}

/** A definition of any message, where its types do not matter. */
export type AnyDefinition = MessageDefinition<Body | undefined, unknown>;

type BuildArguments<B extends Body | undefined> =
  undefined extends BodyIn<B>
    ? [value?: BodyIn<B>, profile?: Profile]
    : [value: BodyIn<B>, profile?: Profile];

/** The definition of the reply to a message. */
export type ReplyOf<D> = D extends MessageDefinition<Body | undefined, infer R> ? R : never;
/** What `read` gives for a definition. */
export type ValuesRead<D> = D extends MessageDefinition<infer B, unknown> ? BodyOut<B> : never;
/** What `build` takes for a definition. */
export type ValuesGiven<D> = D extends MessageDefinition<infer B, unknown> ? BodyIn<B> : never;

const sharedWriter = new BodyWriter();
const NO_BODY = new LazyItem(Buffer.alloc(0));

/**
 * One message of SECS-II (E5): what it is called, who sends it, what answers it, and what is in it. It builds messages from
 * plain objects, and reads them into such.
 *
 * @example
 * ```ts
 * import { S2F41, S2F42 } from 'rxsecs/e5';
 *
 * const message = S2F41.build({ rcmd: 'START', params: [{ cpname: 'PPID', cpval: 'ETCH-1' }] });
 * console.log(S2F41.read(message).rcmd, S2F41.reply === S2F42);
 * ```
 */
export class MessageDefinition<B extends Body | undefined, R> {
  /** Stream and function, as `S2F33`. */
  readonly name: string;
  /** Stream, 0 to 127. */
  readonly stream: number;
  /** Function, 0 to 255: odd in a primary message. */
  readonly function: number;
  /** Its name in E5, as `Define Report`. */
  readonly title: string;
  readonly #spec: MessageSpec<Body | undefined, R>;
  #facts: MessageFacts | undefined;
  #body: B | undefined;
  /** Null until it is needed: a program uses few of the messages that it loads. */
  #node: BodyNode | undefined | null = null;
  #read: Read | undefined;
  #write: Write | undefined;
  #writers: WeakMap<Profile, Write> | undefined;

  /** @internal */
  constructor(name: string, title: string, spec: MessageSpec<Body | undefined, R>) {
    const [, stream, fn] = /^S(\d{1,3})F(\d{1,3})$/.exec(name) ?? [];
    this.name = name;
    this.stream = Number(stream);
    this.function = Number(fn);
    this.title = title;
    this.#spec = spec;
    if (!(this.stream <= 127 && this.function <= 255)) {
      throw new E5Error(
        'E5_INVALID_DEFINITION',
        `the name of a message must be S0F0 to S127F255, received ${showValue(name)}`,
      );
    }
  }

  /** Who sends it, and what else is known of it. */
  get facts(): MessageFacts {
    return (this.#facts ??= factsOf(this.#spec));
  }

  /** The structure of its body; undefined for a message that has only a header. */
  get body(): B {
    return (this.#body ??= this.#spec.body as B);
  }

  /** The definition of the message that answers it; undefined where none does. */
  get reply(): R {
    const { reply } = this.#spec;
    if (reply === undefined) return undefined as R;
    const found = defining(`the reply of ${this.name}`, reply);
    if (isInstance(found, MessageDefinition)) return found;
    throw new E5Error(
      'E5_INVALID_DEFINITION',
      `the reply of ${this.name} must be the definition of a message, received ${showValue(found)}`,
    );
  }

  /** @internal The structure of the body. */
  get node(): BodyNode | undefined {
    return this.#node === null ? (this.#node = bodyNode(this.body)) : this.#node;
  }

  /** Whether `build` sets the W bit: wherever there is a reply. Without one: `S5F1.build(…).noReply()`. */
  get wantsReply(): boolean {
    return this.#spec.reply !== undefined;
  }

  /**
   * Builds the message from plain values. They are read at once: what is changed later does not change the message.
   *
   * It takes the fields of the body; a body that is one thing may be given alone: `S1F3.build([1001])`. Behind it may stand a
   * {@link Profile}.
   *
   * @throws E5ValueError naming the field, the value and what is allowed there.
   */
  build(...args: BuildArguments<B>): BuiltMessage<this> {
    const [value, profile] = args as [unknown, Profile | undefined];
    const node = this.node;
    const body = node === undefined ? this.#noBody(value) : this.#writeBody(node, value, profile);
    return this.holding(body);
  }

  /** @internal The message with a body that was written for it. */
  holding(body: LazyItem): BuiltMessage<this> {
    return new BuiltMessage(this.stream, this.function, this.wantsReply, body, this);
  }

  /**
   * Reads a message into plain values. Lenient: a number of another width, text that is too long, an array in the place of a
   * list, and the like are let pass; `onWarning` hears of them. Unknown codes stay numbers.
   *
   * @throws E5BodyError naming the field, its item and what is allowed there; `message.item` still has the items.
   *   E5Error `E5_WRONG_MESSAGE` where the message is another one.
   */
  read(message: SecsMessage, options: ReadOptions & { readonly values: 'items' }): BodyExact<B>;
  read(message: SecsMessage, options?: ReadOptions): BodyOut<B>;
  read(message: SecsMessage, options?: ReadOptions): BodyOut<B> | BodyExact<B> {
    checkMessage('message', message);
    if (options !== undefined) checkReadOptions(options);
    if (message.stream !== this.stream || message.function !== this.function) {
      throw new E5Error(
        'E5_WRONG_MESSAGE',
        `${this.name}.read must be given ${this.name}, received ${message.name}`,
      );
    }
    const found: Leniency[] | undefined = options?.onWarning === undefined ? undefined : [];
    const cursor = new ReadCursor(
      message.heldBody,
      message,
      options?.values === 'items',
      options?.strict === true,
      options?.codePage,
      found,
    );
    let values: unknown;
    try {
      values = this.#readBody(cursor);
    } catch (error) {
      throw this.#bodyError(message, error, cursor.first);
    }
    if (found !== undefined && found.length > 0) this.#warn(message, found, cursor.first, options?.onWarning);
    return values as BodyOut<B>;
  }

  #readBody(c: ReadCursor): unknown {
    const node = this.node;
    const isEmpty = c.end === c.position;
    if (node === undefined) {
      if (!isEmpty) c.allow('body', c.position, 'must have no body');
      return {};
    }
    if (isEmpty && node.kind === 'optional') {
      c.allow('body', c.position, 'must have a body: the empty list where there is nothing to say');
      return {};
    }
    const read = (this.#read ??= compileRead(node.kind === 'single' ? node.of : node));
    const values = read(c);
    if (c.position < c.end)
      throw new ReadFailure(`must be one item, ${c.end - c.position} bytes follow it`, c.first);
    if (node.kind === 'single') return { [node.name]: values };
    return values ?? {};
  }

  #bodyError(message: SecsMessage, error: unknown, first: number): unknown {
    if (message.body.length === 0) {
      return new E5BodyError(this.name, '', [], 'must have a body, received a header alone');
    }
    const { itemError } = message;
    if (itemError !== undefined) {
      return new E5BodyError(this.name, '', [], `must be one whole item: ${itemError.message}`, {
        cause: itemError,
      });
    }
    if (!(error instanceof ReadFailure)) return error;
    const path = pathAt(message.body, error.position - first);
    return new E5BodyError(this.name, placeAt(this.node, message.item, path).field, path, error.message);
  }

  #warn(
    message: SecsMessage,
    found: readonly Leniency[],
    first: number,
    listener: ((warning: ReadWarning) => void) | undefined,
  ): void {
    for (const { kind, position, problem } of found) {
      const path = pathAt(message.body, position - first);
      const { field } = placeAt(this.node, message.item, path);
      const text = field === '' ? `${this.name} ${problem}` : `${this.name} ${field} ${problem}`;
      listener?.({ kind, messageName: this.name, field, path, text });
    }
  }

  #noBody(value: unknown): LazyItem {
    if (value !== undefined && !isNothing(value))
      throw new E5ValueError(this.name, '', `has no body, received ${showValue(value)}`);
    return NO_BODY;
  }

  #writeBody(node: BodyNode, value: unknown, profile: Profile | undefined): LazyItem {
    const write =
      profile === undefined
        ? (this.#write ??= this.#writerFor(node, undefined))
        : this.#profiled(node, profile);
    const given = this.#given(node, value);
    const w = sharedWriter.isBusy ? new BodyWriter() : sharedWriter;
    w.isBusy = true;
    w.codePage = profile?.codePage;
    try {
      write(w, given);
      return w.take();
    } catch (error) {
      throw this.#valueError(node, given, profile, error);
    } finally {
      w.reset();
      w.isBusy = false;
    }
  }

  /** What is to be written: of one thing the thing, of no fields at all the empty list. */
  #given(node: BodyNode, value: unknown): unknown {
    if (node.kind === 'single') return this.#only(node.name, value);
    return node.kind === 'optional' && isNothing(value) ? undefined : value;
  }

  /** The value of a body that is one thing, given alone or as a field. */
  #only(name: string, value: unknown): unknown {
    if (typeof value !== 'object' || value === null || !hasOwn(value, name)) return value;
    const other = Object.keys(value).find((key) => key !== name);
    if (other !== undefined) {
      throw new E5ValueError(this.name, '', `has no field ${other}: its field is ${name}`);
    }
    return (value as Record<string, unknown>)[name];
  }

  #writerFor(node: BodyNode, profile: Profile | undefined): Write {
    return compileWrite(node.kind === 'single' ? node.of : node, choiceOf(profile));
  }

  #profiled(node: BodyNode, profile: Profile): Write {
    const writers = (this.#writers ??= new WeakMap<Profile, Write>());
    let write = writers.get(profile);
    if (write === undefined) {
      write = this.#writerFor(node, checkProfile(profile));
      writers.set(profile, write);
    }
    return write;
  }

  #valueError(node: BodyNode, value: unknown, profile: Profile | undefined, error: unknown): unknown {
    if (error instanceof E5Error || error instanceof Secs2ArgumentError) return error;
    const of: Node = node.kind === 'single' ? node.of : node;
    const failure = this.#findFailure(of, value, profile);
    if (failure === undefined) return error;
    const field = node.kind === 'single' ? node.name + failure.field : failure.field;
    return new E5ValueError(this.name, field, failure.problem);
  }

  #findFailure(of: Node, value: unknown, profile: Profile | undefined): Failure | undefined {
    try {
      return findFailure(of, value, choiceOf(profile), profile?.codePage);
    } catch (cause) {
      if (cause instanceof E5Error) throw cause;
      return {
        field: '',
        problem: `cannot be read: ${asError(cause).message}, received ${showValue(value)}`,
      };
    }
  }
}

/** What is said of a message beside its structure and its reply. */
function factsOf(spec: MessageFacts): MessageFacts {
  const facts = Object.entries(spec).filter(([name]) => name !== 'body' && name !== 'reply');
  return Object.fromEntries(facts) as unknown as MessageFacts;
}

/** `Object.hasOwn`, which throws where a proxy does. */
function hasOwn(value: object, name: string): boolean {
  try {
    return Object.hasOwn(value, name);
  } catch {
    return false;
  }
}

/** Whether a value is what reading a body without fields gives. */
function isNothing(value: unknown): boolean {
  try {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return !(value instanceof SecsItem) && Object.values(value).every((one) => one === undefined);
  } catch {
    // It does not let itself be looked at: it is something.
    return false;
  }
}

/** What a message of the catalogue, or one of your own, is defined by. */
export interface MessageSpec<B extends Body | undefined, R> extends MessageFacts {
  /** The structure; without it the message has only a header. */
  readonly body?: B;
  /** The message that answers it, as a function, so that it may be defined further down. */
  readonly reply?: () => R;
}

/** @internal Defines a message of the catalogue. */
export function message<B extends Body | undefined = undefined, R = undefined>(
  name: string,
  title: string,
  spec: MessageSpec<B, R>,
): MessageDefinition<BareBody<B>, R> {
  return new MessageDefinition<BareBody<B>, R>(name, title, spec);
}
