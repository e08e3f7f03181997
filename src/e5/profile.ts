import type { KnownNames } from '../check.js';
import { FormatCode, type ItemFormat } from '../secs2/formats.js';
import { checkCodePage } from '../secs2/text/code-page.js';
import { checkDefined } from './check.js';
import { defining, E5Error, showValue } from './errors.js';
import type { DataItemNode } from './nodes/nodes.js';

/**
 * What one tool wants where the standard leaves a choice.
 *
 * @example
 * ```ts
 * import { S2F37, type Profile } from 'rxsecs/e5';
 *
 * const oldTool: Profile = { formats: { CEID: 'U2', SVID: 'A' }, codePage: 'gbk' };
 * S2F37.build({ ceed: true, ceids: [7] }, oldTool);
 * ```
 */
export interface Profile {
  /** By name of a data item the format that its values get where it can carry them; otherwise the first that can. */
  readonly formats?: Readonly<Record<string, ItemFormat>>;
  /** The code page of text of format A; ASCII without it. */
  readonly codePage?: string;
}

const PROFILE: KnownNames<Profile> = { owner: 'a profile', names: { formats: true, codePage: true } };

/** @internal Says what is wrong with a profile. @throws E5Error `E5_INVALID_DEFINITION` */
export function checkProfile(profile: Profile): Profile {
  const { formats = {}, codePage } = checkDefined.options('profile', profile, PROFILE);
  checkDefined.object('profile.formats', formats);
  const all = defining('profile.formats', () => Object.entries(formats));
  for (const [name, format] of all) {
    if (typeof format === 'string' && Object.hasOwn(FormatCode, format)) continue;
    throw new E5Error(
      'E5_INVALID_DEFINITION',
      `profile formats.${name} must be one of ${Object.keys(FormatCode).join(', ')}, received ${showValue(format)}`,
    );
  }
  if (codePage !== undefined) checkCodePage(codePage);
  return profile;
}

/** @internal The format that a profile wants of a data item: one that the item may have. */
export function choiceOf(profile: Profile | undefined): (node: DataItemNode) => ItemFormat | undefined {
  const formats = defining('profile.formats', () => new Map(Object.entries(profile?.formats ?? {})));
  return (node) => {
    const format = formats.get(node.e5Name);
    if (format === undefined || node.formats.includes(format)) return format;
    throw new E5Error(
      'E5_INVALID_DEFINITION',
      `profile formats.${node.e5Name} must be one of ${node.formats.join(', ')}, received ${showValue(format)}`,
    );
  };
}
