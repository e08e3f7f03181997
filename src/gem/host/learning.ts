import { SecsStream9Error } from '../../session/errors.js';
import { SecsItem, type Item, type ItemFormat } from '../../secs2/index.js';
import type { ProfileIndex } from '../profile/profile-index.js';
import type { ProfileCommand, ToolProfile } from '../profile/tool-profile.js';
import type { ToolIdentity } from './establishing.js';

/** What a host learns of its tool while it works (G-120), for a profile to be kept. */
export class Learning {
  readonly #index: ProfileIndex;
  readonly #tell: (profile: ToolProfile, what: string) => void;
  #profile: ToolProfile;

  constructor(index: ProfileIndex, tell: (profile: ToolProfile, what: string) => void) {
    this.#index = index;
    this.#tell = tell;
    this.#profile = index.profile;
  }

  /** Who the tool is, where the profile does not say. Other software than the profile's may serve what the old one did not. */
  identity({ model, softwareRevision }: ToolIdentity): void {
    const { model: known, softwareRevision: revision, unsupported = [] } = this.#profile;
    if (known === undefined) this.#learn({ model, softwareRevision }, `it is a ${model} ${softwareRevision}`);
    else if (known.trimEnd() === model && revision !== softwareRevision) {
      this.#index.unsupported.clear();
      const { ...rest }: { -readonly [K in keyof ToolProfile]: ToolProfile[K] } = this.#profile;
      delete rest.unsupported;
      this.#profile = rest;
      const again = unsupported.length === 0 ? '' : `; ${unsupported.join(', ')} will be tried again`;
      this.#learn({ softwareRevision }, `its software is ${softwareRevision}${again}`);
    }
  }

  /** A request failed. S9F3 and S9F5 say that the tool will never serve it; T3 and SxF0 may have a passing cause. */
  failed(name: string, error: unknown): void {
    const isUnknown =
      error instanceof SecsStream9Error && (error.errorFunction === 3 || error.errorFunction === 5);
    if (!isUnknown || this.#index.unsupported.has(name)) return;
    this.#index.unsupported.add(name);
    const unsupported = [...(this.#profile.unsupported ?? []), name];
    this.#learn({ unsupported }, `it does not serve ${name}`);
  }

  /** A command was accepted: the items that were given for its parameters have the formats that the tool wants. */
  accepted(command: string, given: readonly (readonly [name: string, value: unknown])[]): void {
    const entry: ProfileCommand = this.#profile.commands?.[command] ?? {};
    const found = given.flatMap(([name, value]) => {
      const isNew = value instanceof SecsItem && entry.parameters?.[name]?.format === undefined;
      return isNew ? [[name, shapeOf(value as Item)] as const] : [];
    });
    if (found.length === 0) return;
    const parameters = { ...entry.parameters };
    for (const [name, shape] of found) parameters[name] = { ...parameters[name], ...shape };
    const commands = { ...this.#profile.commands, [command]: { ...entry, parameters } };
    const list = found.map(([name, { format }]) => `${name} (${format})`);
    this.#learn({ commands }, `${command} takes ${list.join(', ')}`);
  }

  #learn(change: Partial<ToolProfile>, what: string): void {
    this.#profile = { ...this.#profile, ...change };
    this.#tell(this.#profile, what);
  }
}

function shapeOf(item: Item): { readonly format: ItemFormat; readonly array?: boolean } {
  const { format } = item;
  const isOne = ['A', 'J', 'C2', 'L', 'B'].includes(format) || item.length === 1;
  return isOne ? { format } : { format, array: true };
}
