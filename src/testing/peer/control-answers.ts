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
  /** Separate.req. Default: the connection is closed by whoever sent it, nothing is done. */
  readonly separate?: 'silence' | 'script';
  /** Whether a FIN is answered by a FIN, as an orderly peer does. Default true. */
  readonly closesBack?: boolean;
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
