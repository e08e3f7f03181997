import { L, S, type Item, type SecsMessage } from '../../../secs2/index.js';
import type { ModelEvent, ModelVariable } from '../../model/equipment-model.js';
import { idItem } from '../../model/id.js';
import type { Core } from '../core.js';
import type { Definitions, Report } from './definitions.js';
import type { Delivery } from '../events.js';
import { together } from '../values/together.js';
import { valuesItem } from './reports.js';

/** Raises events and makes their reports: all values of one moment, that of the event (G-43). */
export class EventReports {
  readonly #core: Core;
  readonly #definitions: Definitions;
  readonly #zero: Item;
  #dataId = 0;

  constructor(core: Core, definitions: Definitions) {
    this.#core = core;
    this.#definitions = definitions;
    const { DATAID } = core.model.idFormats;
    this.#zero = idItem(DATAID === 'A' ? '0' : 0, DATAID);
  }

  /**
   * Raises an event: its data values are set, then its reports are built and sent, spooled, or, where it is not enabled, left.
   * @param data values by the names of variables, as items that fit
   */
  raise(
    event: ModelEvent,
    data: ReadonlyMap<string, Item> | undefined,
    post?: (message: SecsMessage | Promise<SecsMessage>) => Promise<Delivery>,
  ): Promise<Delivery> {
    this.note(event, data);
    if (!this.#definitions.enabled.has(event.id)) return Promise.resolve('disabled');
    const message = this.#message(event);
    return post === undefined ? this.#core.post(message, event.name) : post(message);
  }

  /** Sets the data values of an event, and tells the program's own listeners of it. */
  note(event: ModelEvent, data: ReadonlyMap<string, Item> | undefined): void {
    const { values, publisher } = this.#core;
    if (data !== undefined) for (const [name, item] of data) values.put(values.slot(name), item);
    if (publisher.hasListeners('raised')) publisher.publish('raised', { event, data: this.#dataOf(event) });
  }

  #dataOf(event: ModelEvent): ReadonlyMap<ModelVariable, Item> {
    const { values } = this.#core;
    return new Map(event.values.map((variable) => [variable, values.slot(variable.name).item]));
  }

  #message(event: ModelEvent): SecsMessage | Promise<SecsMessage> {
    const annotated = this.#core.constant('RpType') === 1;
    const reports = this.#definitions.linksOf(event);
    const bodies = reports.map((report) => this.#report(report, annotated));
    const finish = (items: readonly Item[]): SecsMessage => {
      const item = L(this.#nextDataId(), event.idItem, L(items));
      const message = S(6, annotated ? 13 : 11, item);
      return this.#core.rules.replyTo.s6 ? message.w() : message;
    };
    return together(bodies, finish);
  }

  #report({ idItem: rptid, slots }: Report, annotated: boolean): Item | Promise<Item> {
    const items = this.#core.values.snapshot(slots);
    if (items instanceof Promise)
      return items.then((values) => L(rptid, valuesItem(slots, values, annotated)));
    return L(rptid, valuesItem(slots, items, annotated));
  }

  #nextDataId(): Item {
    if (this.#core.rules.dataId === 'zero') return this.#zero;
    const { DATAID } = this.#core.model.idFormats;
    const largest = { U1: 0xff, U2: 0xffff, U4: 0xffff_ffff, U8: 2 ** 53 - 1, A: 0xffff_ffff }[DATAID];
    this.#dataId = this.#dataId >= largest ? 1 : this.#dataId + 1;
    return DATAID === 'A' ? idItem(String(this.#dataId), 'A') : idItem(this.#dataId, DATAID);
  }
}
