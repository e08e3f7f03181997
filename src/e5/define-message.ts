import type { KnownNames } from '../check.js';
import { shortened } from '../describe-value.js';
import type { BareBody, Body } from './body.js';
import { message, type Direction, type MessageDefinition, type MessageFacts } from './definition.js';
import { checkDefined } from './check.js';
import { defining, E5Error, showValue } from './errors.js';
import { checkNode } from './nodes/check-node.js';

/** What {@link defineMessage} takes: who sends it unless it is for both, what answers it, and what is in it. */
export interface OwnMessage<B extends Body | undefined, R> extends Omit<MessageFacts, 'direction'> {
  /** Who sends it. Default `both`. */
  readonly direction?: Direction;
  /** Its structure; without it the message has only a header. */
  readonly body?: B;
  /** The message that answers it, as a function, so that it may be defined further down. */
  readonly reply?: () => R;
}

const SPEC: KnownNames<OwnMessage<Body | undefined, unknown>> = {
  owner: 'defineMessage',
  names: {
    direction: true,
    mnemonic: true,
    replyIsOptional: true,
    isMultiBlock: true,
    special: true,
    note: true,
    sources: true,
    body: true,
    reply: true,
  },
};

/**
 * Defines a message that E5 does not have, or one of E5 as a tool has it. It builds, reads and explains itself as those of the
 * catalogue do; a {@link MessageSet} makes it known to tools.
 *
 * @example
 * ```ts
 * import { catalogue, defineMessage, item, list, MID } from 'rxsecs/e5';
 *
 * const WAFERS = item('WAFERS', ['U2'], 1, 'wafers processed');
 * const S100F2 = defineMessage('S100F2', 'Lot Summary Data', { body: list({ mid: MID, wafers: WAFERS }) });
 * const S100F1 = defineMessage('S100F1', 'Lot Summary Request', { reply: () => S100F2, body: { mid: MID } });
 * const tool = catalogue.with(S100F1, S100F2);
 * ```
 *
 * @param name - stream and function, as `S100F1`.
 * @param title - what it is called.
 * @throws E5Error `E5_INVALID_DEFINITION` saying which part of it is wrong.
 */
export function defineMessage<B extends Body | undefined = undefined, R = undefined>(
  name: string,
  title: string,
  spec?: OwnMessage<B, R>,
): MessageDefinition<BareBody<B>, R> {
  if (typeof name !== 'string' || typeof title !== 'string') {
    fail(
      `the name and the title of a message must be strings, received ${showValue(name)} and ${showValue(title)}`,
    );
  }
  if ((spec as unknown) === null) fail(`${name} must be defined by an object, received null`);
  const known = checkDefined.options<OwnMessage<B, R>>(`the definition of ${shortened(name)}`, spec, SPEC);
  const { reply, body } = known;
  if (reply !== undefined && typeof reply !== 'function') {
    fail(`the reply of ${name} must be a function that gives its definition, received ${showValue(reply)}`);
  }
  if (body !== undefined) defining(`the body of ${shortened(name)}`, () => checkBody(name, body));
  const definition = message<B, R>(name, title, { direction: 'both', ...known });
  if (reply !== undefined && definition.function % 2 === 0) {
    fail(`${name} can have no reply: only messages of odd functions are answered`);
  }
  return definition;
}

function checkBody(name: string, body: Body): void {
  const whole: unknown = body;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) {
    fail(`the body of ${name} must be a list or one named field, received ${showValue(body)}`);
  }
  const kind: unknown = (whole as { kind?: unknown }).kind;
  if (typeof kind === 'string') {
    const isList =
      kind === 'list' || (kind === 'optional' && (whole as { of: { kind: string } }).of.kind === 'list');
    if (!isList && kind !== 'choice') {
      fail(`the body of ${name} must have a name where it is no list of fields, as { data: … }`);
    }
    return checkParts(name, whole);
  }
  const fields = Object.entries(whole);
  if (fields.length !== 1) {
    fail(`the body of ${name} must be one named field or list({ … }), received ${fields.length} fields`);
  }
  for (const [field, node] of fields) checkParts(`${name} ${field}`, node);
}

/** Checks a node and all that is in it. */
function checkParts(place: string, node: unknown): void {
  const { kind, of, fields } = checkNode(place, node) as { kind: string; of?: unknown; fields?: unknown };
  if (kind === 'list') {
    for (const [field, child] of Object.entries(fields as object)) {
      if (!/^[A-Za-z]\w*$/.test(field))
        fail(`${place} must have fields named by letters, digits and _, received ${showValue(field)}`);
      checkParts(`${place} ${field}`, child);
    }
  } else if (kind !== 'item') {
    for (const child of Array.isArray(of) ? of : [of]) checkParts(place, child);
  }
}

function fail(problem: string): never {
  throw new E5Error('E5_INVALID_DEFINITION', problem);
}
