import {
  ask,
  S1F4,
  S2F14,
  S2F23,
  type AskOptions,
  type Body,
  type BodyIn,
  type BodyOut,
  type MessageDefinition,
  type Value,
} from '../../e5/index.js';
import { A, L, S, U1, U2, U4, U8, type Item, type SecsMessage } from '../../secs2/index.js';
import { outcomeOf } from '../../session/errors.js';
import type { SecsSession } from '../../session/secs-session.js';
import { GemError } from '../errors.js';
import { idItem, type Id } from '../model/id.js';
import type { KnownValue, ProfileIndex } from '../profile/profile-index.js';
import type { IdListMessage } from '../profile/quirks.js';
import { readValue } from './incoming/convert.js';

/** Why a request has no reply that can be used. */
export type Failure =
  /** The tool does not know the message: S9F3, S9F5, T3. */
  | 'unknown'
  /** SxF0: it does not serve it, or not while OFF-LINE. */
  | 'aborted'
  /** The link, or the host's wish to go on, has gone. */
  | 'gone'
  /** The reply is not what it must be, or the message cannot be sent: the tool grants it not (S2F40), or it is too long. */
  | 'malformed';

/** A message that the profile says the tool does not serve: it was not sent. */
export class NotServedError extends GemError {
  constructor(name: string) {
    super('GEM_NOT_SERVED', `${name} is not served by the tool, says its profile (unsupported)`);
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof NotServedError) return 'unknown';
  const outcome = outcomeOf(error);
  if (outcome === 't3' || outcome === 'stream9' || outcome === 'rejected') return 'unknown';
  if (outcome === 'aborted') return 'aborted';
  // Errors of bodies have no outcome of a transaction; those of what is not wanted, or too long, say nothing about the link.
  if (outcome === 'unsent' && !(isSessionError(error) && !isOfMessage(error))) return 'malformed';
  return 'gone';
}

const isSessionError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(HSMS|SECS1|SECS)_/.test(String(error.code));

const isOfMessage = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  /_(GRANT_REFUSED|TOO_LONG|QUEUE_FULL)$/.test(String(error.code));

/** Asks the tool, with ids in its formats and lists as it wants them. */
export class Talk {
  readonly #session: SecsSession;
  readonly #index: ProfileIndex;
  #dataId = 0;

  constructor(session: SecsSession, index: ProfileIndex) {
    this.#session = session;
    this.#index = index;
  }

  /** DATAID of the next message. */
  get dataId(): Id {
    const { dataId } = this.#index.quirks;
    this.#dataId = dataId === 'zero' ? 0 : dataId === 'one' ? 1 : (this.#dataId % 0xff) + 1;
    return this.#index.idFormats.DATAID === 'A' ? String(this.#dataId) : this.#dataId;
  }

  /** Sends a message of E5's and gives the values of its reply. */
  ask<B extends Body | undefined, R extends Body | undefined, N>(
    definition: MessageDefinition<B, MessageDefinition<R, N>>,
    values: BodyIn<B>,
    options?: AskOptions,
  ): Promise<BodyOut<R>> {
    const all = { profile: this.#index.formats, ...options };
    return (ask as (...args: unknown[]) => Promise<BodyOut<R>>)(this.#session, definition, values, all);
  }

  request(message: SecsMessage, options?: { t3?: number; signal?: AbortSignal }): Promise<SecsMessage> {
    return this.#session.request(message, options);
  }

  /** A message that E5 has a definition for, with ids in the tool's formats. */
  build<B extends Body | undefined, R>(definition: MessageDefinition<B, R>, values: BodyIn<B>): SecsMessage {
    const build = definition.build.bind(definition) as (values: unknown, profile: unknown) => SecsMessage;
    return build(values, this.#index.formats);
  }

  /** The message that asks for these ids, as a list or as one array item (G-121). */
  idList(name: Exclude<IdListMessage, 'S2F23'>, ids: readonly Id[]): SecsMessage {
    const wanted = this.#index.quirks.idLists[name] ?? (name === 'S5F5' ? 'array' : 'list');
    const kind = name === 'S5F5' ? 'ALID' : 'VID';
    const [stream, fn] = name === 'S1F3' ? [1, 3] : name === 'S2F13' ? [2, 13] : [5, 5];
    return S(stream, fn).w(this.idsItem(wanted, this.#index.idFormats[kind], ids));
  }

  /** Ids as one array item, or as a list. Text makes a list in any case: an item holds one text. */
  idsItem(as: 'list' | 'array', format: 'U1' | 'U2' | 'U4' | 'U8' | 'A', ids: readonly Id[]): Item {
    const numbers = ids.filter((id): id is number => typeof id === 'number');
    if (as === 'list' || format === 'A' || numbers.length !== ids.length) {
      if (as === 'array' && format === 'A' && ids.length <= 1) return A(String(ids[0] ?? ''));
      return L(ids.map((id) => idItem(id, format)));
    }
    return { U1, U2, U4, U8 }[format](numbers as never);
  }

  /** S2F23 with its SVIDs as the tool wants them. */
  traceMessage(fields: BodyIn<(typeof S2F23)['body']>, svids: readonly Id[]): SecsMessage {
    const message = this.build(S2F23, fields);
    if (this.#index.quirks.idLists.S2F23 !== 'array') return message;
    const items = message.item?.list.slice(0, 4) ?? [];
    return S(2, 23).w(L(...(items as [Item]), this.idsItem('array', this.#index.idFormats.VID, svids)));
  }

  /** Values of variables and constants by name, asked in groups. One that the tool does not have is undefined. */
  async read(
    values: readonly KnownValue[],
    options?: { signal?: AbortSignal },
  ): Promise<Map<string, Value | undefined>> {
    const read = new Map<string, Value | undefined>();
    for (const [kind, message, reply] of [
      ['variables', 'S1F3', S1F4],
      ['constants', 'S2F13', S2F14],
    ] as const) {
      const wanted = values.filter((value) => (value.class === 'EC') === (kind === 'constants'));
      const { groupSize } = this.#index.quirks;
      for (let i = 0; i < wanted.length; i += groupSize) {
        const group = wanted.slice(i, i + groupSize);
        const answer = await this.request(
          this.idList(
            message,
            group.map(({ id }) => id),
          ),
          options,
        );
        const got = Object.values(reply.read(answer))[0] as readonly (Value | undefined)[];
        group.forEach(({ name, shape }, n) => read.set(name, readValue(got[n], shape)));
      }
    }
    return read;
  }
}
