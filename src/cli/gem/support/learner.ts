import { rename } from 'node:fs/promises';
import type { ToolProfile } from '../../../gem/index.js';
import { UsageError } from '../../exit-codes.js';
import type { CliIo } from '../../io.js';
import { writeWhole } from './whole-file.js';

/** `--learn`: writes what a host has learnt of its tool into the profile that it was given. */
export class ProfileLearner {
  readonly #file: string;
  readonly #given: ToolProfile;
  readonly #io: CliIo;
  #learnt: ToolProfile | undefined;

  /** @throws UsageError where there is no file to write into. */
  constructor(file: string | undefined, given: ToolProfile, io: CliIo) {
    if (file === undefined)
      throw new UsageError('--learn is for --profile FILE: what is learnt is written there');
    this.#file = file;
    this.#given = given;
    this.#io = io;
  }

  readonly learn = (profile: ToolProfile, what: string): void => {
    this.#learnt = profile;
    this.#io.stderr.write(`rxsecs: learnt of the tool: ${what}\n`);
  };

  /** Replaces the file as a whole. The steps that a command leaves out are no quirk of the tool. */
  async keep(): Promise<void> {
    if (this.#learnt === undefined) return;
    const profile: { quirks?: ToolProfile['quirks'] } = { ...this.#learnt, quirks: this.#given.quirks };
    if (profile.quirks === undefined) delete profile.quirks;
    const next = `${this.#file}.new`;
    await writeWhole(next, Buffer.from(`${JSON.stringify(profile, null, 2)}\n`), true);
    await rename(next, this.#file);
  }
}
