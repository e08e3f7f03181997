import type { Id } from '../../model/id.js';
import type { ProfileIndex } from '../../profile/profile-index.js';
import type { ActiveAlarm } from '../events.js';

/** The alarms that are set (G-115): from S5F6 after each connect, and kept by what comes. Unknown until then. */
export class ActiveAlarms {
  readonly #index: ProfileIndex;
  readonly #publish: (alarms: readonly ActiveAlarm[] | undefined) => void;
  #set: Map<Id, ActiveAlarm> | undefined;
  /** What came before the first answer; it is applied to what is read. */
  #changes = new Map<Id, ActiveAlarm | undefined>();

  constructor(index: ProfileIndex, publish: (alarms: readonly ActiveAlarm[] | undefined) => void) {
    this.#index = index;
    this.#publish = publish;
  }

  get all(): readonly ActiveAlarm[] | undefined {
    return this.#set === undefined ? undefined : [...this.#set.values()];
  }

  /** What the tool says is set now; undefined until it is read. */
  replace(alarms: readonly ActiveAlarm[] | undefined): void {
    if (alarms === undefined) {
      this.#set = undefined;
      this.#changes.clear();
      return;
    }
    this.#set = new Map(alarms.map((alarm) => [alarm.alid, alarm]));
    for (const [alid, alarm] of this.#changes) this.#put(alid, alarm);
    this.#changes.clear();
    this.#publish(this.all);
  }

  change(alid: Id, set: boolean, category: number, text: string): void {
    const alarm = set ? { name: this.#index.byAlid.get(alid)?.name, alid, category, text } : undefined;
    if (this.#set === undefined) {
      this.#changes.set(alid, alarm);
      return;
    }
    this.#put(alid, alarm);
    this.#publish(this.all);
  }

  #put(alid: Id, alarm: ActiveAlarm | undefined): void {
    if (alarm === undefined) this.#set?.delete(alid);
    else this.#set?.set(alid, alarm);
  }
}
