import { timeOfDay } from '../../../clock.js';
import {
  A,
  B,
  BOOLEAN,
  F4,
  F8,
  I1,
  I2,
  I4,
  L,
  S,
  U1,
  U2,
  U4,
  type Item,
  type SecsMessage,
} from '../../../secs2/index.js';
import type { SecsSession } from '../../../session/secs-session.js';
import { formatTime, Zone } from '../../equipment/values/time-format.js';
import { idItem, readId, readIds } from '../../model/id.js';
import { standardVariables } from '../../model/standard.js';
import { ProfileIndex } from '../../profile/profile-index.js';
import type { RoleName, ToolProfile } from '../../profile/tool-profile.js';
import { Probe, type ProbeAnswer, type ProbeTimes } from '../probe.js';
import { must, needs } from '../rule.js';
import { HostDefinitions } from './definitions.js';

/** A request of the host. */
export interface Request {
  readonly name: string;
  readonly message: SecsMessage;
}

const SAMPLES: Readonly<Record<string, Item>> = {
  A: A('x'),
  B: B(0),
  BOOLEAN: BOOLEAN(true),
  F4: F4(0),
  F8: F8(0),
  I1: I1(0),
  I2: I2(0),
  I4: I4(0),
  L: L(),
  U1: U1(0),
  U2: U2(0),
  U4: U4(0),
};

/** What is accepted, whatever it says. */
const ACCEPTED = /^(S2F(15|23|31)|S5F3|S7F(1|3|17|23)|S10F(3|5|9))$/;

/** Plays a tool for a host: it accepts what the host wants, keeps what it defines, and notes what it asks. */
export class HostProbe extends Probe {
  readonly definitions = new HostDefinitions();
  /** What the host has asked since the link was made, in order. */
  requests: Request[] = [];
  /** The events that the host had enabled, and linked, at its first set-up. */
  first: {
    readonly enabled: readonly string[];
    readonly linked: readonly string[];
    readonly silenced: readonly string[];
    readonly trace: readonly string[];
    /** Puts back what it had defined. */
    readonly restore: () => void;
    readonly requests: readonly Request[];
  } = {
    enabled: [],
    linked: [],
    silenced: [],
    trace: [],
    restore: () => undefined,
    requests: [],
  };
  /** Messages that the tool claims to have in its spool. */
  spooled = 0;
  readonly #index: ProfileIndex;
  readonly #zone = new Zone();
  #dataId = 0;

  constructor(
    session: SecsSession,
    times: ProbeTimes,
    signal: AbortSignal | undefined,
    profile: ToolProfile | undefined,
  ) {
    super(session, times, signal);
    this.#index = new ProfileIndex(profile ?? {});
  }

  protected override noted(message: SecsMessage): void {
    this.requests.push({ name: message.name, message });
  }

  protected override answerTo({ name, item, stream }: SecsMessage): ProbeAnswer {
    const { definitions } = this;
    switch (name) {
      case 'S1F1':
        return this.identity;
      case 'S1F13':
        return L(B(0), this.identity);
      case 'S1F3':
      case 'S2F13':
        return L(...(readIds(item) ?? []).map(({ id }) => this.value(id)));
      case 'S1F11':
      case 'S1F21':
        return this.#names(item, name === 'S1F11' ? 'SV' : 'DV');
      case 'S1F23':
      case 'S2F29':
      case 'S2F47':
      case 'S5F5':
      case 'S5F7':
      case 'S7F19':
        return L();
      case 'S1F15':
      case 'S1F17':
        return B(0);
      case 'S2F17':
        return A(formatTime(timeOfDay(this.clock), 1, this.#zone));
      case 'S2F25':
        return item;
      case 'S2F33':
        return B(definitions.define(item));
      case 'S2F35':
        return B(definitions.link(item));
      case 'S2F37':
        return B(definitions.enable(item));
      case 'S2F41':
      case 'S2F43':
      case 'S2F45':
      case 'S2F49':
        return L(B(0), L());
      case 'S6F15':
        return this.reportItem(item ?? U4(0));
      case 'S6F23':
        return this.#unload();
      case 'S7F5':
      case 'S7F25':
        return L();
      default:
        if (ACCEPTED.test(name)) return B(0);
        return S(stream, 0);
    }
  }

  /** What is answered where no rule wants something else. */
  asEver(message: SecsMessage): ProbeAnswer {
    return this.answerTo(message);
  }

  /** MDLN and SOFTREV. */
  get identity(): Item {
    const { model = 'RXSECS', softwareRevision = '1' } = this.#index.profile;
    return L(A(model), A(softwareRevision));
  }

  /** The value of a variable or constant, in its format where the profile has that. */
  value(id: number | string): Item {
    if (this.#isRole('ControlState', id)) return U1(5);
    if (this.#isRole('SpoolCountActual', id)) return U4(this.spooled);
    const format = this.#index.byVid.get(id)?.entry.format;
    return (format === undefined ? undefined : SAMPLES[format]) ?? U4(0);
  }

  /** The body of S6F11 for an event as the host has defined it. */
  reportItem(ceid: Item): Item {
    const reports = this.definitions.reportsOf(String(readId(ceid)));
    const items = reports.map(({ rptid, vids }) =>
      L(rptid, L(...vids.map((vid) => this.value(readId(vid) ?? 0)))),
    );
    return L(U4(0), ceid, L(...items));
  }

  /** S6F11 of an event that the host wants; of one without reports where it wants none. */
  event(): SecsMessage {
    const [ceid] = this.definitions.enabledItems;
    return S(6, 11).w(this.reportItem(ceid ?? idItem(1, 'U4')));
  }

  /** Sends a primary of a tool, which must be acknowledged by 0. FAIL otherwise. */
  async acknowledged(message: SecsMessage): Promise<void> {
    await this.mustAccept(message, 0);
  }

  /** Makes communications on the link that is up, and lets the host set up what it wants. */
  async establish(): Promise<void> {
    await this.ask(S(1, 13).w(this.identity));
    await this.settles();
  }

  /** Resolves when the host has asked nothing of a set-up for a while. */
  async settles(): Promise<void> {
    const end = this.clock.now() + this.times.patience * 6000;
    const isSetUp = ({ name }: SecsMessage): boolean => !/^S1F[13]$/.test(name);
    // The first may take as long as a host thinks before it begins.
    for (let wait = this.times.patience; this.clock.now() < end; wait = this.times.quiet)
      if ((await this.next(isSetUp, wait)) === undefined) return;
  }

  /** A new link, on which the tool does what it is told to before the host can ask anything. */
  async newLink(prepare?: () => void): Promise<void> {
    await this.cut();
    this.requests = [];
    prepare?.();
    await this.link();
  }

  /** Puts things right again at the end of the rule: a new link, and the set-up of the host. */
  restartLater(): void {
    this.later('the set-up of the host', async () => {
      this.definitions.unknownVid = undefined;
      this.spooled = 0;
      await this.restart();
    });
  }

  /** The tool restarts: its definitions are gone. */
  async restart(): Promise<void> {
    await this.newLink(() => this.definitions.clear());
    await this.establish();
  }

  /** FAIL unless the events are enabled that were at first. */
  mustBeSetUp(): void {
    const missing = this.first.enabled.filter((ceid) => !this.definitions.enabled.includes(ceid));
    must(missing.length === 0, `CEID ${missing.join(', ')} is not enabled any more`);
  }

  /** SKIP where the host has enabled nothing at first. */
  needsSetUp(): void {
    needs(this.first.enabled.length > 0, 'the host has enabled no event');
  }

  /** FAIL where the host does not answer S1F1 any more. */
  async isAlive(): Promise<void> {
    await this.served(S(1, 1).w());
  }

  /** DATAID of what is asked. */
  nextDataId(): Item {
    return U4(++this.#dataId);
  }

  #isRole(role: RoleName & keyof typeof standardVariables, id: number | string): boolean {
    const known = this.#index.roleValue(role);
    return id === (known?.id ?? standardVariables[role].id);
  }

  #names(item: Item | undefined, kind: 'SV' | 'DV'): Item {
    const asked = (readIds(item) ?? []).map(({ id }) => id);
    const all = [...this.#index.byVid.values()].filter((one) => one.class === kind);
    const ids = asked.length > 0 ? asked : all.map(({ id }) => id);
    const rows = ids.map((id) => {
      const known = this.#index.byVid.get(id);
      const format = typeof id === 'string' ? 'A' : this.#index.idFormats.VID;
      return L(idItem(id, format), A(known?.name ?? ''), A(known?.entry.units ?? ''));
    });
    return L(...rows);
  }

  /** S6F23: what is in the spool goes, one after the other. */
  #unload(): Item {
    if (this.spooled === 0) return B(2);
    const count = this.spooled;
    this.spooled = 0;
    void (async () => {
      for (let i = 0; i < count; i++) await this.ask(this.event());
    })().catch(() => undefined);
    return B(0);
  }
}
