import { COMMACK, ONLACK, S1F13, S1F14, S1F17, S1F18, S1F1, S1F2 } from '../../e5/index.js';
import { S } from '../../secs2/index.js';
import type { ProfileIndex } from '../profile/profile-index.js';
import { failureOf, type Talk } from './talk.js';

/** Who the tool says it is. */
export interface ToolIdentity {
  readonly model: string;
  readonly softwareRevision: string;
}

/** What an attempt to establish communications came to. */
export interface Established {
  readonly accepted: boolean;
  readonly identity: ToolIdentity | undefined;
  /** Of one that was refused: why. */
  readonly why: string;
}

/** Some tools pad with blanks (G-121). */
export const identityOf = (
  mdln: string | undefined,
  softrev: string | undefined,
): ToolIdentity | undefined =>
  mdln === undefined ? undefined : { model: mdln.trimEnd(), softwareRevision: softrev?.trimEnd() ?? '' };

/** Sends S1F13, or what the tool has for it; what goes wrong is a refusal. */
export async function establish(talk: Talk, index: ProfileIndex): Promise<Established> {
  try {
    if (index.quirks.establishBy === 'S1F65') {
      await talk.request(S(1, 65).w());
      return { accepted: true, identity: undefined, why: '' };
    }
    if (index.quirks.establishBy === 'S1F1') {
      const { mdln, softrev } = S1F2.read(await talk.request(S1F1.build()));
      return { accepted: true, identity: identityOf(mdln, softrev), why: '' };
    }
    const { commack, model } = S1F14.read(await talk.request(S1F13.build()));
    const identity = identityOf(model?.mdln, model?.softrev);
    const code = Number(commack);
    const accepted = code === COMMACK.accepted;
    return {
      accepted,
      identity,
      why: accepted ? '' : `S1F14 says COMMACK ${code}${code === 1 ? ', denied, try again' : ''}`,
    };
  } catch (error) {
    return {
      accepted: false,
      identity: undefined,
      why: error instanceof Error ? error.message : String(error),
    };
  }
}

/** Whether the tool is ON-LINE: by S1F17; by S1F1 and its ControlState where it does not know that (G-110, 2). */
export async function askOnLine(
  talk: Talk,
  index: ProfileIndex,
  signal: AbortSignal,
): Promise<'onLine' | 'offLine'> {
  if (!index.unsupported.has('S1F17')) {
    try {
      const { onlack } = S1F18.read(await talk.request(S1F17.build(), { signal }));
      const code = Number(onlack);
      return code === ONLACK.accepted || code === ONLACK.alreadyOnLine ? 'onLine' : 'offLine';
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') throw error;
      if (failure === 'unknown' && index.quirks.silentOffLine) return 'offLine';
    }
  }
  return isOnLine(talk, index, signal);
}

/** Whether the tool serves us, as far as can be told without asking for a change. */
export async function isOnLine(
  talk: Talk,
  index: ProfileIndex,
  signal: AbortSignal,
): Promise<'onLine' | 'offLine'> {
  try {
    await talk.request(S1F1.build(), { signal });
    const state = index.roleValue('ControlState');
    if (state === undefined) return 'onLine';
    const value = (await talk.read([state], { signal })).get(state.name);
    const number = typeof value === 'object' ? (value as ArrayLike<number>)[0] : value;
    return typeof number === 'number' && number >= 1 && number <= 3 ? 'offLine' : 'onLine';
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'gone') throw error;
    // SxF0 everywhere: OFF-LINE (T-8).
    return failure === 'aborted' ? 'offLine' : 'onLine';
  }
}
