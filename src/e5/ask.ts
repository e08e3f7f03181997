import type { KnownNames } from '../check.js';
import type { SecsMessage } from '../secs2/message.js';
import type { Body, BodyIn, BodyOut } from './body.js';
import { check } from './check.js';
import { MessageDefinition } from './definition.js';
import { E5Error } from './errors.js';
import { checkProfile, type Profile } from './profile.js';
import type { ReadOptions } from './read/options.js';

/** What {@link ask} needs of a session: every session has it. */
export interface Requester {
  request(message: SecsMessage, options?: { t3?: number; signal?: AbortSignal }): Promise<SecsMessage>;
}

/** How {@link ask} asks: the formats that the tool wants, how its reply is read, and how long to wait. */
export interface AskOptions extends Omit<ReadOptions, 'values'> {
  /** The formats of what is sent, and the code page both ways. */
  readonly profile?: Profile;
  /** Seconds to wait for the reply; T3 of the session without it. */
  readonly t3?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

const ASK_OPTIONS: KnownNames<AskOptions> = {
  owner: 'ask',
  names: { profile: true, t3: true, signal: true, strict: true, onWarning: true, codePage: true },
};

/** The arguments after the definition: a message without a body needs no values. */
type AskArguments<B extends Body | undefined> =
  undefined extends BodyIn<B>
    ? [values?: BodyIn<B>, options?: AskOptions]
    : [values: BodyIn<B>, options?: AskOptions];

/**
 * Sends a message, and gives the values of its reply: `const { svs } = await ask(session, S1F3, { svids: [1001] })`.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { ask, S1F3 } from 'rxsecs/e5';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * await session.connection.enable();
 * await session.selected();
 * const { svs } = await ask(session, S1F3, [1001, 1002]);
 * console.log(svs);
 * ```
 * @param session - any session.
 * @param definition - of a message that is answered.
 * @throws what `build` throws for the values, what `request` of the session rejects with, and what `read` throws for the reply.
 */
export async function ask<B extends Body | undefined, A extends Body | undefined, R>(
  session: Requester,
  definition: MessageDefinition<B, MessageDefinition<A, R>>,
  ...args: AskArguments<B>
): Promise<BodyOut<A>> {
  const [values, options] = args as [BodyIn<B> | undefined, AskOptions | undefined];
  check.methods('session', session, ['request'], 'a session');
  check.instance('definition', definition, MessageDefinition, 'the definition of a message, as S1F3');
  const { profile, t3, signal, ...reading } = check.options('options', options, ASK_OPTIONS);
  if (profile !== undefined) checkProfile(profile);
  if (t3 !== undefined) check.seconds('options.t3', t3);
  check.signal('options.signal', signal);
  const { reply, name } = definition;
  if ((reply as unknown) === undefined) {
    throw new E5Error('E5_WRONG_MESSAGE', `ask must be given a message that is answered, received ${name}`);
  }
  const build = definition.build.bind(definition) as (values: unknown, profile?: Profile) => SecsMessage;
  const request = session.request(build(values, profile), {
    ...(t3 === undefined ? {} : { t3 }),
    ...(signal === undefined ? {} : { signal }),
  });
  return reply.read(await request, {
    ...(profile?.codePage === undefined ? {} : { codePage: profile.codePage }),
    ...reading,
  });
}
