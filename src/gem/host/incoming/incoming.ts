import { E5Error, S10F1, S1F13, S5F1, S6F1, S7F27, type Value } from '../../../e5/index.js';
import { A, B, L, S, SecsItem, SecsMessage, type Item } from '../../../secs2/index.js';
import { timeOfDay, type Clock } from '../../../clock.js';
import type { Publisher } from '../../../reactive/publisher.js';
import type { SecsPrimary } from '../../../session/primary.js';
import { formatTime, type Zone } from '../../equipment/values/time-format.js';
import type { Id } from '../../model/id.js';
import { plainId, type ProfileIndex } from '../../profile/profile-index.js';
import { readValue } from './convert.js';
import { EventReader, type ReadEvent } from './event-reader.js';
import { identityOf, type ToolIdentity } from '../establishing.js';
import type { GemHostEvents, HostWarning } from '../events.js';
import type { HostHandler } from '../options.js';
import {
  Acknowledge,
  ReceivedAlarm,
  ReceivedEvent,
  ReceivedInput,
  ReceivedNotice,
  ReceivedTrace,
  type Source,
} from './received.js';
import type { WishTrace } from '../setup/wish.js';

/** Who a tool says it is in its S1F13; nothing where that is malformed. */
function identityIn(message: SecsMessage): ToolIdentity | undefined {
  try {
    const { mdln, softrev } = S1F13.read(message);
    return identityOf(mdln, softrev);
  } catch {
    return undefined;
  }
}

/** What the receiving side of a host asks of the rest. */
export interface IncomingPort {
  readonly index: ProfileIndex;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly publisher: Publisher<GemHostEvents>;
  readonly reader: EventReader;
  readonly handlers: ReadonlyMap<string, HostHandler>;
  readonly manual: boolean;
  readonly maxUnacknowledged: number;
  readonly others: 'abort' | 'leave';
  isUnloading(): boolean;
  trace(trid: Id): WishTrace | undefined;
  warn(warning: HostWarning): void;
  report(error: unknown, where: string): void;
  /** S1F13 of the tool, or what it has for it. It has been answered. */
  onEstablish(identity: ToolIdentity | undefined): void;
  /** Whether the tool may go ON-LINE by S1F1. */
  admits(): boolean;
  /** S1F1, which has been answered S1F2. */
  onAreYouThere(): void;
  onEvent(event: ReadEvent): void;
  onAlarm(alid: Id, set: boolean, category: number, text: string): void;
  /** Something that can come out of a spool. */
  onHeard(): void;
}

/** All that a tool sends by itself: answered (G-114, G-115, G-119), read, and handed to the program in order. */
export class Incoming {
  readonly #port: IncomingPort;
  readonly #unacknowledged = new Set<object>();
  readonly #lastSample = new Map<Id, number>();

  constructor(port: IncomingPort) {
    this.#port = port;
  }

  get unacknowledged(): number {
    return this.#unacknowledged.size;
  }

  /** The link has gone: what came on it cannot be acknowledged any more. */
  forget(): void {
    this.#unacknowledged.clear();
  }

  take(primary: SecsPrimary): void {
    const { message } = primary;
    const handler = this.#port.handlers.get(message.name);
    if (handler !== undefined) {
      void this.#handle(primary, handler);
      return;
    }
    try {
      if (!this.#serve(primary)) this.#other(primary);
    } catch (error) {
      if (!(error instanceof E5Error) && message.itemError === undefined) throw error;
      // What cannot be read is acknowledged all the same, or it would come again for ever.
      this.#acknowledge(primary);
      const text = `${message.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      this.#port.warn({ kind: 'malformed', text, raw: message });
    }
  }

  /** False where GEM has nothing for it. */
  #serve(primary: SecsPrimary): boolean {
    const { stream, function: fn } = primary.message;
    switch (stream) {
      case 1:
        return this.#stream1(primary, fn);
      case 2:
        return this.#stream2(primary, fn);
      case 5:
        return this.#stream5(primary, fn);
      case 6:
        return this.#stream6(primary, fn);
      case 7:
        return this.#stream7(primary, fn);
      case 9:
        this.#stream9(primary.message);
        return true;
      case 10:
        return this.#stream10(primary, fn);
      default:
        return false;
    }
  }

  #stream1(primary: SecsPrimary, fn: number): boolean {
    if (fn === 13 || fn === 65) {
      this.#reply(primary, fn === 13 ? L(B(0), L()) : B(0));
      this.#port.onEstablish(fn === 13 ? identityIn(primary.message) : undefined);
      return true;
    }
    if (fn !== 1) return false;
    if (!this.#port.admits()) {
      this.#reply(primary, S(1, 0));
      return true;
    }
    this.#reply(primary, L());
    if (this.#port.index.quirks.establishBy === 'S1F1') this.#port.onEstablish(undefined);
    this.#port.onAreYouThere();
    return true;
  }

  #stream2(primary: SecsPrimary, fn: number): boolean {
    if (fn === 17) {
      const { timeFormat } = this.#port.index.quirks;
      const now = timeOfDay(this.#port.clock);
      const text = formatTime(now, timeFormat === 0 || timeFormat === 2 ? timeFormat : 1, this.#port.zone);
      this.#reply(primary, A(timeFormat === 14 ? text.slice(0, 14) : text));
      return true;
    }
    if (fn !== 25) return false;
    const { item } = primary.message;
    this.#reply(primary, item ?? B());
    return true;
  }

  /** S5F71 and S5F73 are the alarms of old tools (G-121). */
  #stream5(primary: SecsPrimary, fn: number): boolean {
    const { message } = primary;
    if (fn !== 1 && fn !== 71 && fn !== 73) return false;
    const standard = fn === 1 ? message : S(5, 1, message.item ?? L());
    const { alcd, alid, altx } = S5F1.read(standard);
    const id = plainId(alid ?? 0);
    const code = Number(alcd);
    const set = (code & 0x80) !== 0;
    const fields = {
      name: this.#port.index.byAlid.get(id)?.name,
      alid: id,
      set,
      category: code & 0x7f,
      text: String(altx),
    };
    this.#port.onHeard();
    this.#deliver(primary, (source) => {
      this.#port.onAlarm(id, set, fields.category, fields.text);
      this.#port.publisher.publish('alarm', new ReceivedAlarm(source, fields));
    });
    return true;
  }

  #stream6(primary: SecsPrimary, fn: number): boolean {
    const { message } = primary;
    if (EventReader.reads(fn)) {
      const read = this.#port.reader.read(message);
      this.#port.onHeard();
      this.#deliver(primary, (source) => {
        const { name, ceid, values, reports } = read;
        this.#port.onEvent(read);
        this.#port.publisher.publish('event', new ReceivedEvent(source, name, ceid, values, reports));
        this.#notice(source, read);
      });
      return true;
    }
    if (fn === 5) {
      // Granted without the program; a spooled one comes with its message (G-119, G-121).
      this.#reply(primary, B(0));
      return true;
    }
    if (fn !== 1) return false;
    this.#trace(primary);
    return true;
  }

  #trace(primary: SecsPrimary): void {
    const { trid, smpln, stime, svs } = S6F1.read(primary.message);
    const id = plainId(trid);
    const sample = Number(smpln);
    const wanted = this.#port.trace(id);
    const width = wanted?.variables.length ?? svs.length;
    const samples: Record<string, Value | undefined>[] = [];
    for (let i = 0; i + width <= svs.length && width > 0; i += width) {
      const values: Record<string, Value | undefined> = {};
      wanted?.variables.forEach(({ name, shape }, n) => (values[name] = readValue(svs[i + n], shape)));
      samples.push(values);
    }
    const before = this.#lastSample.get(id) ?? 0;
    // A trace that begins anew counts from 1 again.
    const missed =
      sample > before ? Math.max(0, sample - samples.length - before) : Math.max(0, sample - samples.length);
    this.#lastSample.set(id, sample);
    if (wanted === undefined) {
      this.#port.warn({
        kind: 'unknownTrace',
        text: `trace ${id} was not asked for`,
        raw: primary.message,
      });
    }
    this.#port.onHeard();
    this.#deliver(primary, (source) => {
      const fields = { name: wanted?.name, trid: id, sample, time: String(stime), samples, missed };
      this.#port.publisher.publish('trace', new ReceivedTrace(source, fields));
    });
  }

  #stream7(primary: SecsPrimary, fn: number): boolean {
    if (fn === 27) {
      const { ppid, findings } = S7F27.read(primary.message);
      const faults = findings
        .filter(({ ackc7a }) => Number(ackc7a) !== 0)
        .map(({ ackc7a, seqnum, errw7 }) => ({
          code: Number(ackc7a),
          command: Number(seqnum),
          text: String(errw7),
        }));
      this.#deliver(
        primary,
        (source) =>
          this.#port.publisher.publish(
            'recipe',
            new ReceivedNotice(source, { kind: 'verified', ppid: String(ppid), faults }),
          ),
        () => undefined,
      );
      return true;
    }
    if (fn === 29) {
      this.#reply(primary, B(0));
      return true;
    }
    // Refused unless the program has a handler (G-118): PPGNT 5, ACKC7 1, L:0.
    const refusals: Readonly<Record<number, Item>> = {
      1: B(5),
      3: B(1),
      23: B(1),
      5: L(),
      25: L(),
      37: B(1),
      39: B(1),
      41: B(1),
      43: B(1),
    };
    const refusal = refusals[fn];
    if (refusal === undefined) return false;
    this.#reply(primary, refusal);
    return true;
  }

  /** What names a request of ours has ended that request, which tells of it. */
  #stream9(message: SecsMessage): void {
    const mhead = message.itemError === undefined ? message.item : undefined;
    const isOfRequest = mhead?.format === 'B' && mhead.length === 10 && ((mhead.binary[3] ?? 0) & 1) === 1;
    if (isOfRequest && message.function !== 9) return;
    this.#port.warn({ kind: 'stream9', text: `the tool sent ${message.name}`, raw: message });
  }

  #stream10(primary: SecsPrimary, fn: number): boolean {
    if (fn === 7) {
      this.#port.warn({
        kind: 'unsupported',
        text: 'the tool shows one line alone (S10F7)',
        raw: primary.message,
      });
      return true;
    }
    if (fn !== 1) return false;
    const { tid, text } = S10F1.read(primary.message);
    this.#port.onHeard();
    this.#deliver(primary, (source) =>
      this.#port.publisher.publish('terminal', new ReceivedInput(source, Number(tid), String(text))),
    );
    return true;
  }

  #notice(source: Source, { name, values }: ReadEvent): void {
    if (name === undefined) return;
    const { index } = this.#port;
    const kind =
      name === index.roleEvent('ProcessProgramChange')?.name
        ? 'changed'
        : name === index.roleEvent('ProcessProgramSelected')?.name
          ? 'selected'
          : undefined;
    if (kind === undefined) return;
    const told = values[index.roleValue(kind === 'changed' ? 'PPChangeName' : 'PPExecName')?.name ?? ''];
    const ppid = typeof told === 'string' ? told : undefined;
    this.#port.publisher.publish('recipe', new ReceivedNotice(source, { kind, ppid, faults: [] }));
  }

  /** Acknowledges and hands over, in this order; by hand: hands over, and the program acknowledges. */
  #deliver(
    primary: SecsPrimary,
    hand: (source: Source) => void,
    item?: (code: number) => Item | undefined,
  ): void {
    const { manual, maxUnacknowledged, clock } = this.#port;
    const { message } = primary;
    if (manual && this.#unacknowledged.size >= maxUnacknowledged) {
      if (primary.wantsReply) this.#reply(primary, S(message.stream, 0));
      const text = `${maxUnacknowledged} messages wait for acknowledge(): ${message.name} was refused`;
      this.#port.warn({ kind: 'overflow', text, raw: message });
      return;
    }
    const acknowledge = new Acknowledge(
      primary,
      manual ? () => this.#unacknowledged.delete(primary) : undefined,
      item,
    );
    if (manual) this.#unacknowledged.add(primary);
    else void acknowledge.give(0);
    const source = { acknowledge, raw: message, at: timeOfDay(clock), spooled: this.#port.isUnloading() };
    hand(source);
  }

  #acknowledge(primary: SecsPrimary): void {
    const { stream, function: fn } = primary.message;
    // S7F28 has no body.
    this.#reply(primary, stream === 7 ? S(stream, fn + 1) : B(0));
  }

  #reply(primary: SecsPrimary, answer: Item | SecsMessage): void {
    if (!primary.wantsReply || primary.replied) return;
    // The link may have ended meanwhile; then the tool does not wait for it.
    primary.reply(answer).catch(() => undefined);
  }

  #other(primary: SecsPrimary): void {
    if (this.#port.others === 'leave' || !primary.wantsReply) return;
    this.#reply(primary, S(primary.message.stream, 0));
    this.#port.warn({
      kind: 'unsupported',
      text: `${primary.message.name} has no handler: SxF0`,
      raw: primary.message,
    });
  }

  async #handle(primary: SecsPrimary, handler: HostHandler): Promise<void> {
    const { stream, function: fn, name } = primary.message;
    primary.defer();
    try {
      const answer = await handler(primary.message);
      if (answer === undefined) this.#reply(primary, S(stream, fn + 1));
      else
        this.#reply(
          primary,
          answer instanceof SecsItem || answer instanceof SecsMessage ? answer : S(stream, 0),
        );
    } catch (error) {
      this.#reply(primary, S(stream, 0));
      this.#port.report(error, `the handler of ${name}`);
    }
  }
}
