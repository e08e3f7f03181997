import {
  ACKC7,
  PPGNT,
  S7F17,
  S7F18,
  S7F19,
  S7F2,
  S7F20,
  S7F23,
  S7F24,
  S7F25,
  S7F26,
  S7F4,
  S7F5,
  S7F7,
  S7F8,
  type GivenValue,
} from '../../../e5/index.js';
import { A, B, L, S, SecsItem, U4, type Item, type SecsMessage } from '../../../secs2/index.js';
import { isInstance, type KnownNames } from '../../../check.js';
import { check } from '../../check-values.js';
import { GemArgumentError } from '../../errors.js';
import { checkedTransfer, DataSetTransfer, type TransferOptions } from './data-sets.js';
import { resultOf, type HostResult } from './result.js';
import type { HostRuntime } from '../runtime.js';

/** A process program of commands (S7F23). */
export interface FormattedRecipe {
  /** MDLN and SOFTREV of the tool that it is for. Default: those of the tool. */
  readonly model?: string;
  readonly softwareRevision?: string;
  readonly commands: readonly {
    readonly code: number | string;
    readonly parameters: readonly GivenValue[];
  }[];
}

/** Options of a download. */
export interface DownloadOptions {
  /** Asks first whether the tool takes it (S7F1). Default false: on HSMS it never has to be asked. */
  readonly inquire?: boolean;
  /** T3 of the transfer, in seconds. */
  readonly t3?: number;
}

/**
 * The process programs of a tool (G-118). Bodies, formats and names go and come byte for byte. A name is text, or bytes where the
 * tool has PPIDs of format B; the profile's extension is added to text and taken off again.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * console.log(await host.recipes.list());
 * const { ok, text } = await host.recipes.download('ETCH-1', 'STEP 1');
 * console.log(ok, text);
 * ```
 */
export class HostRecipes {
  readonly #runtime: HostRuntime;
  readonly #transfers: DataSetTransfer;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
    this.#transfers = new DataSetTransfer(runtime);
  }

  /** Their names (S7F19). */
  async list(): Promise<string[]> {
    const { ppids } = S7F20.read(await this.#runtime.talk.request(S7F19.build()));
    return ppids.map((ppid) =>
      this.#name(typeof ppid === 'string' ? ppid : Buffer.from(ppid).toString('latin1')),
    );
  }

  /** One as the tool has it (S7F5); undefined where it has none of that name, or does not give it. */
  async upload(name: string | Uint8Array, options?: { readonly t3?: number }): Promise<Item | undefined> {
    const { t3 } = checkedDownload(options, T3);
    const reply = await this.#request(S7F5.build(this.#ppid(name)), t3);
    const { item } = reply;
    return item?.format === 'L' && item.length === 2 ? item.at(1) : undefined;
  }

  /** A formatted one (S7F25); undefined where the tool has none of that name. */
  async uploadFormatted(
    name: string,
    options?: { readonly t3?: number },
  ): Promise<FormattedRecipe | undefined> {
    const { t3 } = checkedDownload(options, T3);
    const { mdln, softrev, commands } = S7F26.read(await this.#request(S7F25.build(this.#ppid(name)), t3));
    if (commands === undefined) return undefined;
    return {
      model: String(mdln),
      softwareRevision: String(softrev),
      commands: commands.map(({ ccode, pparms }) => ({ code: ccode as number, parameters: pparms })),
    };
  }

  /**
   * Sends one to the tool (S7F3): an item as it is, bytes as B, text as A.
   * @returns ACKC7; with `inquire`, PPGNT where that is not 0
   */
  async download(
    name: string | Uint8Array,
    body: Item | Uint8Array | string,
    options?: DownloadOptions,
  ): Promise<HostResult> {
    const { inquire = false, t3 } = checkedDownload(options, DOWNLOAD);
    const { index } = this.#runtime;
    const item = bodyItem(body);
    const ppid = this.#ppid(name);
    if (inquire) {
      const length = item.format === 'L' ? item.byteLength : item.length;
      const { ppgnt } = S7F2.read(await this.#request(S(7, 1).w(L(ppid, U4(length))), t3));
      if (Number(ppgnt) !== 0) return resultOf(index, PPGNT, Number(ppgnt));
    }
    const { ackc7 } = S7F4.read(await this.#request(S(7, 3).w(L(ppid, item)), t3));
    return resultOf(index, ACKC7, Number(ackc7));
  }

  /** Sends a formatted one (S7F23). Whether the tool can use it, it tells by `recipeNotices` afterwards (S7F27). */
  async downloadFormatted(
    name: string,
    recipe: FormattedRecipe,
    options?: { readonly t3?: number },
  ): Promise<HostResult> {
    const { t3 } = checkedDownload(options, T3);
    const { talk, index, identity } = this.#runtime;
    const {
      model = identity?.model ?? '',
      softwareRevision = identity?.softwareRevision ?? '',
      commands,
    } = check.fields('recipe', recipe, ['model', 'softwareRevision', 'commands']);
    const message = talk.build(S7F23, {
      ppid: this.#ppid(name),
      mdln: model,
      softrev: softwareRevision,
      commands: check.array('recipe.commands', commands).map((command, i) => {
        const { code, parameters } = check.fields(`recipe.commands[${i}]`, command, ['code', 'parameters']);
        return { ccode: code, pparms: parameters };
      }),
    });
    const { ackc7 } = S7F24.read(await this.#request(message, t3));
    return resultOf(index, ACKC7, Number(ackc7));
  }

  /** Deletes these, all or none (S7F17). @throws GemArgumentError without a name: that would delete all; see `deleteAll`. */
  async delete(...names: readonly (string | Uint8Array)[]): Promise<HostResult> {
    if (names.length === 0)
      throw new GemArgumentError(
        'names must be given: without one, all would be deleted; deleteAll() does that',
      );
    return this.#delete(names);
  }

  /** Deletes all of them. */
  deleteAll(): Promise<HostResult> {
    return this.#delete([]);
  }

  /** The name of the one that is selected: SV PPExecName, or S7F7 where the profile says so; empty where there is none. */
  async current(): Promise<string | undefined> {
    const { talk, index } = this.#runtime;
    if (index.quirks.currentRecipe === 'S7F7') {
      const { ppid } = S7F8.read(await talk.request(S7F7.build('')));
      return this.#name(String(ppid));
    }
    const known = index.roleValue('PPExecName');
    if (known === undefined) throw new GemArgumentError('the profile has no variable PPExecName');
    const value = (await talk.read([known])).get(known.name);
    return value === undefined ? undefined : this.#name(String(value));
  }

  /**
   * One of any size as a stream of bytes, by a data set of stream 13 (S7F41).
   * @throws GemError `GEM_REFUSED` where the tool does not give it.
   */
  uploadStream(name: string, options?: TransferOptions): AsyncGenerator<Uint8Array, void, undefined> {
    return this.#transfers.upload(this.#full(name), checkedTransfer(options));
  }

  /**
   * Sends one of any size by a data set of stream 13 (S7F37): the tool is notified, and fetches it.
   * @returns when the tool has fetched all of it, or ACKC7 where it does not want it
   * @throws GemError `GEM_NOT_DELIVERED` where it stops fetching.
   */
  async downloadStream(
    name: string,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options?: TransferOptions,
  ): Promise<HostResult> {
    const checked = checkedTransfer(options);
    check.iterable('source', source, 'an iterable of Uint8Array');
    const code = await this.#transfers.download(this.#full(name), source, checked);
    return resultOf(this.#runtime.index, ACKC7, code);
  }

  async #delete(names: readonly (string | Uint8Array)[]): Promise<HostResult> {
    const message = S7F17.build(names.map((name) => this.#ppid(name)));
    const { ackc7 } = S7F18.read(await this.#request(message, undefined));
    return resultOf(this.#runtime.index, ACKC7, Number(ackc7));
  }

  #request(message: SecsMessage, t3: number | undefined): Promise<SecsMessage> {
    return this.#runtime.talk.request(message, t3 === undefined ? {} : { t3 });
  }

  #full(name: string): string {
    const { ppidExtension } = this.#runtime.index.quirks;
    check.text('name', name);
    return name.endsWith(ppidExtension) ? name : name + ppidExtension;
  }

  #name(ppid: string): string {
    const { ppidExtension } = this.#runtime.index.quirks;
    return ppidExtension !== '' && ppid.endsWith(ppidExtension) ? ppid.slice(0, -ppidExtension.length) : ppid;
  }

  #ppid(name: string | Uint8Array): Item {
    if (isInstance(name, Uint8Array)) return B(name);
    return A(this.#full(check.text('name', name, 'text or bytes')));
  }
}

const DOWNLOAD: KnownNames<DownloadOptions> = { owner: 'a download', names: { inquire: true, t3: true } };
const T3: KnownNames<Pick<DownloadOptions, 't3'>> = { owner: 'this transfer', names: { t3: true } };

function checkedDownload<T extends DownloadOptions>(given: T | undefined, known: KnownNames<T>): T {
  const options = check.options('options', given, known);
  if (options.t3 !== undefined) check.seconds('t3', options.t3);
  if (options.inquire !== undefined) check.boolean('inquire', options.inquire);
  return options;
}

function bodyItem(body: Item | Uint8Array | string): Item {
  if (isInstance(body, SecsItem)) return body;
  if (typeof body === 'string') return A(body);
  if (isInstance(body, Uint8Array)) return B(body);
  return check.refuse('body', 'an item, bytes or text', body);
}
