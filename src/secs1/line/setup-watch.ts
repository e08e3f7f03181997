import type { LineEffect } from './machine.js';
import type { Secs1Hint } from './hints.js';

const TELNET_IAC = 0xff;
const TELNET_COMMANDS: readonly number[] = [0xfb, 0xfd];
/** The length of an HSMS message without a body. */
const HSMS_LENGTH: readonly number[] = [0, 0, 0, 10];

const FAILED_TRIES: ReadonlySet<LineEffect> = new Set([
  ...(['noEot', 'noAck', 'naked', 'notWritten', 'yieldFailed', 'interrupted'] as const),
]);

/** Looks for the signs of a wrong set-up in what happens on one link. */
export class SetupWatch {
  readonly #first: number[] = [];
  /** Tries of the block at hand in which ENQ met ENQ, or EOT met EOT. */
  #contentions = 0;
  #eots = 0;
  #tries = 0;
  #sawEnq = false;
  /** Our block as it was sent, and how much of it has come back. */
  #sent: Uint8Array | undefined;
  #echoed = 0;
  readonly #told = new Set<Secs1Hint['kind']>();

  /** Bytes came: the first ones tell a peer that speaks another language. */
  received(chunk: Uint8Array): Secs1Hint | undefined {
    if (this.#first.length >= HSMS_LENGTH.length) return undefined;
    this.#first.push(...chunk.subarray(0, HSMS_LENGTH.length - this.#first.length));
    const [iac, command = 0] = this.#first;
    if (iac === TELNET_IAC && TELNET_COMMANDS.includes(command)) return this.#tell('telnetPort');
    return HSMS_LENGTH.every((byte, i) => this.#first[i] === byte) ? this.#tell('hsmsPeer') : undefined;
  }

  /** A block of ours is being written. */
  sending(block: Uint8Array): void {
    this.#sent = block;
    this.#echoed = 0;
  }

  /**
   * A byte came while we wait for ACK, or before. Returns whether it belongs to our own block, read back; the byte of NAK does not
   * begin one.
   */
  isEcho(byte: number, nak: number): boolean {
    const sent = this.#sent;
    if (sent === undefined || byte !== sent[this.#echoed] || (this.#echoed === 0 && byte === nak)) {
      this.#sent = undefined;
      return false;
    }
    this.#echoed++;
    return true;
  }

  /** What is known once a block has come back whole. */
  get echo(): Secs1Hint | undefined {
    return this.#sent !== undefined && this.#echoed === this.#sent.length ? this.#tell('echo') : undefined;
  }

  /** The machine did something; returns a hint that is new. */
  effect(effect: LineEffect): Secs1Hint | undefined {
    if (effect === 'contention') this.#sawEnq = true;
    else if (effect === 'eotForEot') this.#eots++;
    else if (effect === 'acked' || effect === 'deliver') this.#reset();
    else if (effect === 'withoutEnq') return this.#tell('blocksWithoutEnq');
    else if (FAILED_TRIES.has(effect)) {
      this.#tries++;
      if (effect === 'noEot' && this.#sawEnq) this.#contentions++;
      this.#sawEnq = false;
    }
    return undefined;
  }

  /** What all the tries of a block that failed have in common. */
  failed(): Secs1Hint | undefined {
    const [tries, contentions, eots] = [this.#tries, this.#contentions, this.#eots];
    this.#reset();
    if (this.#told.has('echo')) return { kind: 'echo' };
    if (tries > 0 && contentions === tries) return { kind: 'twoMasters' };
    return tries > 0 && eots === tries ? { kind: 'twoSlaves' } : undefined;
  }

  #reset(): void {
    this.#tries = this.#contentions = this.#eots = 0;
    this.#sawEnq = false;
  }

  /** Each is told once a link. */
  #tell(kind: Exclude<Secs1Hint['kind'], 'unknownDevice'>): Secs1Hint | undefined {
    if (this.#told.has(kind)) return undefined;
    this.#told.add(kind);
    return { kind };
  }
}
