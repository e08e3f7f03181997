import type { CapturedMessage, CaptureEvent } from '../../capture/index.js';
import { SType } from '../../index.js';
import { addressFits, type Bound } from '../decode/filter.js';
import { UsageError } from '../exit-codes.js';
import { counted } from '../values.js';

/** What is kept of a source in memory, at the most. */
const MAX_BYTES = 256 * 1024 * 1024;

/** One thing to do, or to wait for, in the order of the recording. */
export type Step =
  | { readonly kind: 'send'; readonly message: CapturedMessage }
  | { readonly kind: 'await'; readonly message: CapturedMessage; readonly request: Step }
  | { readonly kind: 'expect'; readonly message: CapturedMessage }
  | { readonly kind: 'answer'; readonly message: CapturedMessage; readonly primary: Step };

/** Whose part is played, and what is left out of the recording. */
export interface ScriptOptions {
  readonly side: 'active' | 'passive' | 'in' | 'out' | undefined;
  /** The side of it that is played where nothing is said. */
  readonly usual: 'active' | 'passive';
  readonly from?: readonly Bound[];
  readonly only?: readonly Bound[];
  readonly session?: number;
}

/** What is to be played. */
export interface Script {
  readonly steps: readonly Step[];
  readonly sessionId: number;
  /** What the recording lacks, in sentences. */
  readonly remarks: readonly string[];
}

/** Takes down what a replay needs of a recording. */
export class Recording {
  readonly #messages: CapturedMessage[] = [];
  /** Ends that have connected, or asked to be selected. */
  readonly #active = new Set<string>();
  #bytes = 0;
  #dropped = 0;
  #lost = 0;
  #faults: string[] = [];

  /** @throws UsageError when the recording is too large. */
  add(event: CaptureEvent): void {
    if (event.kind === 'opened' && event.fromStart) this.#active.add(event.from ?? '');
    if (event.kind === 'damaged' || event.kind === 'gap' || event.kind === 'skipped') this.#lost++;
    if (event.kind === 'fault') this.#faults.push(event.text);
    if (event.kind === 'record' && event.record.type === 'dropped') this.#dropped += event.record.records;
    if (event.kind !== 'message') return;
    const { header } = event.packet;
    if (header.sType === SType.selectReq) this.#active.add(sender(event));
    if (!header.isData) return;
    this.#bytes += event.packet.length;
    if (this.#bytes > MAX_BYTES) {
      throw new UsageError(
        `the recording holds more than ${MAX_BYTES} bytes of messages: choose with --only or --session`,
      );
    }
    this.#messages.push(event);
  }

  /** @throws UsageError where it does not follow from the options which part is to be played. */
  script(options: ScriptOptions): Script {
    const chosen = this.#messages.filter((message) => isChosen(message, options));
    const sessions = [...new Set(chosen.map(({ packet }) => packet.header.sessionId))];
    if (chosen.length === 0) throw new UsageError('there is no data message to play in the recording');
    if (sessions.length > 1) {
      throw new UsageError(
        `the recording is of the sessions ${sessions.join(', ')}: choose one with --session`,
      );
    }
    const isMine = this.#whose(chosen, options);
    const remarks = this.#remarks();
    if (!chosen.some(isMine)) remarks.push('the side that is played has sent no data message');
    return { steps: stepsOf(chosen, isMine, remarks), sessionId: sessions[0] ?? 0, remarks };
  }

  #whose(
    chosen: readonly CapturedMessage[],
    { side, usual, from }: ScriptOptions,
  ): (message: CapturedMessage) => boolean {
    const addresses = (from ?? []).filter((bound) => !('time' in bound));
    if (addresses.length > 0) {
      return (message) => addresses.some((bound) => !('time' in bound) && addressFits(message.from, bound));
    }
    const tapped = chosen.every(({ record }) => record?.dir !== undefined);
    const known = this.#active.size > 0;
    const wanted = side ?? (known || !tapped ? usual : 'out');
    if (wanted === 'in' || wanted === 'out') {
      if (!tapped)
        throw new UsageError(
          `--side ${wanted} needs a wire log with directions: say active, passive, or --from`,
        );
      return ({ record }) => record?.dir === wanted;
    }
    if (!known) {
      const ends = [...new Set(chosen.map(sender))].join(', ');
      throw new UsageError(
        `the recording has no connect and no Select: say with --from whose part is played (${ends})`,
      );
    }
    const passive = new Set(chosen.filter((each) => this.#active.has(sender(each))).map(({ to }) => to));
    if (passive.size > 1) {
      throw new UsageError(
        `the recording has several peers: choose one with --only (${[...passive].join(', ')})`,
      );
    }
    return (message) => this.#active.has(sender(message)) === (wanted === 'active');
  }

  #remarks(): string[] {
    const remarks = [...this.#faults];
    if (this.#dropped > 0) remarks.push(`the log says that ${this.#dropped} of its records were dropped`);
    if (this.#lost > 0) remarks.push(`${this.#lost} times bytes or messages are missing in the capture`);
    return remarks;
  }
}

function sender({ record, from }: CapturedMessage): string {
  return record?.dir ?? from ?? '';
}

function isChosen(message: CapturedMessage, { only, session }: ScriptOptions): boolean {
  const { header } = message.packet;
  if (session !== undefined && header.sessionId !== session) return false;
  if (only === undefined) return true;
  return only.some(
    (bound) => !('time' in bound) && (addressFits(message.from, bound) || addressFits(message.to, bound)),
  );
}

/** Pairs primaries and replies by their system bytes. What has no partner is reported. */
function stepsOf(
  messages: readonly CapturedMessage[],
  isMine: (message: CapturedMessage) => boolean,
  remarks: string[],
): Step[] {
  const steps: Step[] = [];
  const open = { mine: new Map<number, Step>(), theirs: new Map<number, Step>() };
  let redacted = 0;
  let orphans = 0;
  for (const message of messages) {
    const { header } = message.packet;
    const mine = isMine(message);
    if (mine && message.record?.redacted !== undefined) {
      redacted++;
      continue;
    }
    if (message.packet.message.isPrimary) {
      const step: Step = { kind: mine ? 'send' : 'expect', message };
      steps.push(step);
      if (header.wBit) open[mine ? 'mine' : 'theirs'].set(header.systemBytes, step);
      continue;
    }
    const own = open[mine ? 'theirs' : 'mine'];
    const primary = own.get(header.systemBytes);
    own.delete(header.systemBytes);
    if (primary === undefined) orphans++;
    else if (mine) steps.push({ kind: 'answer', message, primary });
    else steps.push({ kind: 'await', message, request: primary });
  }
  if (redacted > 0)
    remarks.push(`${counted(redacted, 'message')} cannot be sent: the log left out what is in them`);
  if (orphans > 0)
    remarks.push(
      `replies left out, since what they answer is not in the recording or was not sent: ${orphans}`,
    );
  if (open.mine.size > 0)
    remarks.push(`${counted(open.mine.size, 'request')} without a reply in the recording: any is accepted`);
  return steps;
}
