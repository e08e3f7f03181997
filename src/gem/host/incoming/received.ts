import { B, S, type Item, type SecsMessage } from '../../../secs2/index.js';
import type { SecsPrimary } from '../../../session/primary.js';
import type { Value } from '../../../e5/index.js';
import type { Id } from '../../model/id.js';
import type {
  HostAlarm,
  HostEvent,
  HostTrace,
  Received,
  ReceivedReport,
  RecipeNotice,
  TerminalInput,
} from '../events.js';

/** The acknowledge of a message of the tool, given by the host or by its program, once. */
export class Acknowledge {
  readonly #primary: SecsPrimary;
  readonly #item: (code: number) => Item | undefined;
  readonly #onDone: (() => void) | undefined;
  #given: Promise<boolean> | undefined;

  constructor(primary: SecsPrimary, onDone?: () => void, item: (code: number) => Item | undefined = B) {
    this.#primary = primary;
    this.#item = item;
    this.#onDone = onDone;
  }

  give(code: number): Promise<boolean> {
    return (this.#given ??= this.#send(code));
  }

  async #send(code: number): Promise<boolean> {
    const { wantsReply, header } = this.#primary;
    this.#onDone?.();
    if (!wantsReply) return true;
    const item = this.#item(code);
    const reply =
      item === undefined
        ? S(header.stream, header.function + 1)
        : S(header.stream, header.function + 1, item);
    return this.#primary.reply(reply).then(
      () => true,
      () => false,
    );
  }
}

/** What all that is received has. */
abstract class ReceivedMessage implements Received {
  readonly at: number;
  readonly spooled: boolean;
  readonly raw: SecsMessage;
  readonly #acknowledge: Acknowledge;

  constructor(acknowledge: Acknowledge, raw: SecsMessage, at: number, spooled: boolean) {
    this.#acknowledge = acknowledge;
    this.raw = raw;
    this.at = at;
    this.spooled = spooled;
  }

  acknowledge(code = 0): Promise<boolean> {
    return this.#acknowledge.give(code);
  }
}

/** Where a message came from, for the constructors below. */
export interface Source {
  readonly acknowledge: Acknowledge;
  readonly raw: SecsMessage;
  readonly at: number;
  readonly spooled: boolean;
}

export class ReceivedEvent extends ReceivedMessage implements HostEvent {
  readonly name: string | undefined;
  readonly ceid: Id;
  readonly values: Readonly<Record<string, Value | undefined>>;
  readonly reports: readonly ReceivedReport[];

  constructor(
    { acknowledge, raw, at, spooled }: Source,
    name: string | undefined,
    ceid: Id,
    values: Readonly<Record<string, Value | undefined>>,
    reports: readonly ReceivedReport[],
  ) {
    super(acknowledge, raw, at, spooled);
    this.name = name;
    this.ceid = ceid;
    this.values = values;
    this.reports = reports;
  }
}

type Fields<T extends Received> = Omit<T, keyof Received>;

export class ReceivedAlarm extends ReceivedMessage implements HostAlarm {
  readonly name: string | undefined;
  readonly alid: Id;
  readonly set: boolean;
  readonly category: number;
  readonly text: string;

  constructor({ acknowledge, raw, at, spooled }: Source, fields: Fields<HostAlarm>) {
    super(acknowledge, raw, at, spooled);
    this.name = fields.name;
    this.alid = fields.alid;
    this.set = fields.set;
    this.category = fields.category;
    this.text = fields.text;
  }
}

export class ReceivedTrace extends ReceivedMessage implements HostTrace {
  readonly name: string | undefined;
  readonly trid: Id;
  readonly sample: number;
  readonly time: string;
  readonly samples: HostTrace['samples'];
  readonly missed: number;

  constructor({ acknowledge, raw, at, spooled }: Source, fields: Fields<HostTrace>) {
    super(acknowledge, raw, at, spooled);
    this.name = fields.name;
    this.trid = fields.trid;
    this.sample = fields.sample;
    this.time = fields.time;
    this.samples = fields.samples;
    this.missed = fields.missed;
  }
}

export class ReceivedInput extends ReceivedMessage implements TerminalInput {
  readonly terminal: number;
  readonly text: string;

  constructor({ acknowledge, raw, at, spooled }: Source, terminal: number, text: string) {
    super(acknowledge, raw, at, spooled);
    this.terminal = terminal;
    this.text = text;
  }
}

export class ReceivedNotice extends ReceivedMessage implements RecipeNotice {
  readonly kind: RecipeNotice['kind'];
  readonly ppid: string | undefined;
  readonly faults: RecipeNotice['faults'];

  constructor({ acknowledge, raw, at, spooled }: Source, fields: Fields<RecipeNotice>) {
    super(acknowledge, raw, at, spooled);
    this.kind = fields.kind;
    this.ppid = fields.ppid;
    this.faults = fields.faults;
  }
}
