import { codesOf, type DataItemNode } from '../../../e5/index.js';
import type { ProfileIndex } from '../../profile/profile-index.js';

/** What a tool answered a request of the program: a refusal is a result, no error. */
export interface HostResult {
  /** The acknowledge code as it came. */
  readonly code: number;
  /** It is 0. */
  readonly ok: boolean;
  /** What the code means: in the words of the profile, or of E5; a code that neither knows stays a number. */
  readonly text: string;
}

/** The meaning of a code: the tool's own words for it (G-121) before E5's. */
export function resultOf(index: ProfileIndex, item: DataItemNode, code: number): HostResult {
  const own = index.quirks.codes[item.e5Name]?.[code];
  const standard = codesOf(item)
    .find((one) => one.code === code)
    ?.text.trim();
  return { code, ok: code === 0, text: own ?? standard ?? `${item.e5Name} ${code}` };
}
