import { check, type KnownNames } from '../../check.js';
import { SType } from '../../hsms/wire/codes.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';

/**
 * How control messages are answered: with a status, not at all (`'silence'`), or by the script (`'script'`), which gets
 * them from `expect`.
 */
export interface ControlOptions {
  /** Select.req. Default 0, established. */
  readonly select?: number | 'silence' | 'script';
  /** Deselect.req. Default 0, ended. */
  readonly deselect?: number | 'silence' | 'script';
  /** Linktest.req. Default `answer`. */
  readonly linktest?: 'answer' | 'silence' | 'script';
  /** Separate.req. Default: nothing; its sender closes the connection. */
  readonly separate?: 'silence' | 'script';
  /** Whether a FIN is answered by a FIN, as an orderly peer does. Default true. */
  readonly closesBack?: boolean;
}

/** The names of the answers. */
export const CONTROL: KnownNames<ControlOptions> = {
  owner: 'control()',
  names: { select: true, deselect: true, linktest: true, separate: true, closesBack: true },
};

/** Checks how control messages are to be answered, in options whose names are known. */
export function checkControl<T extends ControlOptions>(options: T): T {
  const { select, deselect, linktest, separate, closesBack } = options;
  for (const [name, value] of Object.entries({ select, deselect })) {
    if (value === undefined || value === 'silence' || value === 'script') continue;
    if (typeof value !== 'number') check.refuse(name, "a status, 'silence' or 'script'", value);
    check.integer(name, value, 0, 255);
  }
  if (linktest !== undefined) check.oneOf('linktest', linktest, ['answer', 'silence', 'script']);
  if (separate !== undefined) check.oneOf('separate', separate, ['silence', 'script']);
  if (closesBack !== undefined) check.boolean('closesBack', closesBack);
  return options;
}

/** Answers control messages. */
export class ControlAnswers {
  #options: ControlOptions;

  constructor(options: ControlOptions) {
    this.#options = options;
  }

  /** Some are answered otherwise from now on. */
  change(options: ControlOptions): void {
    this.#options = { ...this.#options, ...options };
  }

  get closesBack(): boolean {
    return this.#options.closesBack ?? true;
  }

  /** The answer to a control message; responses and Rejects are always the script's. */
  answer({ header }: HsmsPacket): HsmsPacket | 'silence' | 'script' {
    const { select = 0, deselect = 0, linktest = 'answer', separate = 'silence' } = this.#options;
    switch (header.sType) {
      case SType.selectReq:
        return typeof select === 'number' ? HsmsPacket.selectRsp(header, select) : select;
      case SType.deselectReq:
        return typeof deselect === 'number' ? HsmsPacket.deselectRsp(header, deselect) : deselect;
      case SType.linktestReq:
        return linktest === 'answer' ? HsmsPacket.linktestRsp(header) : linktest;
      case SType.separateReq:
        return separate;
      default:
        return 'script';
    }
  }
}
